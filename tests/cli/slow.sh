#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A slow sample is not a failed one: its limit follows what the warm-up took.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
without_tools

# Of 5 s that it has, its warm-up takes 2 and its sample 6.
workload slow "sleep \$([ -e '$TMP/warm' ] && echo 6 || echo 2); : >'$TMP/warm'"
run "$SCXBENCH" bench --results "$TMP/results" --seed 1 --blocks 1 --no-aa -s fifo -w slow --no-instrumented --run-id warmed
is "a sample has five times the time of the warm-up" "$RC $(grep -o '"status":"[a-z]*"' "$TMP/results/runs/warmed/sample-0002.json")" \
	'0 "status":"ok"'
done_testing
