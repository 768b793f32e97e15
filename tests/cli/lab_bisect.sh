#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A bisection in the lab goes back and forth between the chroot and guests until one of them ends it. Doubles of both.
. "$(dirname "$0")/../tap.sh"

LAB=$TMP/tree/harness/lab
mkdir -p "$LAB" "$TMP/here"
cp harness/lab/bisect.sh "$LAB"
cp harness/lab/lib.sh "$LAB"
export CALLS="$TMP/calls" LAB_RESULTS="$TMP/results"
double() { cat >"$LAB/$1.sh"; chmod +x "$LAB/$1.sh"; }
echo 'echo tcg' | double accel
# Each takes its exit code from the first line of a file, and the last one again and again.
double chroot <<'END'
echo "chroot${LAB_HOST:+ host} $*" >>"$CALLS"
step=${*#*SCXBENCH_STEP=}
touch "${step%% *}"
code=$(head -1 "$CALLS.chroot"); sed -i 1d "$CALLS.chroot"
echo said
exit "$code"
END
double run <<'END'
echo "run $*" >>"$CALLS"
code=$(head -1 "$CALLS.run"); sed -i 1d "$CALLS.run"
echo noise
exit "$code"
END
# bisect CODES-OF-CHROOT CODES-OF-GUESTS
bisect() {
	printf '%s\n' $1 >"$CALLS.chroot"
	printf '%s\n' $2 >"$CALLS.run"
	: >"$CALLS"
	run sh -c 'cd "$1" && exec "$2/bisect.sh" c0 "c 1"' sh "$TMP/here" "$LAB"
}
calls() { cut -d' ' -f1 "$CALLS" | tr '\n' ' '; }

bisect "71 71 4" "0 0"
is "each step that the chroot can't take is a guest's" "$(calls)" "chroot run chroot run chroot "
is "the exit code is that of the chroot" "$RC" 4
is "so is what is printed" "$(tr '\n' ' ' <"$TMP/out")" "said said said "
STEP=$(sed -n 's/.* SCXBENCH_STEP=\([^ ]*\) .*/\1/p' "$CALLS" | head -1)
is "the chroot has this machine, and where the results are" "$(head -1 "$CALLS")" \
	"chroot host env SCXBENCH_GUEST=tcg SCXBENCH_RESULTS=$TMP/results SCXBENCH_STEP=$STEP $TMP/tree/.build/lab/scxbench bisect --where lab c0 c 1"
is "the guest has the step alone" "$(sed -n 2p "$CALLS")" \
	"run env SCXBENCH_STEP=/src/results/bisect/${STEP##*/} /src/.build/lab/scxbench bisect --results /src/results --where lab"
is "nothing of it is left" "$(ls -A "$TMP/results/bisect")" ""
bisect "71 0" "70 70 0"
is "a guest that dies is followed by another" "$RC $(calls)" "0 chroot run run run chroot "
bisect "71" "70 70 70 70"
is "but not for ever" "$RC $(calls)" "1 chroot run run run "
bisect "71" "3"
is "what else ends a guest ends it" "$RC $(calls)" "3 chroot run "
printf 'kill -INT $PPID; exit 130\n' | double run
bisect "71" ""
is "interrupted: 130" "$RC $(calls)" "130 chroot "
check "it says how to go on" grep -q "the same call goes on" "$TMP/err"
bisect "2" ""
is "a mistake needs no guest" "$RC $(calls)" "2 chroot "
done_testing
