#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The two known errata of custody after 7.1, found by what the kernel does, not by its version. A kernel that has
# one is distinguished from one that does not; the lab's default has none, or schedulers/README.md is out of date.
. "$(dirname "$0")/../tap.sh"

# number NAME   of the one sample that the guest printed
number() { sed -n "s/.*\"name\":\"$1\"[^}]*\"value\":\([0-9]*\).*/\1/p" "$TMP/out"; }

# holds CHECK   the sample's proof has that line, and it holds
holds() { grep -q "\"check\":\"$1\"[^}]*\"holds\":true" "$TMP/out"; }

# Every other line of the proof holds, and the policy was neither ejected nor did the workload fail.
sound() {
	grep -Eq '"status":"(ok|void)"' "$TMP/out" &&
		! grep -o '"check":"[^"]*","found":"[^"]*","holds":false' "$TMP/out" | grep -qv '"workload ran in the ext class"'
}

# Of its ledger: a host with other work may void the sample for time in other classes.
run harness/lab/run.sh sh tests/vm/errata.guest remote
check "a policy that gives tasks to other CPUs' local DSQs keeps custody" holds "custody: entries equal exits"
check "and violates nothing" holds "custody: no violation"
check "and is proven in all but, perhaps, its share of the class" sound
moved=$(number bpf.count.steal_far)
check "it did so often enough: ${moved:-none}" [ "${moved:-0}" -gt 50 ]
is "none of it is reported late, as a core-sched pick" "$(number custody.late_core)" 0

# A wedged guest prints nothing and never ends by itself: a time-out is the answer.
export LAB_RESTARTS=0
run timeout -k 5 120 harness/lab/run.sh sh tests/vm/errata.guest lock
check "ops.dequeue is called without the DSQ's lock" [ "$RC" -le 1 ]
seen=$(number bpf.count.steal_near)
check "it walked its queue there: ${seen:-none} tasks" [ "${seen:-0}" -gt 50 ]
done_testing
