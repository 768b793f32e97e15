/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a task is the workload's: in its cgroup, or in one below. For the collectors' BPF side. */
#ifndef COLLECT_OF_WORKLOAD_BPF_H
#define COLLECT_OF_WORKLOAD_BPF_H

#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

static __always_inline bool is_below(struct cgroup *cgrp, u64 id, u32 level)
{
	struct cgroup *ancestor;
	bool below;

	if (cgrp->level < (s32)level)
		return false;
	/* The flat group of most workloads, checked without taking references. */
	if (cgrp->level == (s32)level)
		return cgrp->kn->id == id;
	/* Linux 6.2. Before, what is in a group below is not seen. */
	if (!bpf_ksym_exists(bpf_cgroup_ancestor))
		return false;
	ancestor = bpf_cgroup_ancestor(cgrp, level);
	if (!ancestor)
		return false;
	below = ancestor->kn->id == id;
	bpf_cgroup_release(ancestor);
	return below;
}

/* id, level: of the workload's cgroup. */
static __always_inline bool is_of_workload(struct task_struct *p, u64 id, u32 level)
{
	struct css_set *cset = p->cgroups;
	struct cgroup *cgrp = cset ? cset->dfl_cgrp : NULL;

	return cgrp && is_below(cgrp, id, level);
}

#endif
