#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# trace: what it can't do is reported in one line, before it begins. What it does needs a kernel: tests/vm/trace.sh.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

trace() { run "$SCXBENCH" trace --out "$TMP/trace" "$@"; }

trace
ended "no policy is attached" 3 "no sched_ext policy is attached"
is "nothing is left behind" "$(ls -d "$TMP/trace" 2>/dev/null)" ""
for bad in 0 -1 abc 1x nan 9999; do
	trace --seconds $bad
	ended "--seconds $bad" 2 "--seconds '$bad'"
done
for bad in 0 2 5 1x; do
	trace --buffer $bad
	ended "--buffer $bad" 2 "$bad"
done
trace word
ended "a stray word" 2 "'word'"
run "$SCXBENCH" trace --help
is "--help is on stdout and ends with 0" "$RC $(grep -c '^Usage: scxbench trace' "$TMP/out")" "0 1"

cp -r "$SCXBENCH_ROOT" "$TMP/attached"
echo enabled >"$TMP/attached/sys/kernel/sched_ext/state"
export SCXBENCH_ROOT="$TMP/attached"
: >"$TMP/file"
run "$SCXBENCH" trace --out "$TMP/file"
ended "an --out that can't be made" 3 "choose another with --out"
done_testing
