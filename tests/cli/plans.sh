#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a plan takes when nothing else is named.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

workload hackbench-pipe 'echo "metric time s lower 1.5" >&$SCXB_RESULT_FD'
plan() { run "$SCXBENCH" bench --results "$TMP/results" --seed 1 --dry-run "$@"; }
first() { head -n 1 "$TMP/out" | cut -d, -f1-3; }
arms() { awk '$2 == "block" && $3 == 1 { print $NF }' "$TMP/out" | sort | tr '\n' ' '; }

plan --plan quick
is "quick: one policy and fair in one workload, no instrumented samples" "$(first)" \
	"plan quick, seed 1: 2 policies x 1 workloads x 8 blocks, 17 samples"
is "these two" "$(arms)" "fair fifo "
plan --plan quick -s vtime
is "quick: fair joins the policy that is named" "$(arms)" "fair vtime "
plan --plan quick -s vtime -s fair -w quick
is "quick: not twice" "$(arms)" "fair vtime "
plan --plan demo -s vtime -w quick
is "another plan takes what is named" "$(arms)" "vtime "
plan --plan demo -w quick
is "what asks to be named is not among all policies" "$(arms)" "eevdf fair fifo locality prioq vtime "
plan --plan demo -s owners -w quick
is "... and is taken where it is named" "$(arms)" "owners "
run "$SCXBENCH" bench --results "$TMP/results" --seed 1 --plan quick -b 1 --run-id quick
is "the command that repeats it names what was taken, and the plan's own options not" \
	"$(sed -n 's/.*"command":"\([^"]*\)".*/\1/p' "$TMP/results/runs/quick/run.json")" \
	"scxbench bench --plan quick --blocks 1 --seed 1 -s 'fair' -s 'fifo' -w hackbench-pipe"
is "without instrumented samples" "$(grep -l '"instrumented":true' "$TMP"/results/runs/quick/sample-* | wc -l)" 0

# What it can show.
says() { sed -n 2p "$TMP/out"; }
plan --plan demo -s fair -s fifo -w quick
check "the plan of an emulated machine can show something" expr "$(says)" : '6 blocks x 1 comparison can show a difference'
plan --plan demo -b 3 -s fair -s fifo -w quick
is "a demonstration can show nothing" "$(says)" "a demonstration: 3 blocks x 1 comparison can't show a single difference; 6 blocks can"
plan -b 10 -s fair -s fifo -w quick
is "without an earlier run, by the noise" "$(says)" \
	"10 blocks x 1 comparison can show a difference of 1 times the noise from block to block; how much that is on this machine no earlier run says"
many=$(for i in $(seq 42); do echo "-s fifo:slice_us=$((1000 + i))"; done)
for i in 1 2 3 4; do workload "more-$i" 'echo "metric time s lower 1.5" >&$SCXB_RESULT_FD'; done
plan -b 13 -s fair $many -w quick -w more-1 -w more-2 -w more-3 -w more-4
is "too many comparisons for the blocks" "$(says)" "13 blocks x 210 comparisons can't show a single difference; 14 blocks can"
plan -b 10 -s fifo -w quick
is "without fair" "$(says)" "nothing is compared: such a run gives no verdict"
plan -s fair -s fifo -w quick --precision 1%
check "a run that ends by its precision says that alone" sh -c '! grep -q comparison "$1"' sh "$TMP/out"
workload noisy 'echo "metric time s lower $(($(wc -l <"$DOUBLE_TRACE") * 7919 % 97 + 1))" >&$SCXB_RESULT_FD'
run "$SCXBENCH" bench --results "$TMP/results" --seed 1 -s fair -s fifo -w noisy -b 8 --run-id noisy --no-instrumented
check "the start of a run says it too" grep -q '8 blocks x 1 comparison can show a difference of' "$TMP/err"
plan -b 10 -s fair -s fifo -w quick -w noisy
check "by the noise of an earlier run of this machine, where it knows it: $(says)" expr "$(says)" : \
	'10 blocks x 2 comparisons can show a difference from [0-9.e+]* % on (noisy), by the noise of earlier runs of this machine; 1 workload had no such run'
done_testing
