#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doctor.sh [--lab]   what this machine lacks, natively and for the lab (or for the lab alone), and the cure.
# Installs nothing, builds nothing. Exit 0 when policies can run in one of them, else 3.
# doctor.sh --tools   only what a run calls and what builds, with versions: the program's own doctor asks this.
. "$(dirname "$0")/lib.sh"
. "$LAB_DIR/needs.sh"

BAD=0
good() { printf '%-7s %-8s %s\n' "$PART" ok "$1"; }
bad() { printf '%-7s %-8s %s\n%-7s %-8s %s\n' "$PART" "$1" "$2" "$PART" cure "$3"; BAD=1; }
lacks() { bad missing "$1$(old=$(too_old "$1") && echo " ($old)")" "$(how=$(cure "$(packages "$1")"); echo "${how:-install it}")"; }
# look GROUP...   what is missing of it, each with its cure
look() {
	while IFS= read -r name; do [ -z "$name" ] || lacks "$name"; done <<-END
		$(missing "$@")
	END
}

# has NAME HOW...   that it is there, with its version; a command that says none does not run
has() {
	name=$1
	shift
	number=$(version "$@") || number=
	case $1$number in
	command) bad unsound "$name does not run: $(introduces "$(command_of "$2")" | head -1)" "$(how=$(cure "$(packages "$name")"); echo "${how:-install it again}")" ;;
	vmlinux*) good "$name${number:+: bpftool $number}" ;;
	*) good "$name${number:+ $number}" ;;
	esac
}

# show [found]   each thing that stdin names (needs.sh), with its version or its cure; or only what is found
show() {
	while IFS='|' read -r name how; do
		# shellcheck disable=SC2086  # how is a list of words
		if is_there $how </dev/null; then has "$name" $how; elif [ "${1:-}" != found ]; then lacks "$name"; fi
	done
}

# A program that asks this runs, so it has its libraries; what builds it need not be here.
tools() {
	PART=native
	needs run more | grep '|command' | show
	needs build | grep -v '|command' | show found
}

# Without the program only the obvious can be checked; with it the kernel is asked to load a policy.
native() {
	PART=native
	if [ -x "$SRC/.build/native/scxbench" ]; then
		"$SRC/.build/native/scxbench" doctor --native
		return
	fi
	if [ -d /sys/kernel/sched_ext ]; then good "Linux $(uname -r) has sched_ext"; else
		bad no "Linux $(uname -r) has no sched_ext" "boot a kernel with CONFIG_SCHED_CLASS_EXT=y (Debian: trixie-backports), or use the lab"
	fi
	if [ -r /sys/kernel/btf/vmlinux ]; then good "the kernel has BTF"; else
		bad no "the kernel has no BTF" "boot a kernel with CONFIG_DEBUG_INFO_BTF=y, or use the lab"
	fi
	if [ "$(id -u)" = 0 ]; then good root; else bad no "not root" "sudo make bench, or use the lab"; fi
	show <<-END
		$(needs run build more)
	END
	[ "$BAD" = 1 ] || bad unknown "whether this kernel loads a policy" "make bench WHERE=native builds the program, which tries it"
	[ "$BAD" = 0 ]
}

lab() {
	PART=lab
	BAD=0
	[ "$(uname -m)" = x86_64 ] || bad no "this is a $(uname -m) machine" "the lab emulates x86-64, and only on x86-64"
	look lab
	if [ -n "${LAB_IMAGE:-}" ]; then good "the root of $LAB_IMAGE"; elif [ -n "$(mirror)" ]; then good "Debian mirror $(mirror)"; else
		bad missing "a Debian mirror" "$MIRROR_CURE"
	fi
	if [ "$(id -u)" != 0 ] && ! unshare --map-root-user --mount true 2>/dev/null; then
		bad no "user namespaces are not allowed" "sysctl kernel.unprivileged_userns_clone=1, or run as root"
	fi
	mkdir -p "$CACHE"
	FREE=$(df -Pk "$CACHE" | awk 'NR == 2 { print int($4 / 1024) }')
	[ -n "$(find "$CACHE" -maxdepth 1 -name 'image-*')" ] || [ "$FREE" -ge 4096 ] ||
		bad no "$FREE MiB free in $CACHE" "make room for 4 GiB, or set SCXBENCH_CACHE to another directory"
	MEMORY=$(awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
	[ "$MEMORY" -ge 3500 ] || bad no "$MEMORY MiB of memory available" "free some memory, or set LAB_MEM=2G"
	if [ -w /dev/kvm ]; then good "/dev/kvm (used if it works)"; else good "no KVM: the lab emulates, which measures ratios only"; fi
	[ "$BAD" = 0 ]
}

case ${1:-} in --tools) tools; exit ;; esac
rc=3
if [ "${1:-}" != --lab ] && native; then rc=0; fi
if lab; then rc=0; fi
exit $rc
