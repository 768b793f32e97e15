#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The budget of watching: what a person may give, what it refuses, and that it is part of the run.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
without_tools

for bad in 0 0% -1 -1% 1000% 101% nan nan% much 10 ''; do
	bench -s fair -w quick --watch-budget "$bad"
	is "a budget of '$bad' is refused" "$RC" 2
	check "... in one line that says what to give" sh -c '[ "$(wc -l <"$1")" = 1 ] && grep -q "percentage from 0.1% to 100%" "$1"' sh "$TMP/err"
done
bench -s fair -w quick --watch-budget 10% --no-instrumented
check "... and one of samples that are left out" grep -q -- '--watch-budget is about the extra samples' "$TMP/err"
run "$SCXBENCH" bench --results "$TMP/results" --plan quick --watch-budget 10% -w quick
is "... or that the plan has not" "$RC" 2

json() { tr -d ' \n' <"$TMP/results/report/$1/results.json"; }
bench -s fair -w quick --watch-budget 0.5% --dry-run
check "the plan says it" grep -q 'in which watching took more than 0.5% of the CPU time' "$TMP/out"
says='watching took 16 % of its CPU time, over the budget of 15 %'

# 16 % of half a millisecond.
export DOUBLE_WATCH=0.00008
bench -s fair -s fifo -w quick --run-id within
check "16 % are within the budget of a run that names none" sh -c '! grep -q "over the budget" "$1"' sh "$TMP/results/report/within/index.html"
check "... so the page has the cost of an op" grep -q "4,321" "$TMP/results/report/within/index.html"
check "... and the share" grep -q "16 … 16 %" "$TMP/results/report/within/index.html"
is "... and nothing is refused" "$(json within | grep -o '"refused":\[[^]]*\]')" '"refused":[]'

bench -s fair -s fifo -w quick --run-id over --watch-budget 15%
is "over its own budget the run is as good" "$RC" 0
check "the page says why there are no figures" grep -qF "quick, fifo: $says. Its figures are not used." "$TMP/results/report/over/index.html"
check "... and has none" sh -c '! grep -q "4,321" "$1"' sh "$TMP/results/report/over/index.html"
is "results.json names the samples" "$(json over | grep -o '"why":"watching' | wc -l)" 2
check "samples.csv has the reason beside what was measured" grep -q "instrumented,ok,\"$says\"" "$TMP/results/report/over/samples.csv"
check "the budget is in the run" grep -q '"plan.watch_budget":"15%"' "$TMP/results/runs/over/run.json"
check "... and in the command that repeats it" grep -q -- '--watch-budget 15%' "$TMP/results/runs/over/run.json"

# The page is made of the store alone.
rm -r "$TMP/results/report/over" "$TMP/results/runs/over"
run "$SCXBENCH" report --results "$TMP/results" over
check "the store keeps the budget" grep -qF "$says" "$TMP/results/report/over/index.html"
run "$SCXBENCH" compare --results "$TMP/results" over:fair over:fifo --metric 'bpf.ns.*'
check "a comparison has no figure of an instrumented sample" sh -c '! grep -q 4321 "$1"' sh "$TMP/out"

DOUBLE_AT=attach:2:int bench -s fair -s fifo -w quick -b 2 --run-id cut --watch-budget 15%
run "$SCXBENCH" bench --results "$TMP/results" --resume cut
is "a run that goes on keeps its budget" "$RC" 0
check "... for its page" grep -qF "$says" "$TMP/results/report/cut/index.html"
run "$SCXBENCH" bench --results "$TMP/results" --resume cut --watch-budget 30%
is "... which nobody changes" "$RC" 2
done_testing
