#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Workloads with core-scheduling cookies, where the kernel or the machine lacks something; where it has all, that is
# tests/core-sched/siblings.sh. prctl() is one that says so, whatever this machine has.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/sample.sh"

cat >"$TMP/prctl.c" <<'END'
#include <errno.h>
#include <stdlib.h>
int prctl(int option, ...)
{
	(void)option;
	errno = atoi(getenv("PRCTL_ERRNO"));
	return -1;
}
END
check "the double of prctl() is made" gcc -shared -fPIC -o "$TMP/prctl.so" "$TMP/prctl.c"
# lacking ERRNO WORKLOAD
lacking() { PRCTL_ERRNO=$1 LD_PRELOAD=$TMP/prctl.so sample "$2"; }
lacking 22 siblings
is "a kernel without core scheduling" "$RC $(value least_share)" \
	"0 this kernel has no core scheduling (CONFIG_SCHED_CORE): 'make lab-kernel' builds one"
is "... so there is no ratio either" "$(value ratio)" "$(value least_share)"
lacking 19 siblings
is "a machine without SMT" "$RC $(value least_share)" \
	"0 core scheduling needs SMT siblings (in the lab: LAB_TOPOLOGY=cores=2,threads=2)"
lacking 22 cookies
is "cookies fails, and says why" "$RC $(echo "$WHY" | cut -d' ' -f-8)" "1 this kernel has no core scheduling (CONFIG_SCHED_CORE): 'make"
describe siblings
is "it is not in the default plan" "$RC $(sed -n 's/^default //p' "$TMP/out")" "0 no"
done_testing
