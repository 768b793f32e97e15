/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Core-scheduling cookies: SMT siblings may only run tasks of one cookie at a time. */
#pragma once
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>

/* A new cookie for the caller and all that it forks from now on; it can't be removed again. 0, or -1 and
 * errno. */
static inline int cookie_new(void)
{
	return prctl(PR_SCHED_CORE, PR_SCHED_CORE_CREATE, 0, PR_SCHED_CORE_SCOPE_THREAD, 0);
}

/* Why there can be none; NULL: there can. */
static inline const char *cookie_lacks(void)
{
	uint64_t cookie;

	if (!prctl(PR_SCHED_CORE, PR_SCHED_CORE_GET, 0, PR_SCHED_CORE_SCOPE_THREAD, &cookie))
		return NULL;
	if (errno == ENODEV)
		return "core scheduling needs SMT siblings (in the lab: LAB_TOPOLOGY=cores=2,threads=2)";
	return "this kernel has no core scheduling (CONFIG_SCHED_CORE): 'make lab-kernel' builds one";
}
