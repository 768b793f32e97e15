#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A clock that jumps: it removes no run, and makes none the latest that is not.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

R=$TMP/results DAY=86400
mkdir -p "$SCXBENCH_ROOT/proc"
echo '0.10 0.20 0.30 2/99 1234' >"$SCXBENCH_ROOT/proc/loadavg"

# at DAYS COMMAND...   with a calendar so many days ahead
at() {
	DOUBLE_CLOCK=$(($1 * DAY))
	export DOUBLE_CLOCK
	shift
	"$@"
	unset DOUBLE_CLOCK
}
runs() { (cd "$R/runs" && echo *); }
# night DAYS   whose id goes to $ID
night() {
	at "$1" run "$SCXBENCH" nightly -o results="$R" -o policy=fair -o policy=fifo -o workload=quick -o blocks=6 \
		-o governor=keep -o irqbalance=keep -o bless=no
	ID=$(sed -n 's/^scxbench: night \([^:]*\): pre-flight$/\1/p' "$TMP/err")
}
latest() {
	run "$SCXBENCH" store --results "$R" --list
	awk 'NR == 2 { print $1 }' "$TMP/out"
}

for i in 4 3 2 1; do
	at -$i bench -s fair -s fifo -w quick --run-id "n$i"
done
night 730
AHEAD=$ID
check "a clock that is two years ahead removes no run" test "$(runs)" = "$AHEAD n1 n2 n3 n4"
check "and says why" grep -q 'no run is removed for its age: by the clock a pause follows run n1' "$TMP/err"
is "that night is the latest" "$(latest)" "$AHEAD"
night 731
SECOND=$ID
check "nor does it in the next night" test "$(runs)" = "$AHEAD $SECOND n1 n2 n3 n4"
night 0
RIGHT=$ID
check "nor when it is right again" test "$(runs)" = "$RIGHT $AHEAD $SECOND n1 n2 n3 n4"
check "which names a run of a time to come" grep -q "run $SECOND began after now.*--remove $SECOND" "$TMP/err"
is "the latest is the one that was taken last" "$(latest)" "$RIGHT"
run "$SCXBENCH" store --results "$R" --remove "$AHEAD" "$SECOND"
night 1
check "without those all is as before" sh -c '! grep -q "no run is removed" "$1"' sh "$TMP/err"
is "and nothing is old" "$(runs | wc -w)" 6

prune() { at "$1" run "$SCXBENCH" store --results "$R" --prune --days "$2"; }
DOUBLE_UNSYNCHRONISED=1 prune 1 3
is "a clock that nobody keeps right removes no run" "$RC $(runs | wc -w)" "0 6"
check "and says so" grep -q 'not synchronised' "$TMP/err"
prune 1 3
is "one that is right does" "$RC $(cat "$TMP/out" | tr '\n' ' ')" "0 n4 n3 n2 "
done_testing
