#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ledger.sh   what the custody ledger costs: each policy against itself compiled without it, in one run.
#
# POLICIES="fifo vtime ..." (default: all) · BLOCKS (15) · WORKLOADS (hackbench-pipe). The lab; the run
# is in the store like any other, and its page has the ns per op. The last lines are the paired ratio of
# the workload's time and, from the instrumented samples, the mean ns a call of each op, with / without.
set -eu
cd "$(dirname "$0")/../.."
POLICIES=${POLICIES:-fifo vtime locality prioq eevdf}
O=.build/lab/cost
ID=ledger-cost-$(date -u +%Y%m%d-%H%M%S)

harness/lab/chroot.sh make -s O=.build/lab build
# shellcheck disable=SC2046,SC2086  # one word a policy, one an object
harness/lab/chroot.sh make -s O=$O CLANG='clang-19 -DSCXB_NO_LEDGER' $(printf "$O/schedulers/%s.bpf.o " $POLICIES)
set --
for policy in $POLICIES; do
	cp "$O/schedulers/$policy.bpf.o" "$O/schedulers/$policy-noledger.bpf.o"
	set -- "$@" -s "$policy" -s "$O/schedulers/$policy-noledger.bpf.o"
done
for workload in ${WORKLOADS:-hackbench-pipe}; do set -- "$@" -w "$workload"; done
LAB_RUN=$ID harness/lab/bench.sh "$@" -b "${BLOCKS:-15}" >&2

# The sample of the other variant in the same block is its pair.
harness/lab/chroot.sh sqlite3 -separator '	' results/scxbench.db "
CREATE TEMP VIEW seen AS SELECT s.block, s.workload, s.instrumented, m.name, v.value,
	replace(replace(s.policy, '$O/schedulers/', ''), '-noledger.bpf.o', '') AS policy,
	s.policy LIKE '%-noledger.bpf.o' AS bare
	FROM sample s JOIN run USING (run) JOIN metric v USING (sample) JOIN measure m USING (measure)
	WHERE run.id = '$ID' AND s.status = 'ok' AND v.value > 0;
SELECT kept.policy, kept.name, printf('%.1f', avg(kept.value)), printf('%.1f', avg(bare.value)),
	printf('%.4f', exp(avg(ln(kept.value / bare.value)))), count(*) || ' pairs'
	FROM seen AS kept JOIN seen AS bare USING (policy, workload, instrumented, block, name)
	WHERE bare.bare AND NOT kept.bare
	AND (instrumented AND name LIKE 'bpf.ns.%' OR NOT instrumented AND name = 'time')
	GROUP BY kept.policy, kept.name ORDER BY kept.policy, kept.name DESC;"
