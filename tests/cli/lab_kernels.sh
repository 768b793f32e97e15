#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bench KERNELS=: a run on each kernel, what can't be had or booted is skipped once and said, one page of all. The lab's own
# script, with doubles of what takes the runs.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

LAB=$TMP/src/harness/lab
mkdir -p "$LAB" "$TMP/src/schedulers/mine"
cp harness/lab/kernels.sh harness/lab/lib.sh "$LAB"
: >"$TMP/src/schedulers/mine/mine.bpf.c"
export SCXBENCH CALLS="$TMP/calls" TMP TREE="$PWD" LAB_RESULTS="$TMP/results" LAB_RUN=m
double() { { echo '#!/bin/sh'; cat; } >"$LAB/$1.sh"; chmod +x "$LAB/$1.sh"; }
double kernel <<'END'
[ $# -gt 0 ] || set -- "${LAB_KERNEL:-7.3.4}"
case $1 in 5.4) echo "lab: fetching" >&2; echo "lab: the archive has no Linux 5.4 for the lab" >&2; exit 3 ;; esac
echo "/kernels/$1"
END
# A kernel that can't be the lab's has no run. 6.12 runs no policy.
double bench <<'END'
echo "bench ${LAB_KERNEL##*/} $LAB_RUN $*" >>"$CALLS"
cd "$TREE" && . tests/cli/fake_runs.sh
kind=EEVDF ratios=fifo=1.1
case $LAB_KERNEL in
*panics) echo "lab: Linux panics can't be the lab's: it can't mount the lab's root" >&2; exit 3 ;;
*6.1) kind=CFS ratios='' ;;
*killed) kill -INT $PPID; exit 130 ;;
esac
fake "$LAB_RUN" "$ratios" KERNEL="${LAB_KERNEL##*/}" KIND="$kind"
[ "${LAB_KERNEL##*/}" != fails ] || exit 1
END
double exact <<'END'
echo "exact ${LAB_KERNEL##*/} $LAB_RUN $SEEDS $CPUS $*" >>"$CALLS"
cd "$TREE" && . tests/cli/fake_runs.sh
case $LAB_KERNEL in *7.0) echo "lab: the first seed was booted twice, and the boots differ" >&2; exit 1 ;; esac
fake "$LAB_RUN" '' PLAN=exact UNIT=insn WORKS=exact-pipe=8000 KERNEL="${LAB_KERNEL##*/}"
END
double chroot <<'END'
shift
command=$1
shift 3
[ "$command" != store ] || set -- "$LAB_RESULTS/runs/${1##*/}"
exec "$SCXBENCH" "$command" --results "$LAB_RESULTS" "$@"
END
# matrix KERNELS OPTIONS...
matrix() {
	export KERNELS="$1"
	shift
	: >"$CALLS"
	run "$LAB/kernels.sh" "$@"
}

matrix "6.1 5.4 7.3" --seed 5 --plan quick -s fifo -s 'cmd:a b'
is "a kernel that the archive lacks does not end it" "$RC" 0
is "each has a bench and a count, of one seed, without what it can't run" "$(cat "$CALLS")" \
	"bench 6.1 m-1 --where-possible --seed 5 --plan quick -s fifo -s cmd:a b
exact 6.1 m-1-exact 1 1 --where-possible -s fair -s fifo -s cmd:a b -w exact-pipe -w exact-timer -w exact-yield-10
bench 7.3 m-3 --where-possible --seed 5 --plan quick -s fifo -s cmd:a b
exact 7.3 m-3-exact 1 1 --where-possible -s fair -s fifo -s cmd:a b -w exact-pipe -w exact-timer -w exact-yield-10"
check "the kernels are side by side" grep -q '^Linux  *6.1  *7.3$' "$TMP/out"
check "what is skipped is said, in one sentence" grep -qx 'Skipped: kernel 5.4: the archive has no Linux 5.4 for the lab.' "$TMP/out"
check "on the page too" grep -q 'Skipped: kernel 5.4' "$TMP/results/report/kernels.html"
check "whose place is said" grep -qx "$TMP/results/report/kernels.html" "$TMP/out"

rm -r "$TMP/results"
matrix "panics 7.0"
is "a kernel that can't be the lab's is tried once" "$(grep -c panics "$CALLS")" 1
check "and said" grep -qx "Skipped: kernel panics: Linux panics can't be the lab's: it can't mount the lab's root." "$TMP/out"
check "so is a count that failed" grep -qx 'Not counted: kernel 7.0: the first seed was booted twice, and the boots differ.' "$TMP/out"
is "the exit code says that something failed" "$RC" 1
is "one seed is drawn for all" "$(grep -o '^bench.*--seed [0-9]*' "$CALLS" | cut -d' ' -f6 | sort -u | wc -l)" 1
check "all policies are counted where none is chosen" grep -q -- '--where-possible -s fair -s mine -w' "$CALLS"
matrix "5.4" --seed 5
is "no kernel at all: this machine can't" "$RC $(grep -c Skipped "$TMP/out")" "3 1"
rm -r "$TMP/results"
matrix "6.1 killed 7.3" --seed 5
is "interrupted: no other kernel, and what there is is shown" "$RC $(grep -cF 7.3 "$CALLS") $(grep -c 'fair is CFS' "$TMP/out")" "130 0 1"
matrix "6.1" --resume x
ended "a run is resumed on its own kernel" 2 "--resume goes on with the run of one kernel: leave out KERNELS"

# The storm on each of them. A guest takes its run; that of 6.12 can run no policy.
workload storm 'echo "metric time s lower 1" >&$SCXB_RESULT_FD'
cp harness/lab/custody.sh "$LAB"
LAB_RUN=c
double run <<'END'
case $LAB_KERNEL in *6.12) echo "scxbench: this kernel can run none of these policies: it has no sched_ext" >&2
	echo "lab: the guest's console is in x" >&2; exit 3 ;; esac
while [ "$1" != custody ]; do shift; done
exec "$SCXBENCH" "$@" --results "$LAB_RESULTS"
END
KERNELS="6.12 5.4 7.3" run "$LAB/custody.sh" custody -s fifo
is "custody: a kernel without policies does not end it" "$RC $(grep -c balanced "$TMP/out")" "0 1"
is "it is said, as what can't be had" "$(grep ^skipped "$TMP/out")" \
	"skipped: kernel 6.12: this kernel can run none of these policies: it has no sched_ext
skipped: kernel 5.4: the archive has no Linux 5.4 for the lab"
KERNELS=6.12 run "$LAB/custody.sh" custody -s fifo
is "where no kernel is left, this machine can't" "$RC" 3
done_testing
