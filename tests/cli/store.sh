#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the store: listed, named, removed, moved to another machine; a second process names the one that holds it.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

store() { run "$SCXBENCH" store --results "$TMP/results" "$@"; }

store --list
ended "no database yet" 2 "take a run first"
for run in one two three; do
	bench -s fair -s fifo -w quick --no-instrumented --run-id "$run"
done
store --list
is "the list has a head and a line a run" "$RC $(wc -l <"$TMP/out")" "0 4"
store --list --json
check "and is JSON for programs" grep -q '"id": "two"' "$TMP/out"

store --tag good one
is "a tag is silent" "$RC $(cat "$TMP/out" "$TMP/err")" "0 "
store --remove good
ended "a tagged run is not removed" 2 "--untag"
check "its files are kept" test -f "$TMP/results/runs/one/run.json"
check "and have the tag" grep -q '"tags":"good"' "$TMP/results/runs/one/run.json"
store --prune --bytes 1
is "pruning keeps the tagged run and the latest, and says what it removed" "$RC $(cat "$TMP/out")" "0 two"
store --tag good nosuch
ended "a tag for a run that is not there" 2 "no run or tag 'nosuch'"
store --tag 'a b' one
ended "a tag that is not one" 2 "'a b' can't be a tag"
store --untag good one
store --remove one
is "without its tag it is removed" "$RC $(cat "$TMP/out")" "0 one"
check "with its files" test ! -e "$TMP/results/runs/one"

store --prune
ended "pruning without a limit" 2 "--days or --bytes"
store --prune --days 0
ended "no days" 2 "--days '0'"
store --prune --bytes 10Q
ended "bytes in no unit" 2 "10Q"
store --list --tag a three
ended "two things at once" 2 "at a time"
store --tag a
is "a tag for nothing" "$RC" 2

run "$SCXBENCH" export --results "$TMP/results" "$TMP/runs.scxb"
is "an export is silent" "$RC $(cat "$TMP/out" "$TMP/err")" "0 "
run "$SCXBENCH" export --results "$TMP/results" "$TMP/runs.scxb"
ended "it overwrites nothing" 2 "exists"
echo nothing >"$TMP/nothing.scxb"
for file in nowhere nothing; do
	run "$SCXBENCH" import --results "$TMP/fleet" "$TMP/$file.scxb"
	check "an import of $file ends with an error" [ "$RC" -ge 2 ]
done
is "and makes nothing" "$(cd "$TMP" && echo fleet*)" "fleet*"
run "$SCXBENCH" import --results "$TMP/fleet" "$TMP/runs.scxb"
is "an import says how many runs were new" "$RC $(cat "$TMP/out")" "0 $TMP/runs.scxb: 1 run taken"
run "$SCXBENCH" import --results "$TMP/fleet" "$TMP/runs.scxb"
is "twice changes nothing" "$RC $(cat "$TMP/out")" "0 $TMP/runs.scxb: 0 runs taken"
head -c 20000 "$TMP/runs.scxb" >"$TMP/cut.scxb"
run "$SCXBENCH" import --results "$TMP/fleet" "$TMP/cut.scxb"
ended "a file that was cut off is refused" 3 "cut off"
run "$SCXBENCH" report --results "$TMP/fleet" three
is "an imported run is reported like any other" "$RC" 0
run "$SCXBENCH" store --results "$TMP/fleet" --tag named three
for name in named latest; do
	run "$SCXBENCH" report --results "$TMP/fleet" $name
	is "$name is a run, too" "$RC $(tail -1 "$TMP/out")" "0 $TMP/fleet/report/three/index.html"
done

store --tag kept three
store --list --json
mv "$TMP/out" "$TMP/before"
rm "$TMP/results/scxbench.db"
store "$TMP/results/runs/three"
store --list --json
check "a lost database is made again from the files, tags included" cmp "$TMP/before" "$TMP/out"

# The first bench is stopped while its workload runs; the second then finds it there.
mkfifo "$TMP/go" "$TMP/started"
workload waiting "echo >$TMP/started; read -r _ <$TMP/go"
"$SCXBENCH" bench --results "$TMP/results" -s fair -w waiting -b 1 --no-instrumented --run-id held >/dev/null 2>&1 &
HOLDER=$!
read -r _ <"$TMP/started"
store --tag here three
ended "the second one to write names the process that holds it" 3 "is held by 'scxbench-double bench --results $TMP/results"
check "and which process" grep -q "process $HOLDER, since [0-9][0-9]:[0-9][0-9]: wait for it or end it" "$TMP/err"
bench -s fair -w quick --run-id late
ended "a second bench is refused, too" 3 "wait for it or end it"
check "and it leaves nothing behind" test ! -e "$TMP/results/runs/late"
kill -9 "$HOLDER"
wait "$HOLDER" 2>/dev/null
store --tag here three
is "killed, it holds nothing" "$RC" 0
fake bad 'fifo=1.10' BAD='fifo:2=ejected fifo:3=void' WORKS='build=10'
store --list
check "samples that are not ok are listed" grep -qE '^bad .* 30 of 30 +2 ' "$TMP/out"
done_testing
