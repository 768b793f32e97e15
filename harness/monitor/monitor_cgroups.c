/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor_cgroups.h"

#include <stdlib.h>
#include <string.h>
#include "util/cgroup_id.h"
#include "util/fs.h"
#include "util/mem.h"

/* Each cgroup once, in order. */
static void monitor_cgroups_collect(struct monitor_shot *shot)
{
	size_t kept = 0;

	shot->cgroup = mem_zalloc(shot->nr_tasks + 1, sizeof(*shot->cgroup));
	for (size_t i = 0; i < shot->nr_tasks; i++)
		shot->cgroup[i].id = shot->task[i].cgroup;
	if (shot->nr_tasks)
		qsort(shot->cgroup, shot->nr_tasks, sizeof(*shot->cgroup), monitor_by_id);
	for (size_t i = 0; i < shot->nr_tasks; i++)
		if (!kept || shot->cgroup[kept - 1].id != shot->cgroup[i].id)
			shot->cgroup[kept++] = shot->cgroup[i];
	shot->nr_cgroups = kept;
}

uint64_t monitor_parse_usage(const char *text)
{
	const char *at = strstr(text, "usage_usec ");

	return at ? strtoull(at + strlen("usage_usec "), NULL, 10) * 1000 : 0;
}

static void read_usage(struct monitor_cgroup *c)
{
	char *text = NULL;

	if (c->path && !fs_read(fs_sys("/sys/fs/cgroup%s/cpu.stat", c->path), &text, NULL))
		c->used_ns = monitor_parse_usage(text);
	free(text);
}

void monitor_cgroups(struct monitor_shot *known, struct monitor_shot *shot)
{
	struct monitor_shot now = { 0 };

	monitor_cgroups_collect(shot);
	now.cgroup = mem_zalloc(shot->nr_cgroups + 1, sizeof(*now.cgroup));
	for (size_t i = 0; i < shot->nr_cgroups; i++) {
		struct monitor_cgroup *c = &shot->cgroup[i];
		const struct monitor_cgroup *was = monitor_cgroup(known, c->id);

		c->path = was ? mem_strdup(was->path) : cgroup_path_of(c->id);
		read_usage(c);
		now.cgroup[now.nr_cgroups++] =
			(struct monitor_cgroup){ .id = c->id, .path = mem_strdup(c->path) };
	}
	monitor_shot_free(known);
	*known = now;
}
