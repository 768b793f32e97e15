#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ctl and run: what is not possible is reported in one line, with the right exit code. What list says of policies.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

run "$SCXBENCH" ctl show
ended "no policy is attached" 3 "scxbench run POLICY"
chmod 755 "$TMP"
for command in "ctl show" dsq trace; do
	# shellcheck disable=SC2086  # two words
	run setpriv --reuid=65534 --clear-groups "$SCXBENCH" $command
	ended "$command: who is not root learns that first" 3 "only root may"
done
SCXBENCH_ROOT=$TMP/none run "$SCXBENCH" ctl show
ended "no sched_ext at all" 3 "no sched_ext"
run "$SCXBENCH" ctl frobnicate
is "no such verb" "$RC" 2
run "$SCXBENCH" ctl
is "no verb" "$RC" 2
run "$SCXBENCH" ctl --help
is "help ends with 0" "$RC" 0
check "and is on stdout" grep -q '^Usage: scxbench ctl' "$TMP/out"

run "$SCXBENCH" run
is "run without a policy" "$RC" 2
run "$SCXBENCH" run fair
ended "fair can't be attached" 2 "nothing to attach"
run "$SCXBENCH" run nosuch
ended "an unknown policy" 2 "nosuch"
run "$SCXBENCH" run fifo true
is "a command without --" "$RC" 2

run "$SCXBENCH" hintd
is "hintd without a group" "$RC" 2
run "$SCXBENCH" hintd --group nosuchgroup
ended "hintd for an unknown group" 2 "nosuchgroup"
# Each policy, and fair.
COLUMNS=300 run "$SCXBENCH" list
is "list says of each policy whether a cgroup's share grows with its tasks" \
	"$(tr -s ' ' <"$TMP/out" | grep -c "^ \(fair\|fifo\|vtime\|locality\|prioq\|eevdf\|owners\) .*A cgroup's share .* with its number of tasks")" 7
check "and of one that is to be named that it is" grep -q '^ *owners .*only where it is named' "$TMP/out"
done_testing
