# SPDX-License-Identifier: GPL-2.0-or-later
# Shared by the lab's scripts; sourced, never run. Defines where things are and how a script ends.
#
# The lab is only a machine: a Debian root (root.sh), a kernel (kernel.sh), a chroot of that root in which
# everything is built at native speed (chroot.sh), and a guest that boots both (run.sh).

set -eu
PATH=$PATH:/usr/sbin:/sbin # chroot and ldconfig are there, and not in the PATH of Debian's users
LAB_DIR=$(cd "$(dirname "$0")" && pwd)
SRC=$(cd "$LAB_DIR/../.." && pwd)
CACHE=${SCXBENCH_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/scxbench}
IMAGES=$CACHE/kernels # of kernels
SUITE=trixie
# shellcheck disable=SC2034  # for the scripts that source this
OLDER=bookworm # the last suite whose kernel has CFS
# shellcheck disable=SC2034  # for the scripts that source this
FILES=/run/files # where the lab has LAB_FILES

say() { echo "lab: $*" >&2; }

# die CODE MESSAGE...   1: it failed, 2: usage, 3: this machine can't
die() { code=$1; shift; say "$*"; exit "$code"; }

# quote WORD   as a shell reads it back
quote() { printf "'"; printf %s "$1" | sed "s/'/'\\\\''/g"; printf "'"; }

# full_path PATH   absolute and without links. It need not be there yet, which not every realpath allows (busybox).
full_path() {
	case $1 in /*) near=$1 ;; *) near=$PWD/$1 ;; esac
	rest=
	while ! whole=$(readlink -f -- "$near" 2>/dev/null) && [ -n "$near" ]; do
		rest=/${near##*/}$rest near=${near%/*}
	done
	whole=${whole%/}$rest
	echo "${whole:-/}"
}
RESULTS=$(full_path "${LAB_RESULTS:-$SRC/results}")

case $SRC$CACHE$RESULTS in
*"
"*) die 3 "the path of this tree, of the results or of SCXBENCH_CACHE has a line break; give it another name" ;;
esac

# need COMMAND PACKAGE   exits 3 and names the package when the command is not there
need() { command -v "$1" >/dev/null || die 3 "$1 is missing: run 'make deps' (package $2)"; }

if [ -n "${LAB_FILES:-}" ]; then
	LAB_FILES=$(cd "$LAB_FILES" 2>/dev/null && pwd -P) || die 2 "LAB_FILES is not a directory"
	export LAB_FILES
fi

# on_host COMMAND...   runs the program in the lab's root, on the results in $RESULTS
on_host() {
	command=$1; shift
	LAB_BIND="$RESULTS:/tmp/results" "$LAB_DIR/chroot.sh" /src/.build/lab/scxbench "$command" --results /tmp/results "$@"
}

# link PATH WHOLE   prints the path; on a terminal as a link to the whole one, as harness/text/link.h does
link() {
	if [ ! -t 1 ] || [ "${TERM:-dumb}" = dumb ]; then printf '%s\n' "$1"; return; fi
	printf '\033]8;;file://%s%s\033\\%s\033]8;;\033\\\n' "$(uname -n)" "$(printf %s "$2" | sed 's/%/%25/g; s/ /%20/g')" "$1"
}

# shown   what that printed, with the results where the user has them
shown() {
	while IFS= read -r line; do
		case $line in
		/tmp/results/*) link "${LAB_RESULTS:-results}/${line#/tmp/results/}" "$RESULTS/${line#/tmp/results/}" ;;
		*) printf '%s\n' "$line" ;;
		esac
	done
}

# kernel_of WORD   prints the path of a kernel of KERNELS: the beginning of a version ("7.0"), a path, or "default", the lab's
kernel_of() {
	case $1 in
	default) "$LAB_DIR/kernel.sh" ;;
	*/*) LAB_KERNEL=$1 "$LAB_DIR/kernel.sh" ;;
	*) env -u LAB_KERNEL "$LAB_DIR/kernel.sh" "$1" ;;
	esac
}

# new_run   an id: date, time and a random number; or LAB_RUN
new_run() { echo "${LAB_RUN:-$(date -u +%Y%m%d-%H%M%S)-$(od -An -N2 -tx1 /dev/urandom | tr -d ' ')}"; }

# set_progress   whether there is progress on stderr, before it is anything else's
set_progress() {
	[ -n "${SCXBENCH_PROGRESS:-}" ] || { SCXBENCH_PROGRESS=0; [ ! -t 2 ] || SCXBENCH_PROGRESS=1; }
	export SCXBENCH_PROGRESS
}

# heard CMD...   runs it without its stdout; its stderr is passed on, and kept in $WORK/said. Sets $code
heard() {
	rm -f "$WORK/code"
	{
		trap : INT TERM HUP # what was called ends by it, and its code counts
		code=0
		"$@" 2>&1 >/dev/null || code=$?
		echo "$code" >"$WORK/code"
	} | tee -i "$WORK/said" >&2
	code=$(cat "$WORK/code" 2>/dev/null || echo 130)
}

# last_said   the last thing that was said there, why something failed
last_said() { sed -n "/guest's console is in/d; s/^\(lab\|scxbench\): //p" "$WORK/said" | tail -1; }

# counted_policies OPTIONS of bench   the policies among them, quoted, as options for the exact lab: with fair, and all of this tree
# where none is chosen. 1: there are other options too
counted_policies() {
	others=0 value='' chosen=''
	for arg; do
		option=$value$arg value=''
		case $option in
		-s | --policy) value=-s; continue ;;
		--policy=*) option=${option#*=} ;;
		-s?*) option=${option#-s} ;;
		*) others=1; continue ;;
		esac
		chosen="$chosen -s $(quote "$option")"
	done
	[ -n "$chosen" ] || for policy in "$SRC"/schedulers/*/*.bpf.c; do
		policy=${policy##*/}
		chosen="$chosen -s $(quote "${policy%.bpf.c}")"
	done
	case $chosen in *" -s 'fair'"*) ;; *) chosen=" -s 'fair'$chosen" ;; esac
	echo "$chosen"
	return "$others"
}
# shellcheck disable=SC2034  # for the scripts that source this
COUNTED="-w exact-pipe -w exact-timer -w exact-yield-10" # a switch, a wakeup and a yield

# The Debian mirror that this machine is configured for; nothing is ever downloaded from elsewhere. apt knows whose a
# mirror is only from its lists, which a container's image often lacks.
# shellcheck disable=SC2034  # for the scripts that source this
MIRROR_CURE="run apt-get update, or add one to /etc/apt/sources.list"
mirror() {
	apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' 2>/dev/null |
		awk '$2 == "Debian" && $3 == "Debian" { sub(/\/$/, "", $1); print $1; exit }'
}

# config_of IMAGE   where the configuration of a kernel is, if it is known: beside the image, as kernel.sh, a built tree, /boot
# or a package have it
config_of() {
	case $1 in
	"$IMAGES"/*) echo "$IMAGES/config/${1##*/}" ;;
	*/arch/x86/boot/bzImage) echo "${1%/arch/x86/boot/bzImage}/.config" ;;
	*/vmlinuz-*) echo "${1%/*}/config-${1##*/vmlinuz-}" ;;
	*) echo "${1%/*}/config" ;;
	esac
}

# as_root CMD...   becomes it, as root of a new user namespace, or, where we are root already, as that: who ends this
# script ends the command
as_root() {
	if [ "$(id -u)" = 0 ]; then exec unshare --mount "$@"; else exec unshare --map-root-user --mount "$@"; fi
}

# apt with its own state under $WORK (open_archive), which knows only the suite that was last looked in (look_in)
apt() {
	get=$1; shift
	"$get" -qq -o Dir::Etc::SourceList="$WORK/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$WORK/lists" -o Dir::Cache="$WORK/cache" -o APT::Sandbox::User=root \
		-o Dir::Etc::Trusted=/dev/null -o Dir::Etc::TrustedParts="$WORK/keys" \
		-o APT::Architecture=amd64 -o APT::Get::List-Cleanup=false "$@"
}

# made_once DIR CMD...   makes the folder DIR of the cache if it is not there: CMD makes it as $WORK/root, which is then
# renamed. An interruption leaves no half of it. One maker at a time: a second one waits, and finds what the first made.
made_once() {
	[ ! -d "$1" ] || return 0
	made=$1; shift
	mkdir -p "$CACHE"
	exec 9>"$CACHE/lock"
	flock 9
	[ ! -d "$made" ] || return 0
	rm -rf "$CACHE"/making.* # of a maker that was killed
	WORK=$(mktemp -d "$CACHE/making.XXXXXX")
	trap 'rm -rf "$WORK"' EXIT
	trap 'exit 130' INT TERM HUP
	"$@"
	sync -f "$WORK/root"
	mv "$WORK/root" "$made"
}

# open_archive   for a script that will call apt; $WORK is its directory, gone when it ends
open_archive() {
	IMAGE=$("$LAB_DIR/image.sh") || exit
	WORK=$(mktemp -d "$IMAGES/fetch.XXXXXX")
	trap 'rm -rf "$WORK"' EXIT
	trap 'exit 130' INT TERM HUP
	mkdir -p "$WORK/lists/partial" "$WORK/cache/archives/partial" "$WORK/keys"
	cp "$IMAGE/usr/share/keyrings/debian-archive-keyring.gpg" "$WORK/keys"
	look_in "$SUITE-backports" || die 1 "the Debian mirror can't be reached"
}

# look_in SUITE   what apt knows from now on
look_in() {
	echo "deb $(mirror) $1 main" >"$WORK/sources.list"
	apt apt-get update
}

# fetch_source [PART]   the newest kernel's source, or of it the files below PART, as $WORK/tree; after open_archive. Sets $SOURCE,
# its name. The package holds a tarball, so the tree comes out in one go, without a copy of either.
fetch_source() {
	SOURCE=$(apt apt-cache pkgnames linux-source- | grep -x 'linux-source-[0-9.]*' | sort -rV | head -1)
	[ -n "$SOURCE" ] || die 3 "the archive has no linux-source package"
	say "fetching $SOURCE (160 MB)"
	(cd "$WORK" && apt apt-get download "$SOURCE" && mkdir tree &&
		dpkg-deb --fsys-tarfile "$SOURCE"_*.deb | tar -x -O "./usr/src/$SOURCE.tar.xz" |
		tar -xJ -C tree --strip-components=1 ${1:+"$SOURCE/$1"}) || die 1 "could not fetch $SOURCE"
	rm -f "$WORK/$SOURCE"_*.deb
}
