#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# image.sh [LIST]   makes a Debian root with the packages of a list beside this file, once, and prints
# its path. The default, "packages", is the lab's root; packages.kernel is for lab-kernel.sh.
#
# Cached under a key of what it is made from (this file, the list; every mirror has the same), so a change
# makes a new one. The tree belongs to the user who made it: it is unpacked from a tarball, no root needed.
. "$(dirname "$0")/lib.sh"

LIST=${1:-packages}
KEY=$(cat "$LAB_DIR/image.sh" "$LAB_DIR/$LIST" | sha256sum | cut -c1-16)
IMAGE=$CACHE/image-$KEY

make_tar() {
	set -- --mode=auto --variant=minbase --format=tar --quiet \
		--aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Retries "3"' \
		--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
		--include="ca-certificates,$(awk '!/^#/ { printf "%s%s/%s", s, $2, $1; s = "," }' "$LAB_DIR/$LIST" |
			sed "s,/$SUITE\(\$\|\,\),\1,g")"
	set -- "$@" --customize-hook='mkdir -p "$1/src"'
	# The frozen tree that the build workload compiles.
	[ "$LIST" != packages ] || set -- "$@" \
		--customize-hook='mkdir -p "$1/usr/share/scxbench"' \
		--customize-hook='chroot "$1" sh -c "cd /usr/share/scxbench && apt-get source --download-only -qq bzip2"'
	mmdebstrap "$@" "$SUITE" - \
		"deb $SITE $SUITE main" "deb $SITE $SUITE-updates main" "deb $SITE $SUITE-backports main" \
		"deb-src $SITE $SUITE main"
}

make_root() {
	need mmdebstrap mmdebstrap
	SITE=$(mirror)
	[ -n "$SITE" ] || die 3 "apt knows no Debian mirror on this machine: $MIRROR_CURE"
	say "making the Debian root of $LIST (about 2 minutes, up to 1.3 GB in $CACHE)"
	make_tar >"$WORK/root.tar" || die 1 "mmdebstrap failed; see above"
	mkdir "$WORK/root"
	tar -x -C "$WORK/root" --no-same-owner --exclude='./dev/*' -f "$WORK/root.tar"
}

made_once "$IMAGE" make_root
echo "$IMAGE"
