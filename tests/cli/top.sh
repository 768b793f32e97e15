#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# top and dsq: what they can't do is reported in one line. What they do needs a kernel: tests/vm/top.sh.
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
