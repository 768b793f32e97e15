#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bisect.sh [OPTIONS of scxbench bisect]   a bisection in the lab: git and builds in the chroot, which has this machine's files
# at their places; each step that is to be measured in a guest, which has the results. scxbench.sh calls it.
#   LAB_RESULTS    another results/
. "$(dirname "$0")/lib.sh"

GUEST=71 # the program's exit code: it needs one (harness/util/cause.h)
DEATHS=3 # of a step's guest in a row: that is not an accident
PROGRAM=.build/lab/scxbench
mkdir -p "$RESULTS/bisect" || die 3 "$RESULTS can't be written: choose another with --results"
STEP=$RESULTS/bisect/step-$$.json
rm -f "$STEP"
trap 'rm -f "$STEP"' EXIT
trap 'say "interrupted: what was measured is kept; the same call goes on"; exit 130' INT TERM HUP
ACCEL=$("$LAB_DIR/accel.sh")

# next OPTIONS...   all that needs no guest
next() {
	LAB_HOST=1 LAB_CWD=$PWD "$LAB_DIR/chroot.sh" env SCXBENCH_GUEST="$ACCEL" SCXBENCH_RESULTS="$RESULTS" SCXBENCH_STEP="$STEP" \
		"$SRC/$PROGRAM" bisect --where lab "$@"
}
# measure   the step, in a guest
measure() {
	"$LAB_DIR/run.sh" env SCXBENCH_STEP="/src/results/bisect/${STEP##*/}" "/src/$PROGRAM" bisect --results /src/results \
		--where lab >/dev/null
}

# measured   the same; a guest that died is followed by another one
measured() {
	for _ in $(seq "$DEATHS"); do
		code=0
		measure || code=$?
		[ "$code" = 70 ] || return "$code"
	done
	say "$DEATHS guests died in this step: that is not an accident"
	return 1
}

while :; do
	code=0
	next "$@" || code=$?
	[ "$code" = "$GUEST" ] || exit "$code"
	measured || exit
done
