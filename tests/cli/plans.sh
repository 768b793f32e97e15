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
run "$SCXBENCH" bench --results "$TMP/results" --seed 1 --plan quick -b 1 --run-id quick
is "the command that repeats it names what was taken, and the plan's own options not" \
	"$(sed -n 's/.*"command":"\([^"]*\)".*/\1/p' "$TMP/results/runs/quick/run.json")" \
	"scxbench bench --plan quick --blocks 1 --seed 1 -s 'fair' -s 'fifo' -w hackbench-pipe"
is "without instrumented samples" "$(grep -l '"instrumented":true' "$TMP"/results/runs/quick/sample-* | wc -l)" 0
done_testing
