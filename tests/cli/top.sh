#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# top and dsq: what they can't do is reported in one line; a record is shown anywhere. What they do live needs a kernel:
# tests/vm/top.sh.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

top() { run "$SCXBENCH" top "$@"; }

for bad in 0 -1 0.05 abc 1x nan 9999; do
	top --interval $bad
	ended "--interval $bad" 2 "--interval '$bad'"
done
top --view nosuch
ended "--view nosuch" 2 "--view nosuch"
top --sort nosuch
ended "--sort nosuch" 2 "--sort nosuch"
top --filter "$(printf '%080d' 1)"
ended "a filter that is too long" 2 "at most 63 bytes"
top word
ended "a stray word" 2 "'word'"
top --help
is "--help is on stdout and ends with 0" "$RC $(grep -c '^Usage: scxbench top' "$TMP/out")" "0 1"

# record LOOKS FILE
record() { awk -v looks="$1" -f tests/cli/fake_record.awk >"$2"; }
record 8 "$TMP/eight"

top --replay "$TMP/eight"
is "a replay shows each look but the first, and ends" \
	"$RC $(sed -n 's/^look \(.*\), 2027-.*/\1/p' "$TMP/out" | tr '\n' ';')" "0 2 of 8;3 of 8;4 of 8;5 of 8;6 of 8;7 of 8;8 of 8;"
check "with the rates between two looks" grep -qE '^ *107 task7 +- +3 +7.0 +3.5 +7.0 ' "$TMP/out"
is "a name can do nothing to the terminal" "$(grep -c 'evil?\[2J?' "$TMP/out") $(tr -d '\n\t -~\200-\377' <"$TMP/out" | wc -c)" "6 0"
check "one without a policy is said to be" grep -qx "no policy is attached; waiting for one" "$TMP/out"
top --replay "$TMP/eight" --json --filter task7
is "as JSON, filtered" "$RC $(grep -c '"tasks":\[{"tid":107,[^{]*\]' "$TMP/out")" "0 6"
is "with the time of each look" "$(sed -n 's/.*"time":"\([^"]*\)".*/\1/p' "$TMP/out" | tail -1)" 2027-01-15T08:00:08Z
is "after a time without policy no rate is made up" "$(sed -n '5s/.*"enqueue":{"per_s":\([^,]*\),.*/\1/p' "$TMP/out")" null
top --replay "$TMP/eight" --once
is "--once shows the first interval" "$RC $(grep -c '^look 2 of 8' "$TMP/out") $(grep -c ^look "$TMP/out")" "0 1 1"

top --replay "$TMP/eight" --once --view custody
is "who waits is there, the longest first, and in whose hands" "$(sed '1,/^ *WAITS/d; s/  */ /g; s/^ //; s/ *$//; /^$/d' "$TMP/out" | cut -d' ' -f1-7)" \
	"8 ms - local DSQ 104 task4
6 ms 3 ms BPF queue 1
4 ms 2 ms DSQ 5 102"
top --replay "$TMP/eight" --once --view nodes
is "nodes have their CPUs and tasks" "$(sed '1,/^NODE/d; s/  */ /g; s/^ //; /^$/d' "$TMP/out")" \
	"0 2 12.5 1 4 18.0 9.0 18 0 -
1 2 62.5 0 4 18.0 9.0 18 2 3 ms"
top --replay "$TMP/eight" --once --view cgroups --sort name
is "a cgroup has all that is below it" "$(sed '1,/^ *USED%/d; s/ *$//; /^$/d' "$TMP/out" | sed 's/  */ /g; s/^ //')" \
	"- 7.5 15 3 0 1 2 ms #3 (removed)
- 10.5 21 5 1 1 3 ms /
60.0 10.5 21 5 1 1 3 ms tenant
20.0 6.0 12 3 1 0 - web"
sed 's/"counters":{.*},"programs"/"counters":null,"programs"/' "$TMP/eight" >"$TMP/uncounted"
top --replay "$TMP/uncounted" --json --once
is "a policy without counters has no number of tasks in custody, nor of periods" \
	"$RC $(grep -o '"\(inside\|tasks_inside\|periods\)":[^,}]*' "$TMP/out" | sort | uniq -c | tr -s ' ' | tr '\n' ';')" \
	'0  3 "inside":null; 6 "periods":null; 1 "tasks_inside":null;'
sed '3s/"when_ns":2000000000/"when_ns":1000000000/' "$TMP/eight" >"$TMP/still"
top --replay "$TMP/still" --once
is "where no time passed there are no rates, in no view" "$RC $(grep -cE '^ *107 task7 +- +3 +- +- +- ' "$TMP/out")" "0 1"
record 1 "$TMP/one"
top --replay "$TMP/one" --view tasks
is "a single look is shown, without rates" "$RC $(grep -cE '^ *107 task7 +- +3 +- +- +- ' "$TMP/out")" "0 1"
check "nor periods" grep -q '^time in custody, now: p50 -, p99 -, p99.9 - of -$' "$TMP/out"
head -c -3 "$TMP/eight" >"$TMP/cut"
top --replay "$TMP/cut"
is "a look that was not finished is left out" "$RC $(grep -c 'of 7,' "$TMP/out")" "0 6"

top --replay "$TMP/none"
ended "no such record" 2 "$TMP/none can't be read: No such file or directory"
top --replay "$TMP"
ended "a folder" 2 "is not a file"
top --replay tests/cli/top.sh
ended "another file" 3 "tests/cli/top.sh is damaged or not a record of top"
sed '4s/"task7"/7/' "$TMP/eight" >"$TMP/bad"
top --replay "$TMP/bad"
ended "a damaged record" 3 "bad, line 4 is damaged: 'tasks' is missing or wrong"
is "of which nothing is shown" "$(cat "$TMP/out")" ""
sed '1s/"schema":1/"schema":2/' "$TMP/eight" >"$TMP/newer"
top --replay "$TMP/newer"
ended "a newer record" 3 "newer has schema 2, and this scxbench reads 1 to 1: use the scxbench that wrote it"
top --replay "$TMP/eight" --record "$TMP/new"
ended "both" 2 "leave out --record"

"$SCXBENCH" top --json --interval 0.1 --record "$TMP/live" >"$TMP/out" 2>"$TMP/err" &
TOP=$!
until [ "$(grep -c . "$TMP/out")" -ge 2 ]; do kill -0 $TOP 2>/dev/null || break; sleep 0.1; done
kill -INT $TOP
wait $TOP
is "what is watched can be recorded" "$? $(cat "$TMP/err")" "130 "
mv "$TMP/out" "$TMP/seen"
top --json --replay "$TMP/live"
check "and is the same in a replay" cmp "$TMP/seen" "$TMP/out"
top --once --record "$TMP/live"
ended "a record is not overwritten" 2 "exists and is not overwritten"

run "$SCXBENCH" dsq word
ended "dsq: a stray word" 2 "'word'"
run "$SCXBENCH" dsq
ended "dsq: no policy is attached" 3 "no policy is attached"
run "$SCXBENCH" dsq --help
is "dsq --help is on stdout and ends with 0" "$RC $(grep -c '^Usage: scxbench dsq' "$TMP/out")" "0 1"

rm -r "$SCXBENCH_ROOT/sys/kernel/sched_ext"
run "$SCXBENCH" dsq
ended "dsq: a kernel without sched_ext" 3 "this kernel has no sched_ext"
done_testing
