#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The example controller: what it finds, what it leaves to others, and what one that was killed left behind.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/steered.sh"
export SCXBENCH BALANCE_STATE=$TMP BALANCE_PERIOD_MS=5

weight() { "$SCXBENCH" ctl show | sed -n "s/^comm:batch .*weight=\([0-9]*\).*/\1/p"; }

# balance LATENCY   in the background, fed with that latency; its target is 1000
balance() {
	mkfifo "$TMP/in.$1"
	"$B/schedulers/controllers/balance" 1000 comm:batch comm:other <"$TMP/in.$1" >"$TMP/said" 2>&1 &
	BALANCE=$!
	while echo "$1"; do sleep 0.002; done >"$TMP/in.$1" 2>/dev/null &
	FEED=$!
}
until_said() { until grep -q "$1" "$TMP/said" || ! kill -0 "$BALANCE" 2>/dev/null; do sleep 0.02; done; }
# gone SIGNAL   the controller ends, or is killed
gone() { kill "-$1" "$BALANCE"; wait "$BALANCE" 2>/dev/null; wait "$FEED" 2>/dev/null; rm -f "$TMP"/in.*; }

balance 1500
until_said 'comm:batch.*weight 5$'
gone KILL
is "above the target the weight is halved, down to its bound" \
	"$(sed -n 's/^comm:batch.*weight //p' "$TMP/said" | tr '\n' ' ')" "50 25 12 6 5 "
is "which stays when the controller is killed" "$(weight)" 5

# It may die as it writes its note: here no file may grow.
while echo 100; do sleep 0.002; done 2>/dev/null |
	(ulimit -f 0; exec "$B/schedulers/controllers/balance" 1000 comm:batch >/dev/null)
is "a note that can't be finished kills it (SIGXFSZ), before the change" "$? $(weight)" "153 5"

balance 100
until_said 'comm:batch.*\(weight 100\|somebody else set\)'
gone KILL
is "one that is started again lets it grow from there, up to its bound" \
	"$(sed -n 's/^comm:batch.*weight //p' "$TMP/said" | tr '\n' ' ')" "15 25 35 45 55 65 75 85 95 100 "

# It may die between its note and the change.
echo 100 50 >"$TMP/balance.comm:batch"
balance 1500
until_said 'comm:batch.*weight 50$'
gone KILL
check "nor is it lost when it died in between" grep -q '^comm:batch.*weight 50$' "$TMP/said"

# An operator's choice: there before, and made meanwhile.
ctl set comm:batch weight=33
balance 9000
until_said 'somebody else'
until_said 'comm:other.*weight 5$'
is "what somebody else has set stays, and the others give way" "$(weight) $(grep -c 'somebody else' "$TMP/said")" "33 1"
ctl reset comm:batch
until_said 'comm:batch.*weight 5$'
is "until it is reset" "$(weight)" 5
gone TERM
BALANCE_PERIOD_MS=100 # it must not be done before it can be disturbed
balance 100
until_said 'comm:batch.*weight 15$'
ctl set comm:batch weight=7
until_said 'comm:batch.*somebody else'
gone TERM
is "also when it was set meanwhile" "$(weight)" 7

unset DOUBLE_MAPS
echo disabled >"$SCX/state"
echo 5000 >"$TMP/news"
run "$B/schedulers/controllers/balance" 1000 comm:batch <"$TMP/news"
is "without a policy it ends as ctl does" "$RC" 3
done_testing
