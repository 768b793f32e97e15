#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The order of steps, what is undone when one fails, and what is left when the program dies at any of them.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

samples() { find "$TMP/results/runs/$1" -name 'sample-*.json' | wc -l; }
SAMPLE="load attach beat prove_still_in detach ledger unload"
FAIR_THEN_FIFO="-s fair -s fifo -w quick --no-instrumented"

bench $FAIR_THEN_FIFO --run-id order
is "a run that goes well ends with 0" "$RC" 0
is "each sample is loaded, attached, measured, proven, detached, unloaded; the host is restored" \
	"$(tr '\n' ' ' <"$DOUBLE_TRACE")" "host_prepare cgroup_make $SAMPLE $SAMPLE cgroup_remove host_restore "
is "a file a sample" "$(samples order)" 2
check "the page is written" test -s "$TMP/results/report/order/index.html"
check "with what programs read beside it" sh -c 'cd "$1" && head -1 results.json samples.csv benchstat.txt junit.xml metrics.prom' \
	sh "$TMP/results/report/order"
check "index.html leads to it" grep -q 'url=order/index.html' "$TMP/results/report/index.html"
check "and runs.html lists it" grep -q 'href="order/index.html"' "$TMP/results/report/runs.html"

bench $FAIR_THEN_FIFO --run-id int2 --seed 1 -b 3
is "three blocks of two are six samples" "$(samples int2)" 6

DOUBLE_AT=attach:2:int bench $FAIR_THEN_FIFO --run-id int
is "interrupted ends with 130" "$RC" 130
is "the sample it hit is not recorded, those before are" "$(samples int)" 1
is "it was unloaded and the host restored" "$(tail -3 "$DOUBLE_TRACE" | tr '\n' ' ')" "unload cgroup_remove host_restore "

DOUBLE_AT=attach:1:busy bench $FAIR_THEN_FIFO --run-id busy
is "another scheduler active ends the run with 3" "$RC" 3
is "nothing is recorded then" "$(samples busy)" 0

DOUBLE_AT=load:1:fail bench $FAIR_THEN_FIFO --run-id noload
is "a policy that can't be loaded fails its sample, the run goes on, exit 1" "$RC $(samples noload)" "1 2"

DOUBLE_AT=beat:2:eject bench $FAIR_THEN_FIFO --run-id eject -s vtime
is "an ejected policy is a result, the run continues, exit 1" "$RC $(samples eject)" "1 3"
check "its record says so" grep -q '"ejected"' -r "$TMP/results/runs/eject"

DOUBLE_AT=detach:2:leave bench $FAIR_THEN_FIFO --run-id left -s vtime
is "a command that leaves its policy in ends the run with 3" "$RC" 3
is "and is booked as nothing" "$(samples left)" 1
check "which is said again, last of all" sh -c "tail -n 1 '$TMP/err' | grep -qF 'left its scheduler in'"

DOUBLE_AT=host_prepare:1:fail bench $FAIR_THEN_FIFO --run-id nohost
is "a host that refuses ends with 3" "$RC" 3

# Killed at each step of the second sample: the first is whole, the second is not there at all, and the
# store takes in what there is.
for step in load attach beat prove_still_in detach ledger unload; do
	DOUBLE_AT=$step:2:kill bench $FAIR_THEN_FIFO --run-id "kill-$step"
	is "killed at $step: one whole sample" "$(samples "kill-$step")" 1
	check "killed at $step: nothing half-written" \
		sh -c '! find "$1" -name "*.tmp*" -o -name ".*" -type f | grep .' sh "$TMP/results/runs/kill-$step"
	check "killed at $step: the store takes it in" "$SCXBENCH" store --results "$TMP/results" "$TMP/results/runs/kill-$step"
done
check "and lists all runs" "$SCXBENCH" report --results "$TMP/results" --list
done_testing
