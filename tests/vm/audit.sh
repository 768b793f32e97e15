#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Custody as it is seen from outside: equal to our ledgers, and kept of what has none.
# STORM_SECONDS: how long under each policy (2). Arguments: the policies of ours, in place of one for each place where the
# ledger has its word (tests/long/audit.sh has all).
[ $# -gt 0 ] || set -- fifo prioq
cd "$(dirname "$0")/../.." || exit 1
exec harness/lab/run.sh env ${STORM_SECONDS:+STORM_SECONDS="$STORM_SECONDS"} sh tests/vm/audit.guest "$@"
