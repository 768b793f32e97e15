#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# deps.sh native|lab   installs through apt what is missing on this machine, and lists it.
# Without apt or root it names the missing packages and exits 3.
. "$(dirname "$0")/lib.sh"

# With the stamp of the last success a second run does nothing.
STAMP=$CACHE/deps-$1-$(sha256sum "$0" "$LAB_DIR/packages" | sha256sum | cut -c1-16)
[ -f "$STAMP" ] && exit 0

case $1 in
lab)
	set -- make perl mmdebstrap xz-utils zstd debian-archive-keyring util-linux uidmap
	;;
native)
	# shellcheck disable=SC2046  # a list of words
	set -- $(awk '!/^#/ { print $2 }' "$LAB_DIR/packages")
	;;
*) die 2 "usage: deps.sh native|lab" ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	die 3 "no apt here: install what your distribution calls these: $*"
fi
missing() {
	for p in "$@"; do
		dpkg-query -W -f '${Status}\n' "$p" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$p"
	done
}
MISSING=$(missing "$@")
if [ -n "$MISSING" ]; then
	SUDO=
	[ "$(id -u)" = 0 ] || SUDO="sudo -n"
	[ -z "$SUDO" ] || sudo -n true 2>/dev/null || die 3 "packages are missing; as root: apt-get install $MISSING"
	say "installing $MISSING"
	$SUDO apt-get update -qq || die 3 "the Debian mirror can't be reached"
	# shellcheck disable=SC2086  # a list of words
	$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $MISSING >&2 ||
		die 3 "apt could not install: $MISSING"
fi
mkdir -p "$CACHE"
: >"$STAMP"
