#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ctl and hintd on a policy whose maps are files: what is set, by whom, and what is in force.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/steered.sh"

ctl set 'comm:lim*' weight=20
ctl set 'comm:limit*' quota=50%
is "a longer name begins with nothing of a shorter one" "$(shown)" "comm:lim* weight=20;comm:limit* quota=50%;"
ctl reset 'comm:limits*'
ended "what only a shorter name has can't be reset" 2 "nothing is set for comm:limits*"
ctl reset 'comm:limit*'
is "and a reset leaves it alone" "$(shown)" "comm:lim* weight=20;"
ctl reset

ctl set "tid:$$" weight=7
ctl set "pid:$$" weight=70 slice_us=3000
ctl set 'comm:steer*' slice_us=9000 priority=3
run "$SCXBENCH" ctl show "pid:$$"
is "what is in force is told key by key, from the nearest rule" "$(sed 's/  */ /g' "$TMP/out" | tr '\n' ';')" \
	"weight=7 by tid:$$;priority=3 by comm:steer*;slice_us=3000 by pid:$$;"
run "$SCXBENCH" ctl show --json "tid:$$"
check "also for programs" grep -q '"from": "comm:steer\*"' "$TMP/out"
run "$SCXBENCH" ctl show tid:1
is "a thread without a rule" "$(cat "$TMP/out")" "nothing is set that applies to tid:1"
run "$SCXBENCH" ctl show comm:x
ended "a name is no thread" 2 "tid:N or pid:N"
ctl reset

# Hints, of a process that lives as long as this test.
broker root
hinter
is "a hint is taken" "$(hint 1)" 0
is "it is shown as one" "$(shown)" "tid:$HINTER slice_us=3000 hint;"
ctl set "tid:$HINTER" slice_us=700 weight=30
is "a rule of the same thread is another" "$(shown)" "tid:$HINTER slice_us=3000 hint;tid:$HINTER weight=30 slice_us=700;"
is "and changes with no hint" "$(hint 2) $(shown)" \
	"0 tid:$HINTER priority=35 slice_us=50000 hint;tid:$HINTER weight=30 slice_us=700;"
run "$SCXBENCH" ctl show "tid:$HINTER"
is "the rule is in force, and the hint where there is none" "$(sed 's/  */ /g' "$TMP/out" | tr '\n' ';')" \
	"weight=30 by tid:$HINTER;priority=35 its hint;slice_us=700 by tid:$HINTER;"
is "taking a hint back removes only the hint" "$(hint 0) $(shown)" "0 tid:$HINTER weight=30 slice_us=700;"
is "also when there is none" "$(hint 0)" 0
hint 1 >"$TMP/answer"
ctl reset
is "a reset of all rules keeps the hints" "$(shown)" "tid:$HINTER slice_us=3000 hint;"
ctl reset hints
is "which have a reset of their own" "$RC $(shown)" "0 "
check "the log tells rules from hints" grep -q '"layer":"hint","set":\["slice_us=3000"\]' "$SCXBENCH_ROOT/run/scxbench/control.log"

# Where turns are equal a longer slice is more time, and a better priority always is.
heeds 1c
is "where turns are equal no hint has a use for a slice" "$(hint 1) $(hint 2) $(hint 3)" "-95 -95 0"
is "which list tells" "$("$SCXBENCH" ctl list | sed -n 's/.*hints of programs *//p')" "same cache"
heeds 1e
is "with priorities a hint asks only for a worse one" "$(hint 1) $(hint 2) $(shown)" \
	"-95 0 tid:$HINTER priority=35 hint;"

# 400 connections that say nothing, at a time, beside those that do.
run "$B/tests/vm/control/clients" 4000 400
is "thousands of clients are answered, whoever is silent" "$(cut -d' ' -f1,2 "$TMP/out")" "4000 0"
diag <"$TMP/out"
check "and what the broker says and logs is bounded" awk -v most=1100000 \
	'BEGIN { getline size; exit size > most }' <<-END
	$(cat "$TMP/broker" "$SCXBENCH_ROOT"/run/scxbench/control.log | wc -c)
END

# What there is to be steered is said at the beginning.
echo disabled >"$SCX/state"
kill "$BROKER"; wait "$BROKER"
broker root
check "without a policy the broker says so" grep -q "no policy is attached" "$TMP/broker"
is "and so does it to programs" "$(hint 1)" -3
mv "$SCX" "$TMP/gone"
run "$SCXBENCH" hintd --group root --socket "$TMP/other.sock"
ended "where there is no sched_ext there is no broker" 3 "no sched_ext"
done_testing
