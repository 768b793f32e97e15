#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The third exit from custody, seen for real: on a kernel with core scheduling every policy loses waiting
# tasks to core-sched picks, its ledger balances all the same, and its core_sched_before lets tasks of
# different cookies take turns. Both runs stay in results/; the page of custody has this kernel beside others.
. "$(dirname "$0")/../tap.sh"

BLOCKS=3
COOKIES=.build/lab/workloads/cookies
CORE_KERNEL=$(harness/lab/lab-kernel.sh) || { echo "Bail out! no kernel with core scheduling"; exit 1; }
LAB_RUN=core-sched-$(date -u +%Y%m%d-%H%M%S)

# says TEXT   what cookies says in a guest where it can't work
says() { harness/lab/run.sh sh -c "! $COOKIES run 2>&1" | grep -F "$1"; }
check "cookies names what the default kernel lacks" says CONFIG_SCHED_CORE
export LAB_RUN LAB_KERNEL="$CORE_KERNEL"
LAB_CPUS=2 check "cookies names what a machine without SMT lacks" says "needs SMT siblings"

set --
for o in .build/lab/schedulers/*.bpf.o; do set -- "$@" -s "$(basename "$o" .bpf.o)"; done
export LAB_CPUS=4 LAB_TOPOLOGY=cores=2,threads=2
run harness/lab/bench.sh "$@" -s fair -w cookies-turns -b $BLOCKS --no-instrumented --no-warmup
is "the bench ends with 0" "$RC" 0
[ "$RC" = 0 ] || diag <"$TMP/err"
export KERNELS="$CORE_KERNEL"
run harness/lab/custody.sh custody "$@" -w cookies-groups
is "every ledger balances" "$RC" 0
diag <"$TMP/out"

# The numbers of one policy, whole: of WHAT, the sum or another function, over the rows that match WHERE.
number() { # POLICY WHAT WHERE
	harness/lab/chroot.sh sqlite3 -readonly results/scxbench.db \
		"SELECT CAST($2 AS INTEGER) FROM number WHERE run GLOB '$LAB_RUN*' AND policy = '$1' AND $3"
}
is_more() { # NAME GOT THAN
	if [ "${2:-0}" -gt "$3" ]; then ok "$1: $2"; else is "$1" "${2:-nothing}" "more than $3"; fi
}

for o in .build/lab/schedulers/*.bpf.o; do
	policy=$(basename "$o" .bpf.o)
	is "$policy: every sample is proven" \
		"$(number "$policy" 'count(DISTINCT run || seq)' "status = 'ok'")" $((BLOCKS + 1))
	is_more "$policy: core-sched picks of tasks in custody" \
		"$(number "$policy" 'sum(value)' "name = 'custody.exit_core' AND workload = 'cookies-groups'")" 0
	is "$policy: as many exits as entries" "$(number "$policy" 'sum(value)' "name GLOB 'custody.exit_*'")" \
		"$(number "$policy" 'sum(value)' "name GLOB 'custody.entry_*'")"
	# Without any order between cookies it is 5 to 30.
	is_more "$policy: least share of a task that must take turns, % of an equal one" \
		"$(number "$policy" 'avg(value)' "name = 'least_share' AND workload = 'cookies-turns'")" 35
done
check "the page of custody shows core-sched exits" grep -qE 'exit_core.*<td>[1-9]' results/report/custody.html
done_testing
