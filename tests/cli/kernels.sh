#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Policies kernel by kernel: what a kernel can't run is left out with its reason; the runs of several kernels side by side, as page and
# text, each to the fair of its own kernel.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

# left_out RUN   policies of the run, and what was left out and why
left_out() { grep -o '"policies":\[[^]]*\]\|"plan.left_out.[^,}]*' "$TMP/results/runs/$1/run.json" | tr '\n' ' '; }

DOUBLE_AT=load:1:fail bench -s fair -s fifo -s vtime -w quick --run-id one --where-possible
is "what the kernel refuses is left out, and the rest is run" "$RC" 0
is "with its reason" "$(left_out one)" \
	'"policies":["fair","vtime"] "plan.left_out.fifo":"the verifier refused it" '
check "which is said" grep -qx 'scxbench: policy fifo is left out' "$TMP/err"
check "the report has it" grep -q 'plan.left_out.fifo' "$TMP/results/report/one/index.html"
DOUBLE_AT=load:1:fail bench -s fair -s fifo -w quick --run-id two
is "without that wish it is a sample that failed" "$RC $(left_out two)" '1 "policies":["fair","fifo"] '
mv "$SCXBENCH_ROOT/sys/kernel/sched_ext" "$TMP"
bench -s fair -s fifo -s cmd:true -w quick --run-id none --aa --where-possible
is "of a kernel without sched_ext fair alone is left" "$RC $(left_out none)" \
	'0 "policies":["fair","fair#2"] "plan.left_out.fifo":"this kernel has no sched_ext" "plan.left_out.cmd:true":"this kernel has no sched_ext" '
bench -s fifo -w quick --where-possible
is "where nothing is left, the machine can't" "$RC $(tail -1 "$TMP/err")" "3 scxbench: this kernel can run none of these policies: add -s fair"
mv "$TMP/sched_ext" "$SCXBENCH_ROOT/sys/kernel"
done_testing
