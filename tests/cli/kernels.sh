#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Policies kernel by kernel: what a kernel can't run is left out with its reason; the runs of several kernels side by side, as page and
# text, each to the fair of its own kernel.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

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
DOUBLE_AT=load:1:fail bench -s fifo -w quick --where-possible
is "where none is left, the reason of the last is said" "$RC $(tail -1 "$TMP/err")" \
	"3 scxbench: this kernel can run none of these policies: the verifier refused it"
mv "$SCXBENCH_ROOT/sys/kernel/sched_ext" "$TMP"
bench -s fair -s fifo -s cmd:true -w quick --run-id none --aa --where-possible
is "of a kernel without sched_ext fair alone is left" "$RC $(left_out none)" \
	'0 "policies":["fair","fair#2"] "plan.left_out.fifo":"this kernel has no sched_ext" "plan.left_out.cmd:true":"this kernel has no sched_ext" '
bench -s fifo -w quick --where-possible
ended "where nothing is left, the machine can't" 3 "this kernel can run none of these policies: this kernel has no sched_ext"
run "$SCXBENCH" custody --results "$TMP/results" -s fifo -w quick --where-possible
ended "nor is there custody to look at" 3 "this kernel can run none of these policies: this kernel has no sched_ext"
mv "$TMP/sched_ext" "$SCXBENCH_ROOT/sys/kernel"

# Four kernels: CFS, one that runs no policy, one whose run is of the exact lab too.
kernels() { run "$SCXBENCH" kernels --results "$TMP/results" "$@"; }
rm -r "$TMP/results"
fake cfs '' KERNEL=6.1.0-50-cloud-amd64 KIND=CFS STARTED=1
fake old '' KERNEL=6.12.117+deb13-cloud-amd64 STARTED=2
fake new 'fifo=1.20 vtime=0.9' KERNEL=7.3.4+deb13-cloud-amd64 STARTED=3
fake exact-cfs '' PLAN=exact UNIT=insn WORKS=exact-pipe=8000 KERNEL=6.1.0-50-cloud-amd64 KIND=CFS STARTED=4
fake exact-new 'fifo=0.95' PLAN=exact UNIT=insn WORKS=exact-pipe=8400 KERNEL=7.3.4+deb13-cloud-amd64 STARTED=5
kernels
is "the latest of each kernel, side by side" "$RC $(grep -c '^Linux  *6.1.0-50  *6.12.117  *7.3.4' "$TMP/out")" "0 1"
check "fair is called what it is" grep -q '^Linux 6.1.0-50: fair is CFS\. 30 of 30 ' "$TMP/out"
check "each policy has its ratio to the fair of its own kernel" grep -q '^  *fifo  *not run  *not run  *1\.[12][0-9]* \[.*slower' "$TMP/out"
check "and fair is 1 on every kernel" grep -q '^  *fair  *1  *1  *1' "$TMP/out"
check "fair of one kernel is compared with fair of another in instructions" \
	grep -q '^  *fair  *[78],[0-9]*  *8,[0-9]* (1\.0[0-9]* of fair of 6.1.0-50)' "$TMP/out"
check "a policy with fair of its own" grep -q '^  *fifo  *-  *7,[0-9]* (0\.9[0-9]* of fair here)' "$TMP/out"
is "and never in seconds" "$(grep -c 'build.*of fair of' "$TMP/out")" 0
page=$TMP/results/report/kernels.html
check "the page has the same" grep -q 'fair: CFS' "$page"
check "and no seconds of two boots beside each other" sh -c "! grep -q 'median of samples' '$page'"
kernels --json --without "Linux 9.9: none"
cat >"$TMP/ask.py" <<'END'
import json, sys
d = json.load(open(sys.argv[1]))
cells = {(c["run"], c["policy"]): c for c in d["cells"]}
counted = {(c["run"], c["policy"]): c for c in d["instructions"]}
print([(r["label"], r["fair"], r["exact"]) for r in d["runs"]], d["without"])
print(cells["new", "fifo"]["verdict"], round(cells["new", "fifo"]["ratio"], 1), cells["cfs", "fifo"]["valid"])
print([counted["exact-" + run, policy]["ratio_to"] for run, policy in (("cfs", "fair"), ("new", "fair"), ("new", "fifo"), ("cfs", "fifo"))])
END
is "JSON has the runs of each kernel, each policy to its fair, and instructions across kernels" \
	"$RC $(python3 "$TMP/ask.py" "$TMP/out")" \
	"0 [('6.1.0-50', 'CFS', False), ('6.12.117', 'EEVDF', False), ('7.3.4', 'EEVDF', False), ('6.1.0-50', 'CFS', True), ('7.3.4', 'EEVDF', True)] ['Linux 9.9: none']
worse 1.2 None
[None, 'exact-cfs', 'exact-new', None]"
kernels --without "Linux 9.9: the archive has none & more" cfs new
is "named runs alone" "$RC $(grep -c 6.12.117 "$TMP/out")" "0 0"
check "a kernel without a run is said" grep -qx 'Linux 9.9: the archive has none & more' "$TMP/out"
check "on the page too" grep -q 'the archive has none &amp; more' "$page"
fake other 'fifo=1.1' KERNEL=7.0.13+deb13-cloud-amd64 HOST=host-two
kernels cfs other
check "what can't stand side by side is said" grep -q "cfs and other can't stand side by side: they are of different machines" "$TMP/out"
kernels
is "without names, of one machine" "$RC $(grep -c 'fair is' "$TMP/out")" "0 1"
fake again 'fifo=1.1' KERNEL=7.3.4+deb13-cloud-amd64
kernels new again
check "two runs of one kernel have two names" grep -q '^Linux  *7.3.4  *7.3.4+deb13-cloud-amd64, run 2' "$TMP/out"
fake few 'fifo=1.1' KERNEL=7.3.4+deb13-cloud-amd64 BLOCKS=2
fake cut 'fifo=1.1' KERNEL=7.0.13+deb13-cloud-amd64 TAKEN=20
kernels few cut
check "too few blocks say so" grep -q '^Linux 7.3.4: .* Too few blocks for a verdict: a demonstration' "$TMP/out"
check "and so does a run that has not ended" grep -q '^Linux 7.0.13: .* an interim state' "$TMP/out"
kernels nosuch
ended "a run that is not there" 2 nosuch
done_testing
