#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kernels.sh [OPTIONS of scxbench bench]   a run on each kernel of $KERNELS, of one seed, and what operations cost there in the exact
# lab; then all of them side by side, and the page. scxbench.sh has checked the options.
#
#   KERNELS        words, see custody.sh
#   LAB_RUN=  LAB_RESULTS=   as for bench.sh; kernel number N has the runs ID-N and ID-N-exact
# A policy that a kernel can't run is left out there. A kernel that can't be had, or can't be the lab's, is skipped. The
# result says both.
. "$(dirname "$0")/lib.sh"

ID=$(new_run)
case " $*" in *" --resume"*) die 2 "--resume goes on with the run of one kernel: leave out KERNELS" ;; esac
case " $*" in *" --seed"*) ;; *) set -- --seed "$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')" "$@" ;; esac
mkdir -p "$RESULTS" || die 3 "$RESULTS can't be written: choose another with LAB_RESULTS="
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
export SEEDS=1 CPUS=1 PROFILE= # of the exact lab
set_progress
: >"$WORK/without"
RUNS="" rc=0 code=0 number=0

# without SENTENCE
without() { echo "$1" >>"$WORK/without"; }

# take RUN SCRIPT OPTIONS...   a run of that script on $image
take() {
	run=$1 script=$2; shift 2
	heard env LAB_RUN="$run" LAB_KERNEL="$image" "$LAB_DIR/$script.sh" "$@"
	case $code in 0) ;; 130) rc=130 ;; *) [ "$rc" = 130 ] || rc=1 ;; esac
	if [ -f "$RESULTS/runs/$run/run.json" ]; then RUNS="$RUNS $run"; else return 1; fi
}

# one_kernel OPTIONS...   both runs on $image
one_kernel() {
	take "$ID-$number" bench --where-possible "$@" || { [ "$rc" = 130 ] || without "Skipped: kernel $word: $(last_said)."; return 0; }
	[ "$rc" != 130 ] || return 0
	chosen=$(counted_policies "$@") || :
	eval "set -- $chosen $COUNTED"
	take "$ID-$number-exact" exact --where-possible "$@" || [ "$rc" = 130 ] ||
		without "Not counted: kernel $word: $(last_said)."
}

trap 'rc=130' INT TERM HUP
for word in $KERNELS; do
	[ "$rc" != 130 ] || break
	number=$((number + 1))
	say "kernel $word"
	if image=$(kernel_of "$word" 2>"$WORK/said"); then
		one_kernel "$@"
	else
		without "Skipped: kernel $word: $(last_said)."
	fi
done
trap - INT TERM HUP

set --
while IFS= read -r sentence; do set -- "$@" --without "$sentence"; done <"$WORK/without"
if [ -n "$RUNS" ]; then
	# shellcheck disable=SC2086  # a list of words
	on_host kernels "$@" $RUNS >"$WORK/shown" || [ "$rc" != 0 ] || rc=$?
	shown <"$WORK/shown"
else
	cat "$WORK/without"
	[ "$rc" = 130 ] || rc=3
fi
exit "$rc"
