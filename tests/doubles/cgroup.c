/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cgroup that holds nothing: the double's workloads leave no process behind. */
#include <stdlib.h>
#include <string.h>

#include "double.h"
#include "workload/workload.h"

int cgroup_make(const char *name, struct cgroup *cg)
{
	double_step("cgroup_make");
	*cg = (struct cgroup){ .path = strdup(name), .id = 1 };
	return 0;
}

int cgroup_cpu_ns(const struct cgroup *cg, uint64_t *ns)
{
	static uint64_t total;

	(void)cg;
	*ns = total += 500000;
	return 0;
}

int cgroup_kill(const struct cgroup *cg)
{
	(void)cg;
	return 0;
}

void cgroup_remove(struct cgroup *cg)
{
	double_step("cgroup_remove");
	free(cg->path);
}
