#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# deps.sh GROUP...   sees to it that what these groups of needs.sh list is on this machine: run, build, lab, test.
# What is missing is installed where apt is and we may; else it is named, with the command that installs it, and the exit
# code is 3. deps.sh --missing GROUP... only names it, a line each: NAME, then what is there instead, if anything.
. "$(dirname "$0")/lib.sh"
. "$LAB_DIR/needs.sh"

[ "${1:-}" != --missing ] || ONLY=1
[ -z "${ONLY:-}" ] || shift
for group in "$@"; do
	case $group in run | build | lab | test | more) ;; *) die 2 "no group of needs is called '$group': run, build, lab, test, more" ;; esac
done
[ $# -gt 0 ] || die 2 "usage: deps.sh [--missing] GROUP..."

# look GROUP...   the missing things as arguments of what follows
look() { LACKS=$(missing "$@"); }
# each COMMAND   with every name of $LACKS as an argument
each() (
	command=$1
	set --
	while IFS= read -r name; do [ -z "$name" ] || set -- "$@" "$name"; done <<-END
		$LACKS
	END
	"$command" "$@"
)
# in_words NAME...   "libbpf (1.1.2 is here, 1.5 is needed), hwloc"
in_words() {
	comma=
	for name in "$@"; do
		old=$(found "$name") || old=
		printf '%s%s%s' "$comma" "$name" "${old:+ ($old)}"
		comma=', '
	done
}

look "$@"
if [ -n "${ONLY:-}" ]; then
	[ -z "$LACKS" ] || echo "$LACKS"
	exit 0
fi
[ -n "$LACKS" ] || exit 0

PACKAGES=$(each packages)
SUDO=
[ "$(id -u)" = 0 ] || SUDO="sudo -n"
if [ -n "$PACKAGES" ] && command -v apt-get >/dev/null && { [ -z "$SUDO" ] || sudo -n true 2>/dev/null; }; then
	say "installing $PACKAGES"
	$SUDO apt-get update -qq || die 3 "the mirror can't be reached; missing: $(each in_words)"
	# shellcheck disable=SC2086  # a list of words
	$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PACKAGES >&2 ||
		die 3 "apt could not install: $PACKAGES"
	look "$@"
	[ -n "$LACKS" ] || exit 0
	die 3 "still missing: $(each in_words). This distribution's packages are too old, or made for another kernel"
fi
CURE=$(cure "$PACKAGES")
CURE=${CURE:+Install them: $CURE}
case $LACKS in *LAB_IMAGE*) CURE="${CURE:+$CURE; and }give LAB_IMAGE= the file that 'make lab-image' makes on a Debian machine" ;; esac
die 3 "missing: $(each in_words). ${CURE:-Install them as this distribution calls them}"
