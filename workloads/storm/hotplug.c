/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes a CPU offline, with the tasks that wait for it, and online again. Never CPU 0. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../kit/undo.h"
#include "storm.h"
#include "util/clock.h"
#include "util/mem.h"

#define TRIES 8

static int *removable, nr_removable;

static void path_of(int cpu, char path[64])
{
	snprintf(path, 64, "/sys/devices/system/cpu/cpu%d/online", cpu);
}

const char *hotplug_begin(struct storm *s)
{
	char path[64];

	removable = mem_zalloc(s->cpus, sizeof(*removable));
	for (int i = 0; i < s->cpus; i++) {
		path_of(s->cpu[i], path);
		if (!s->cpu[i] || access(path, W_OK))
			continue;
		if (undo_note(path, "1"))
			return "the journal of changes can't be written";
		removable[nr_removable++] = s->cpu[i];
	}
	return nr_removable ? NULL : "no CPU but 0 can be taken offline";
}

/* The CPU of a task, or its last one; -1 when the task is gone. */
static int cpu_of(const struct target *t)
{
	char path[64], text[1024], *p;
	FILE *stat;
	size_t len;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", t->pid, t->tid);
	stat = fopen(path, "r");
	if (!stat)
		return -1;
	len = fread(text, 1, sizeof(text) - 1, stat);
	fclose(stat);
	text[len] = '\0';
	/* Field 39; the second ends with the last ')'. */
	p = strrchr(text, ')');
	for (int field = 2; p && field < 39; field++)
		p = strchr(p + 1, ' ');
	return p ? atoi(p) : -1;
}

/* A CPU for which a task in custody waits, if there is one. It did a moment ago; more can't be known. */
static int hotplug_choose(struct storm *s, uint64_t who, enum outcome *outcome)
{
	for (int i = 0; i < TRIES; i++) {
		struct target *t = watch_pick(s, who + i, outcome);
		int cpu = *outcome == CAUGHT ? cpu_of(t) : -1;

		for (int j = 0; j < nr_removable; j++)
			if (removable[j] == cpu)
				return cpu;
	}
	*outcome = DONE;
	return removable[who % nr_removable];
}

enum outcome hotplug_change(struct storm *s, struct draw draw)
{
	double away = (5 + draw.how % 45) / 1e3;
	enum outcome outcome;
	char path[64];

	path_of(hotplug_choose(s, draw.who, &outcome), path);
	if (!write_text(path, "0"))
		return REFUSED;
	clock_sleep(away);
	return write_text(path, "1") ? outcome : REFUSED;
}
