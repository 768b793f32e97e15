#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the exact lab asks of the program: the share of one boot, numbers without times, and the words for instructions.
. "$(dirname "$0")/../tap.sh"
. tests/cli/home.sh
without_tools
workload count 'echo "metric cost insn lower $((7000 + SCXB_SEED))" >&$SCXB_RESULT_FD
	echo "metric ops count none 16000" >&$SCXB_RESULT_FD; echo "metric lag us lower 3" >&$SCXB_RESULT_FD'
sed -i 's/primary time/primary cost/' "$SCXBENCH_HOME/workloads/count"

# share K OPTIONS...   one of two boots, as a run of its own files
share() {
	k=$1
	shift
	run "$SCXBENCH" bench --results "$TMP/$k" --run-id exact --files-only --where lab --plan exact --seed 1 --blocks 2 \
		--restarts 2 --boot "$k" -s fair -s fifo -w count "$@"
}
share 1
is "the first boot takes its share" "$RC" 0
share 2
is "and the second one its own" "$RC" 0
names() { (cd "$TMP/$1/runs/exact" && echo sample-*.json); }
is "the first share has the first numbers" "$(names 1)" "sample-0001.json sample-0002.json"
is "the second one goes on with them" "$(names 2)" "sample-0003.json sample-0004.json"
check "the run has not ended with the first share" grep -q '"ended":null' "$TMP/1/runs/exact/run.json"
check "but with the last one" grep -q '"ended":"all 2 blocks' "$TMP/2/runs/exact/run.json"
check "a sample knows its boot" grep -q '"boot":2' "$TMP/2/runs/exact/sample-0004.json"

sample=$TMP/1/runs/exact/sample-0001.json
check "instructions are kept" grep -q '"name":"cost","unit":"insn"' "$sample"
check "and counts" grep -q '"name":"ops"' "$sample"
is "but no time" "$(grep -cE '"unit":"(ns|us|ms|s|[^"]*/s)"' "$sample")" 0

# As the lab's script puts the shares together.
cp "$TMP"/2/runs/exact/sample-*.json "$TMP/2/runs/exact/run.json" "$TMP/1/runs/exact"
cat "$TMP/2/runs/exact/boots" >>"$TMP/1/runs/exact/boots"
run "$SCXBENCH" store --results "$TMP/1" "$TMP/1/runs/exact"
is "both shares are one run" "$RC" 0
run "$SCXBENCH" report --results "$TMP/1" exact
is "which has a page" "$RC" 0
check "that says what its numbers are" grep -q 'Instructions, not time' "$TMP/1/report/exact/index.html"
is "and not that anything is fast" "$(grep -ciE 'faster|slower|emulated time' "$TMP/1/report/exact/index.html")" 0
check "and names the command that repeats it" grep -q 'make exact' "$TMP/1/report/exact/index.html"

share 3
ended "a boot that the run does not have" 2 "has no such boot"

run "$SCXBENCH" exact fifo
ended "a comparison needs a baseline" 2 "--baseline OLD is missing"
run "$SCXBENCH" exact --baseline fifo
is "and a candidate" "$RC" 2
run "$SCXBENCH" exact --baseline fifo vtime -w quick
ended "a workload that does not count" 2 "does not count"
run "$SCXBENCH" exact --baseline fifo vtime
ended "without the lab nothing is counted" 3 "source tree"
run env SCXBENCH_GUEST=tcg "$SCXBENCH" exact --baseline fifo --allow 0.5% vtime
is "in the lab it is the lab's turn" "$RC" 71
done_testing
