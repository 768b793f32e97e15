#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run that is not what was stored is named, with what mends it; the others are read as before.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

R=$TMP/results
on() { run "$SCXBENCH" "$@" --results "$R"; }
sql() { sqlite3 "$R/scxbench.db" "$1"; }

for id in a b c; do
	bench -s fair -s fifo -w quick --no-instrumented --run-id $id
done
on export "$TMP/whole.scxb"
cp -r "$R" "$TMP/copy"
sql "UPDATE metric SET value = 1.25 WHERE sample = 1 AND value = 1.5"
for words in "report a" "compare a b" "export $TMP/x a" "export $TMP/x"; do
	# shellcheck disable=SC2086
	on $words
	ended "a value that was changed: ${words%% *}" 3 "run a is damaged: "
done
on report a
ended "the sample is named, and what mends it" 3 "sample 1 is not what was stored: 'scxbench store $R/runs/a'"
is "in one line" "$(wc -l <"$TMP/err")" 1
for words in "report b" "compare b c" "store --tag good b" "export $TMP/b b" "store --list"; do
	# shellcheck disable=SC2086
	on $words
	is "the others are as before: ${words%% *}" "$RC" 0
done
on history
ended "it is left out of a history" 0 "run a is damaged: sample 1 is not what was stored"
run "$SCXBENCH" import --results "$R" "$TMP/whole.scxb"
ended "an import does not come over it" 3 "run a is damaged"
on store "$R/runs/a"
ended "its files do" 0 "run a was damaged"
on report a
is "and it is as before" "$RC" 0
on store "$R/runs/a"
is "once" "$RC $(cat "$TMP/err")" "0 "

on store --remove a
sql "DELETE FROM sample WHERE run = (SELECT run FROM run WHERE id = 'b') AND seq = 2"
on report b
ended "a sample that is missing" 3 "run b is damaged: the list of its samples is not what was stored"
sqlite3 "$TMP/whole.scxb" "UPDATE metric SET value = 1.25 WHERE sample = 1 AND value = 1.5"
run "$SCXBENCH" import --results "$TMP/fleet" "$TMP/whole.scxb"
ended "a value that was changed in a file of export" 3 "run a is damaged: sample 1 is not what was stored: export"

mkdir "$TMP/old"
sqlite3 "$TMP/old/scxbench.db" <tests/unit/data/store-v1.sql
run "$SCXBENCH" store --tag good 20261001-020000-00aa --results "$TMP/old"
ended "runs of an earlier version get checksums, which is said" 0 "got their checksums now"
run "$SCXBENCH" store --untag good 20261001-020000-00aa --results "$TMP/old"
is "once" "$RC $(cat "$TMP/err")" "0 "
sqlite3 "$TMP/old/scxbench.db" "UPDATE metric SET value = value + 1 WHERE sample = 1"
run "$SCXBENCH" report 20261001-020000-00aa --results "$TMP/old"
ended "and from then on they are checked" 3 "is damaged"
done_testing
