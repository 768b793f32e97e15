#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench.sh ARGS...   the program, wherever it runs on this machine (where.sh); .build/scxbench calls it. Words,
# stdout, stderr and exit codes are the program's own.
#
# In the lab, a command that only reads and writes files runs in the chroot, which then has this machine's files at
# their places. One that needs a kernel is checked in the chroot, which then has what a guest has: this tree and
# LAB_FILES. It goes to a guest when nothing is wrong, and nothing is left that the chroot can answer.
. "$(dirname "$0")/lib.sh"

GUEST=71 # the program's exit code: it needs one (harness/util/cause.h)

# What counts instructions does so in the lab, also where policies can run.
[ "${1:-}" != exact ] || { WHERE=lab; export WHERE; }

# The last line is the place, the one before it the reason.
SAID=$("$LAB_DIR/where.sh" 2>&1) || { code=$?; echo "$SAID" >&2; exit "$code"; }
PLACE=${SAID##*"
"}
built() { [ -x "$SRC/.build/$1/scxbench" ]; }
needs_kernel() { grep -qxF -e "${1:-}" "$SRC/.build/$PLACE/kernel-commands"; }

[ "$PLACE" = lab ] || [ -z "${KERNELS:-}" ] || die 2 "KERNELS=$KERNELS: other kernels are booted in the lab: leave out WHERE=native"

# What only reads runs as well in the other place.
if ! built "$PLACE"; then
	asked=$PLACE
	case $PLACE in lab) PLACE=native ;; *) PLACE=lab ;; esac
	[ -z "${WHERE:-}" ] && built "$PLACE" && ! needs_kernel "${1:-}" ||
		die 3 "scxbench is not built for '$asked': make ready WHERE=$asked"
fi
[ "$PLACE" = lab ] || exec "$SRC/.build/native/scxbench" "$@"

# shellcheck disable=SC2046  # a name a word
WRONG=$("$LAB_DIR/../variables.sh" $(env | sed -n 's/^\(LAB_[A-Z_]*\)=.*/\1/p'))
[ -z "$WRONG" ] || die 2 "$WRONG"

# The doctor looks at this machine, natively and as the lab's host.
[ "$*" != doctor ] || exec "$LAB_DIR/doctor.sh"

# in_chroot RESULTS ARGS...   the program, as far as it gets without a kernel
in_chroot() {
	results=$1; shift
	"$LAB_DIR/chroot.sh" env SCXBENCH_GUEST="$("$LAB_DIR/accel.sh")" SCXBENCH_RESULTS="$results" "$PROGRAM" "$@"
}

if ! needs_kernel "${1:-}"; then
	export LAB_HOST=1 LAB_CWD="$PWD"
	PROGRAM=$SRC/.build/lab/scxbench
	in_chroot "${LAB_RESULTS:-${SCXBENCH_RESULTS:-}}" "$@"
	exit
fi

# A run's results are mounted, so their place is the lab's to know. $ARGS has the other words, quoted.
LAB_RESULTS=${LAB_RESULTS:-${SCXBENCH_RESULTS:-$PWD/results}}
ARGS="" value="" passed=""
for arg in "$@"; do
	case $passed$value$arg in
	results*) LAB_RESULTS=$arg value=""; continue ;;
	--) passed=passed ;;
	-r | --results) case $1 in bench | custody | audit | bisect) value=results; continue ;; esac ;;
	--results=*) LAB_RESULTS=${arg#*=}; continue ;;
	esac
	ARGS="$ARGS $(quote "$arg")"
done
[ -z "$value" ] || ARGS="$ARGS --results"
eval "set -- $ARGS"
LAB_RESULTS=$(full_path "$LAB_RESULTS")
mkdir -p "$LAB_RESULTS" || die 3 "$LAB_RESULTS can't be written: choose another with --results"

# It goes back and forth between the chroot and guests.
[ "$1" != bisect ] || { shift; export LAB_RESULTS; exec "$LAB_DIR/bisect.sh" "$@"; }

# Where we are, as the lab sees it.
HERE=$(pwd -P) TREE=$(cd "$SRC" && pwd -P)
LAB_CWD=/src
case $HERE/ in
"$TREE"/*) LAB_CWD=/src${HERE#"$TREE"} ;;
"${LAB_FILES:-/nowhere}"/*) LAB_CWD=$FILES${HERE#"$LAB_FILES"} ;;
esac
PROGRAM=/src/.build/lab/scxbench
SCXBENCH_RESULTS=""
[ "$LAB_CWD" = /src ] || SCXBENCH_RESULTS=/src/results
export LAB_CWD LAB_RESULTS SCXBENCH_RESULTS

code=0
LAB_BIND="$LAB_RESULTS:/src/results" in_chroot "$SCXBENCH_RESULTS" "$@" || code=$?
if [ "$code" = 2 ]; then
	for arg in "$@"; do
		arg=${arg#*=} arg=${arg%%#*}
		case $(full_path "$arg")/ in "$TREE"/* | "${LAB_FILES:-$TREE}"/*) continue ;; esac
		[ ! -f "$arg" ] || say "the lab has this tree, and what LAB_FILES=DIR brings; $arg is in neither"
	done
fi
[ "$code" = "$GUEST" ] || { rmdir "$LAB_RESULTS" 2>/dev/null || :; exit "$code"; }
[ -n "${WHERE:-}" ] || echo "${SAID%%"
"*}" >&2
case $1 in
exact) shift; exec "$LAB_DIR/exact-check.sh" "$@" ;;
bench)
	shift
	[ -z "${KERNELS:-}" ] || exec "$LAB_DIR/kernels.sh" "$@"
	exec "$LAB_DIR/bench.sh" "$@"
	;;
custody | audit) exec "$LAB_DIR/custody.sh" "$@" ;;
esac
[ ! -t 0 ] || [ ! -t 1 ] || export LAB_TTY=1
exec "$LAB_DIR/run.sh" "$PROGRAM" "$@"
