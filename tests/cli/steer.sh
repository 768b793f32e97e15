#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ctl and hintd on a policy whose maps are files: what is set, by whom, and what is in force.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/steered.sh"

ctl set 'comm:lim*' weight=20
ctl set 'comm:limit*' quota=50%machine
is "a longer name begins with nothing of a shorter one" "$(shown)" "comm:lim* weight=20;comm:limit* quota=50%machine;"
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
ctl set 'comm:steer*' quota=25%machine
ctl set "tid:$$" quota=0.5cpu
run "$SCXBENCH" ctl show "tid:$$"
is "of quotas each is in force" "$(sed 's/  */ /g' "$TMP/out" | grep quota | tr '\n' ';')" \
	"quota=0.5cpu by tid:$$;quota=25%machine by comm:steer*;"
run "$SCXBENCH" ctl show --json "tid:$$"
check "as the words that set them" grep -q '"value": "25%machine"' "$TMP/out"
run "$SCXBENCH" ctl show tid:1
is "a thread without a rule" "$(cat "$TMP/out")" "nothing is set that applies to tid:1"
run "$SCXBENCH" ctl show comm:x
ended "a name is no thread" 2 "'comm:x' is not a target: give tid:N or pid:N"
ctl show --json extra
ended "nor is any other word" 2 "'extra' is not a target"
ctl list extra
ended "list takes no word" 2 "unexpected word 'extra'"
ctl reset

# A cgroup by its path, however that is written; not when it is gone.
mkdir -p "$SCXBENCH_ROOT/sys/fs/cgroup/x" "$SCXBENCH_ROOT/sys/fs/cgroup/y"
printf 'cgroup:x weight=7\ncgroup:/y weight=8\ncgroup:/x/ slice_us=900\n' >"$TMP/groups"
ctl apply "$TMP/groups"
is "cgroups are shown by their paths" "$RC $(shown)" "0 cgroup:/x weight=7 slice_us=900;cgroup:/y weight=8;"
is "and logged by them" "$(grep -o '"target":"cgroup:[^"]*"' "$SCXBENCH_ROOT/run/scxbench/control.log" | tr '\n' ' ')" \
	'"target":"cgroup:/x" "target":"cgroup:/y" "target":"cgroup:/x" '
rmdir "$SCXBENCH_ROOT/sys/fs/cgroup/y"
is "the rule of one that is gone is gone" "$(shown)" "cgroup:/x weight=7 slice_us=900;"
ctl reset

# Many changes at once.
# apply TEXT   as a file
apply() { printf '%s\n' "$1" >"$TMP/changes"; ctl apply "$TMP/changes"; }

ctl set comm:old weight=3
apply '# what there shall be
reset
policy slice_us=4000

	comm:a* weight=7  slice_us=900
comm:b quota=25%machine
comm:a* priority=4'
is "a file of changes is made in its order" "$RC $(shown)" \
	"0 comm:a* weight=7 priority=4 slice_us=900;comm:b quota=25%machine;policy slice_us=4000;"
"$SCXBENCH" ctl show --json >"$TMP/all.json"
ctl reset
ctl set comm:other weight=1
ctl reset comm:other
ctl apply - <"$TMP/all.json"
is "what show printed is applied" "$RC $(shown)" \
	"0 comm:a* weight=7 priority=4 slice_us=900;comm:b quota=25%machine;policy slice_us=4000;"
BEFORE=$(shown)
# refused NAME TEXT MESSAGE   a file that changes nothing
refused() {
	apply "$2"
	is "$1" "$RC $(shown)" "2 $BEFORE"
	check "... and says what and where" grep -q "$3" "$TMP/err"
}
refused "one bad line, and nothing is changed" 'reset
comm:c weight=8
comm:d weight=0' 'changes: nothing is changed because of line 3'
refused "nor by a target that is none" 'comm:c weight=8
nosuch weight=8' 'because of line 2'
refused "nor by a target alone" comm:c 'give TARGET KEY=VALUE'
refused "nor by a word too much" 'reset comm:a* comm:b' "unexpected word 'comm:b'"
refused "nor by JSON of another kind" '{ "rules": 3 }' "ctl show --json"
refused "nor by a rule that is none" '{ "rules": [ { "target": "comm:a" }, { "target": "comm:c", "nosuch": 3 } ] }' 'because of rule 2'
DOUBLE_AT=map_update:3:fail apply 'reset comm:b
comm:b quota=50%machine
comm:a* weight=9
policy slice_us=9000
comm:e weight=3'
is "a write that fails puts all back that came before" "$RC $(shown)" "1 $BEFORE"
ctl apply "$TMP/nosuch"
ended "a file that is not there" 2 "nosuch can't be read"
for from in "$TMP/zeros" -; do
	printf 'comm:a weight=50\n\000\ncomm:b weight=50\n' >"$TMP/zeros"
	ctl apply "$from" <"$TMP/zeros"
	ended "a file that a crash has left zeros in, $from" 2 "is not a text"
done

# A process of its own needs some ms; ten thousand rules are one.
awk 'BEGIN { print "reset"; for (i = 0; i < 10000; i++) print "comm:task" i " weight=" i + 1 }' >"$TMP/many"
# cpu CMD...   hundredths of a second of CPU time that the command used
cpu() { (run "$@"; times) | awk -F'[ms ]+' 'NR == 2 { printf "%d\n", 6000 * ($1 + $3) + 100 * ($2 + $4) }'; }
TOOK=$(cpu "$SCXBENCH" ctl apply "$TMP/many")
check "ten thousand rules take less than 2 s of CPU time" test "$TOOK" -lt 200
echo "$TOOK hundredths" | diag
"$SCXBENCH" ctl show --json >"$TMP/many.json"
is "and all are there" "$(grep -c '"target": "comm:task' "$TMP/many.json")" 10000
ctl reset

# One that reads its list: more than a pipe holds.
mkfifo "$TMP/list"
"$SCXBENCH" ctl apply - <"$TMP/list" &
CTL=$!
exec 7>"$TMP/list"
head -c 200000 /dev/zero | tr '\0' '\n' >&7
is "ctl is in SCHED_FIFO, and locks no memory" \
	"$(cut -d' ' -f41 "/proc/$CTL/stat") $(sed -n 's/^VmLck:[[:space:]]*//p' "/proc/$CTL/status")" "1 0 kB"
exec 7>&-
wait "$CTL"

# Hints, of a process that lives as long as this test.
broker root
hinter
is "a hint is taken" "$(hint 1)" 0
is "it is shown as one" "$(shown)" "tid:$HINTER slice_us=500 hint;"
ctl set "tid:$HINTER" slice_us=700 weight=30
is "a rule of the same thread is another" "$(shown)" "tid:$HINTER slice_us=500 hint;tid:$HINTER weight=30 slice_us=700;"
is "and changes with no hint" "$(hint 2) $(shown)" \
	"0 tid:$HINTER priority=35 slice_us=50000 hint;tid:$HINTER weight=30 slice_us=700;"
run "$SCXBENCH" ctl show "tid:$HINTER"
is "the rule is in force, and the hint where there is none" "$(sed 's/  */ /g' "$TMP/out" | tr '\n' ';')" \
	"weight=30 by tid:$HINTER;priority=35 its hint;slice_us=700 by tid:$HINTER;"
is "taking a hint back removes only the hint" "$(hint 0) $(shown)" "0 tid:$HINTER weight=30 slice_us=700;"
is "also when there is none" "$(hint 0)" 0
hint 1 >"$TMP/answer"
ctl reset
is "a reset of all rules keeps the hints" "$(shown)" "tid:$HINTER slice_us=500 hint;"
"$SCXBENCH" ctl show --json >"$TMP/all.json"
ctl apply "$TMP/all.json"
is "what was saved of hints is not applied" "$(shown)" "tid:$HINTER slice_us=500 hint;"
ctl reset hints
is "which have a reset of their own" "$RC $(shown)" "0 "
check "the log tells rules from hints" grep -q '"layer":"hint","set":\["slice_us=500"\]' "$SCXBENCH_ROOT/run/scxbench/control.log"

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
