#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One map look-up more in an enqueue is seen by the exact lab, as its size, and ends a gate that allows less.
. "$(dirname "$0")/../tap.sh"

run harness/lab/exact-check.sh --baseline fifo --allow 0.05% -w exact-pipe /src/.build/lab/tests/exact/lookup/lookup.bpf.o
cat "$TMP/out" "$TMP/err" | diag
is "a gate that allows 0.05 % fails" "$RC" 1
# WORKLOAD NEW BEFORE -> NOW instructions: ...
more=$(tr -d , <"$TMP/out" | awk '$1 == "exact-pipe" { printf "%.1f", $5 - $3 }')
check "by the few instructions of a look-up ($more)" awk "BEGIN { exit !(${more:-0} > 2 && ${more:-0} < 60) }"
done_testing
