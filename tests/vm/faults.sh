#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whatever signals do in a sample: the fair class is back, nothing is left, the sample says so, the run goes on. What
# policies, workloads and commands do is in tests/long/faults.sh. `make test-faults` has all of them, and the signals at
# every step (STEPS=all). FAULT_GROUPS= takes only these files of faults/.
cd "$(dirname "$0")/../.." || exit
groups='signals'
[ "${STEPS:-some}" != all ] || groups="$groups policies commands workloads machine"
exec harness/lab/run.sh sh tests/vm/faults.guest "${STEPS:-some}" ${FAULT_GROUPS:-$groups}
