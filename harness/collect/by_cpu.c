/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/by_cpu.h"

#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"

#define CPU_DIR "/sys/devices/system/cpu/cpu"

/* Takes the value over. */
static void note_value(struct by_cpu *b, unsigned cpu, char *value)
{
	if (cpu >= b->nr) {
		b->value = mem_resize(b->value, (cpu + 1) * sizeof(*b->value));
		while (b->nr <= cpu)
			b->value[b->nr++] = NULL;
	}
	/* There is room for it. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	b->value[cpu] = value;
}

void by_cpu_read(struct by_cpu *b, const char *file)
{
	size_t number = strlen(fs_sys(CPU_DIR));
	glob_t found = { 0 };
	char *value;

	if (!glob(fs_sys(CPU_DIR "[0-9]*/%s", file), 0, NULL, &found))
		for (size_t i = 0; i < found.gl_pathc; i++)
			if (!fs_read_line(found.gl_pathv[i], &value))
				note_value(b, (unsigned)atoi(found.gl_pathv[i] + number), value);
	globfree(&found);
}

void by_cpu_free(struct by_cpu *b)
{
	for (unsigned i = 0; i < b->nr; i++)
		free(b->value[i]);
	free(b->value);
	*b = (struct by_cpu){ 0 };
}

/* The CPUs with one value: those listed, and the last stretch of them, which may go on. */
struct group {
	const char *value;
	struct buf cpus;
	unsigned from, to;
};

static void put_stretch(struct group *g)
{
	buf_printf(&g->cpus, "%s%u", g->cpus.len ? "," : "", g->from);
	if (g->to > g->from)
		buf_printf(&g->cpus, "-%u", g->to);
}

static void group_add(struct group *g, unsigned cpu)
{
	if (g->to + 1 != cpu) {
		put_stretch(g);
		g->from = cpu;
	}
	g->to = cpu;
}

static size_t find_groups(const struct by_cpu *b, struct group **group)
{
	size_t nr = 0, k;

	*group = NULL;
	for (unsigned cpu = 0; cpu < b->nr; cpu++) {
		if (!b->value[cpu])
			continue;
		for (k = 0; k < nr && strcmp((*group)[k].value, b->value[cpu]); k++)
			;
		if (k < nr) {
			group_add(&(*group)[k], cpu);
			continue;
		}
		*group = mem_grow(*group, nr, sizeof(**group));
		(*group)[nr++] = (struct group){ .value = b->value[cpu], .from = cpu, .to = cpu };
	}
	return nr;
}

char *by_cpu_text(const struct by_cpu *b)
{
	struct group *group;
	size_t nr = find_groups(b, &group);
	struct buf text = { 0 };

	for (size_t i = 0; i < nr; i++) {
		char *cpus;

		put_stretch(&group[i]);
		cpus = buf_take(&group[i].cpus);
		if (nr == 1)
			buf_put(&text, group[i].value);
		else
			buf_printf(&text, "%s%s on CPU %s", i ? ", " : "", group[i].value, cpus);
		free(cpus);
	}
	free(group);
	return nr ? buf_take(&text) : NULL;
}
