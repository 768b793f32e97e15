#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make custody from boot to page: a kernel before the semantics, one after, and one that does not exist.
. "$(dirname "$0")/../tap.sh"

export LAB_RESULTS="$TMP/results" KERNELS="/none/vmlinuz 7.0 default"
row() { awk -v row="$1" '$1 == row || $1 == row ":" { $1 = ""; print }' "$TMP/out"; }
policies=$(find .build/lab/schedulers -name '*.bpf.o' | wc -l)

run harness/lab/custody.sh custody --duration 2
is "every policy under the storm ends with 0" "$RC" 0
[ "$RC" = 0 ] || cat "$TMP/out" "$TMP/err" | diag
is "each ledger is balanced" "$(row ledger | grep -o balanced | wc -l)" "$policies"
is "before the semantics each is inferred" "$(row ledger | grep -o inferred | wc -l)" "$policies"
# prioq's tree is the policy's own: 7.0 reports what is taken out of that.
is "each saw tasks taken away, and with the semantics all" "$(row exit_change | tr -s ' ' '\n' | grep -c '^[1-9]')" \
	$((policies + 1))
# In prioq only a task that is taken out of a local DSQ, so there may be none.
check "without them tasks on user DSQs are queued twice" \
	[ "$(row doubled | tr -s ' ' '\n' | grep -c '^[1-9]')" -ge $((policies - 1)) ]
is "no violation anywhere" "$(row violations | tr -d ' 0')" ""
is "the storm met waiting tasks under each" "$(row affinity | grep -o '/ [1-9]' | wc -l)" $((policies * 2))
check "the kernel that does not exist is reported" grep -q "^skipped: kernel /none/vmlinuz: .*can't be read" "$TMP/out"
check "the page is written" grep -q 'balance to the last task' "$LAB_RESULTS/report/custody.html"
done_testing
