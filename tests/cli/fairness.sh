#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fairness: bad input is reported in one line; what it does under load is tests/long/fairness.sh.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

C=$SCXBENCH_ROOT/sys/fs/cgroup
mkdir -p "$C/a" "$C/b"
fairness() { run "$SCXBENCH" fairness "$@"; }

fairness
ended "no targets" 2 "at least two targets"
fairness cgroup:a=1
ended "one target" 2 "at least two targets"
for bad in cgroup:a cgroup:a=0 cgroup:a=x cgroup:a=1@25 cgroup:a=1@25% cgroup:a=1@0cpu; do
	fairness "$bad" cgroup:b=1
	ended "$bad" 2 "'$bad' is not TARGET=WEIGHT"
done
fairness comm:x=1 cgroup:b=1
ended "a target by name, which no message offers either" 2 "'comm:x' is not a target: give pid:N or cgroup:PATH"
fairness foo=1 cgroup:b=1
ended "no target at all" 2 "'foo' is not a target: give pid:N or cgroup:PATH"
fairness cgroup:none=1 cgroup:b=1
ended "no such cgroup" 2 "cgroup none does not exist"
fairness pid:4000000=1 cgroup:b=1
ended "no such process" 2 "process 4000000 does not exist"
fairness cgroup:a=1 cgroup:a=1
ended "the same twice" 2 "cgroup:a is given twice"
for bad in 0 0.1 -1 abc 1x nan 1e9; do
	fairness --seconds $bad cgroup:a=1 cgroup:b=1
	ended "--seconds $bad" 2 "--seconds '$bad'"
done
fairness --window 9 --seconds 8 cgroup:a=1 cgroup:b=1
ended "a window longer than all" 2 "--window 9"
run "$SCXBENCH" fairness --help
is "--help is on stdout and ends with 0" "$RC $(grep -c '^Usage: scxbench fairness' "$TMP/out")" "0 1"

# A group without cpu.stat, and two whose tasks want no CPU time.
fairness --window 0.5 --seconds 0.5 cgroup:a=1 cgroup:b=1
is "a cgroup that does not exist" "$RC $(grep -c 'cgroup:a no longer exists' "$TMP/err")" "2 1"
for g in a b; do
	echo "usage_usec 1" >"$C/$g/cpu.stat"
	: >"$C/$g/cgroup.threads"
done
fairness --window 0.5 --seconds 0.5 cgroup:a=1 cgroup:b=1
is "no task runs: nothing to judge" "$RC $(cat "$TMP/out")" "4 nothing to judge: no target ran in 0.5 s"
fairness --window 0.5 --seconds 0.5 --json cgroup:a=1 cgroup:b=1@25%machine
is "and as JSON" "$RC $(tr -d ' \n' <"$TMP/out" | grep -o '"verdict":"[^"]*"\|"jain":[^,]*\|"quota":[^,]*' | tr '\n' ' ')" \
	'4 "verdict":"notseen" "jain":null "quota":null "quota":0.25 '
done_testing
