#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Objects of every form are taken, or refused in one sentence that is true. What stands in a run's way is named.
. "$(dirname "$0")/../tap.sh"

# LAB_APPEND is for the kernel; sched_ext refuses to be enabled there.
run env LAB_APPEND=isolcpus=1 LAB_CPUS=2 harness/lab/run.sh .build/lab/scxbench doctor --native
is "doctor ends with 3 on a kernel with isolated CPUs" "$RC" 3
check "and names them" grep -qF "this kernel was booted with isolcpus=1, which sched_ext refuses" "$TMP/out"

run harness/lab/run.sh sh tests/vm/forms.guest
sed -e '/^1\.\./d' -e 's/^ok /# guest: ok /' -e 's/^not ok /# guest: not ok /' "$TMP/out"
is "the guest's half passes" "$RC" 0
done_testing
