/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor_shot.h"

#include <stdlib.h>

void monitor_shot_free(struct monitor_shot *shot)
{
	free(shot->cpu);
	free(shot->task);
	for (size_t i = 0; i < shot->nr_cgroups; i++)
		free(shot->cgroup[i].path);
	free(shot->cgroup);
	for (int i = 0; i < SCXB_QUEUES; i++)
		free(shot->owner[i]);
	*shot = (struct monitor_shot){ 0 };
}

int monitor_by_tid(const void *a, const void *b)
{
	const struct mon_task *x = a, *y = b;

	return (x->tid > y->tid) - (x->tid < y->tid);
}

int monitor_by_id(const void *a, const void *b)
{
	const struct monitor_cgroup *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

const struct monitor_cgroup *monitor_cgroup(const struct monitor_shot *shot, uint64_t id)
{
	return shot->nr_cgroups ? bsearch(&(struct monitor_cgroup){ .id = id }, shot->cgroup,
					  shot->nr_cgroups, sizeof(*shot->cgroup), monitor_by_id)
				: NULL;
}

const char *monitor_path(const struct monitor_shot *shot, uint64_t cgroup)
{
	const struct monitor_cgroup *c = monitor_cgroup(shot, cgroup);

	return c && c->path ? c->path : "";
}
