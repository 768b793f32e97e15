#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every single fault put into the ledger is detected: see tests/mutations/mutations.
. "$(dirname "$0")/../tap.sh"

O=.build/lab/mutants
check "each mutation applies just once, and compiles" harness/lab/chroot.sh nice sh -e tests/mutations/mutate.sh $O
[ "$FAILED" = 0 ] || done_testing
run harness/lab/run.sh sh tests/mutations/mutations.guest $O/list
cat "$TMP/out"
TESTS=$((TESTS + $(grep -cE '^(not )?ok ' "$TMP/out"))) FAILED=$RC
[ "$RC" = 0 ] || diag <"$TMP/err"
done_testing
