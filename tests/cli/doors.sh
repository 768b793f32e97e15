#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Names and numbers are checked at every door: options, files, imports, a database that is opened.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

R=$TMP/results
store() { run "$SCXBENCH" store --results "$R" "$@"; }
sql() { sqlite3 "$R/scxbench.db" "$1"; }

for id in latest last-good anchor Index.html history fig; do
	bench -s fair -w quick --no-instrumented --run-id "$id"
	ended "$id is never an id" 2 "run id '$id'"
done
bench -s "$(printf 'cmd:sh -c x\nrm')" -w quick
ended "a policy of two lines" 2 "control characters"
bench -s fair -w quick --where "$(printf '\033[31mred')"
ended "a place that a terminal would obey" 2 "control characters"
check "which the message does not do either" sh -c "! grep -q '$(printf '\033')' '$TMP/err'"

for id in a b; do
	bench -s fair -s fifo -w quick --no-instrumented --run-id $id
done
store --tag good b
cp -r "$R/runs/a" "$TMP/good"
sed -i 's/"id":"a"/"id":"good"/' "$TMP/good/run.json"
store "$TMP/good"
ended "a file's id that is a tag here" 2 "'good' would be the id of a run and a tag"
sed -i 's/"id":"good"/"id":"last-good"/' "$TMP/good/run.json"
store "$TMP/good"
ended "a file's id that means a run" 3 "'id' is wrong"
cp -r "$R/runs/a" "$TMP/c"
sed -i 's/"id":"a"/"id":"c"/; s/"tags":null/"tags":"--help,<x>"/' "$TMP/c/run.json"
store "$TMP/c"
ended "a file's tag that is not one" 3 "'tags' is wrong"
sed -i 's/"tags":"[^"]*"/"tags":null/; s/"margin":[^,]*/"margin":1e308/' "$TMP/c/run.json"
store "$TMP/c"
ended "a margin beyond all sense" 3 "'margin' is wrong: from 0 to 10"
cp "$R/runs/a/run.json" "$TMP/c/run.json"
sed -i 's/"id":"a"/"id":"c"/' "$TMP/c/run.json"
sed -i 's/"value":1.5\([,}]\)/"value":1e300\1/' "$TMP/c/sample-0001.json"
store "$TMP/c"
ended "a time beyond all sense" 3 "a time is from 0 to"

# Numbers that a variable would wrap.
cp -r "$R/runs/a" "$TMP/w"
sed -i 's/"id":"a"/"id":"w"/' "$TMP/w/run.json"
for name in 4294967297 4294967296 +1 ' 1' -1 0 99999999999999999999 1x; do
	cp "$TMP/w/sample-0001.json" "$TMP/w/sample-$name.json"
	store "$TMP/w"
	ended "'$name' is not the number of a sample" 3 "sample-$name.json is damaged: its name is not that of a sample"
	rm "$TMP/w/sample-$name.json"
done
cp "$TMP/w/sample-0001.json" "$TMP/w/sample-0007.json"
store "$TMP/w"
ended "nor is that of another file" 3 "sample-0007.json is damaged: it is sample 1"
rm "$TMP/w/sample-0007.json"
for seed in -1 ' 1' 0x1 18446744073709551616; do
	cp -r "$R/runs/a" "$TMP/s"
	sed -i "s/\"id\":\"a\"/\"id\":\"s\"/; s/\"seed\":\"[0-9]*\"/\"seed\":\"$seed\"/" "$TMP/s/run.json"
	store "$TMP/s"
	ended "'$seed' is not a seed" 3 "'seed' is missing or wrong"
	rm -r "$TMP/s"
done

# The command that is stored repeats the run, whatever is in its words.
workload 'two words' 'echo "metric time s lower 1.5" >&$SCXB_RESULT_FD'
bench -s fair -w 'two words' --no-instrumented --run-id quoted
is "a workload of two words runs" "$RC" 0
check "and is one word of the command" grep -qF -- "-w 'two words'" "$R/runs/quoted/run.json"

# What waits for a writer keeps nobody waiting.
mkfifo "$TMP/fifo"
run timeout 60 "$SCXBENCH" import --results "$R" "$TMP/fifo"
ended "a pipe is not an import" 2 "$TMP/fifo is not a file"
for file in run.json sample-0001.json; do
	cp -r "$R/runs/a" "$TMP/piped-$file"
	sed -i 's/"id":"a"/"id":"piped"/' "$TMP/piped-$file/run.json"
	rm "$TMP/piped-$file/$file"
	mkfifo "$TMP/piped-$file/$file"
	run timeout 60 "$SCXBENCH" store --results "$TMP/piped" "$TMP/piped-$file"
	ended "nor a file of a run: $file" 1 "can't read"
done
mkdir "$TMP/p"
mkfifo "$TMP/p/scxbench.db"
run timeout 60 "$SCXBENCH" report --results "$TMP/p" a
ended "nor a store" 3 "is not a file"

run "$SCXBENCH" import --results "$R" /dev/zero
ended "a device is not an import" 3 "larger than 1024 MiB"
run "$SCXBENCH" import --results "$R" ""
ended "an empty name is said" 2 "the name of a file is empty"

# Eight samples whose bins add up to more than a counter holds.
workload many 'echo "metric time s lower 1" >&$SCXB_RESULT_FD; echo "hist latency us 0 0:1:9223372036854775807" >&$SCXB_RESULT_FD'
bench -s fair -w many --no-instrumented --run-id many
is "a histogram that is not one fails its sample" "$RC" 1
check "with the rule" grep -q '70368744177664 in all' "$R/runs/many/sample-0001.json"

sql "UPDATE run SET id = '../../victim' WHERE id = 'a'"
mkdir "$TMP/victim"
: >"$TMP/victim/file"
for words in "store --remove ../../victim" "store --prune --bytes 1" "report ../../victim" "store --list" "export $TMP/x" \
	"compare ../../victim b"; do
	# shellcheck disable=SC2086
	run "$SCXBENCH" $words --results "$R"
	ended "a database's id that is a path: ${words%%"$TMP"*}" 3 "'../../victim' can't be the name of a run"
done
check "nothing was removed" test -f "$TMP/victim/file"
sql "UPDATE run SET id = 'a' WHERE id = '../../victim'"
store --list
is "the rest is what it was" "$RC" 0
done_testing
