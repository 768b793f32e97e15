#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The order of steps, what is undone when one fails, and what is left when the program dies at any of them.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

samples() { find "$TMP/results/runs/$1" -name 'sample-*.json' | wc -l; }
SAMPLE="load attach beat cgroup_kill prove_still_in detach ledger unload cgroup_kill"
FAIR_THEN_FIFO="-s fair -s fifo -w quick --no-instrumented"

bench $FAIR_THEN_FIFO --run-id order
is "a run that goes well ends with 0" "$RC" 0
is "each sample is loaded, attached, measured, proven, detached, unloaded, its processes are killed; the host is restored" \
	"$(tr '\n' ' ' <"$DOUBLE_TRACE")" "host_prepare cgroup_make $SAMPLE $SAMPLE cgroup_remove host_restore "
is "a file a sample" "$(samples order)" 2
check "the page is written" test -s "$TMP/results/report/order/index.html"
check "with what programs read beside it" sh -c 'cd "$1" && head -1 results.json samples.csv benchstat.txt junit.xml metrics.prom' \
	sh "$TMP/results/report/order"
check "index.html leads to it" grep -q 'url=order/index.html' "$TMP/results/report/index.html"
check "and runs.html lists it" grep -q 'href="order/index.html"' "$TMP/results/report/runs.html"

bench $FAIR_THEN_FIFO --run-id int2 --seed 1 -b 3
is "three blocks of two are six samples" "$(samples int2)" 6

is "what the verifier did with a policy is found once, in its first sample" \
	"$(grep -l '"name":"verifier.insns","unit":"count","better":"lower","value":100' "$TMP"/results/runs/int2/sample-*.json | wc -l)" 1
check "and of each op" grep -q '"name":"verifier.states.dispatch"[^}]*"value":5' "$TMP"/results/runs/int2/sample-*.json
check "it is on the page" grep -q 'verifier.jited.enqueue' "$TMP/results/report/int2/index.html"
run "$SCXBENCH" compare --results "$TMP/results" -m verifier.insns int2:fifo int2:fair
check "it can be compared" grep -q 'verifier.insns' "$TMP/out"

DOUBLE_AT=attach:2:int bench $FAIR_THEN_FIFO --run-id int
is "interrupted ends with 130" "$RC" 130
is "the sample it hit is not recorded, those before are" "$(samples int)" 1
is "it was unloaded and the host restored" "$(tail -3 "$DOUBLE_TRACE" | tr '\n' ' ')" "cgroup_kill cgroup_remove host_restore "

DOUBLE_AT=attach:1:busy bench $FAIR_THEN_FIFO --run-id busy
is "another scheduler active ends the run with 3" "$RC" 3
is "nothing is recorded then" "$(samples busy)" 0

DOUBLE_AT=attach:1:cant bench $FAIR_THEN_FIFO --run-id cant
is "so does a machine that can't attach any policy" "$RC $(samples cant)" "3 0"

DOUBLE_AT=load:1:fail bench $FAIR_THEN_FIFO --run-id noload
is "a policy that can't be loaded fails its sample, the run goes on, exit 1" "$RC $(samples noload)" "1 2"
check "which keeps the reason as it was said" grep -q '"why":"the verifier refused it"' "$TMP"/results/runs/noload/sample-*.json

DOUBLE_AT=beat:2:eject bench $FAIR_THEN_FIFO --run-id eject -s vtime
is "an ejected policy is a result, the run continues, exit 1" "$RC $(samples eject)" "1 3"
check "its record says so" grep -q '"ejected"' -r "$TMP/results/runs/eject"

# record RUN TEXT   the run has a sample that says so
record() { grep -qF -- "$2" "$TMP/results/runs/$1"/sample-*.json; }
DOUBLE_AT=beat:2:fail bench $FAIR_THEN_FIFO --run-id gone
check "a policy that left without a word makes its sample void" record gone '"status":"void"'
check "and the record says when" record gone "the policy was detached before the workload ended"
workload settles 'echo "metric time s lower 1.5" >&$SCXB_RESULT_FD'
sed -i 's/settle_s 0/settle_s 5/' "$SCXBENCH_HOME/workloads/settles"
DOUBLE_AT=beat:1:fail bench -s fifo -w settles --no-instrumented --run-id unsettled
check "a workload settles before it is measured" record unsettled "the policy was detached before the measurement began"

workload seeds 'echo "$SCXB_SEED" >>'"$TMP/seeds"'; echo "metric time s lower 1.5" >&$SCXB_RESULT_FD'
bench -s fair -s fifo -w seeds --no-instrumented -b 2 --run-id seeds
is "all samples of a block have one seed, and each block another" "$(sort "$TMP/seeds" | uniq -c | awk '{ print $1 }' | tr '\n' ' ')" "2 2 "
is "the CPU time is that between two looks" \
	"$(grep -ohE '"name":"cgroup.cpu[^}]*"value":[0-9.]*' "$TMP/results/runs/seeds"/sample-*.json | sed 's/.*"value"://' | sort -u)" 500000.0
is "what the workload used is under its names" "$(grep -ohE '"name":"rusage[^}]*"value":[0-9.]*' \
	"$TMP/results/runs/seeds/sample-0001.json" | sed '/wall/d; s/.*rusage.\([a-z]*\).*"value":/\1 /; s/\.0$//' | tr '\n' ' ')" \
	"user 1 system 2 nvcsw 3 nivcsw 4 minflt 5 majflt 6 maxrss 7 "

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
