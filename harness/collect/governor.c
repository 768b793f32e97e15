/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The frequency governors of all CPUs in a line: they may differ, and a task may run on any of them. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/env.h"
#include "record/env_key.h"
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"

#define OF_ALL "/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor"

struct governors {
	char **name; /* by CPU; NULL: the CPU has none, or is not there */
	unsigned nr;
};

/* The number in ".../cpu12/cpufreq/scaling_governor". */
static unsigned cpu_of(const char *path)
{
	const char *number = strstr(path, "/cpufreq/");

	while (number[-1] >= '0' && number[-1] <= '9')
		number--;
	return (unsigned)atoi(number);
}

/* Takes the name over. */
static void note_governor(struct governors *g, unsigned cpu, char *name)
{
	if (cpu >= g->nr) {
		g->name = mem_resize(g->name, (cpu + 1) * sizeof(*g->name));
		while (g->nr <= cpu)
			g->name[g->nr++] = NULL;
	}
	/* There is room for it. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	g->name[cpu] = name;
}

static void governors_read(struct governors *g)
{
	glob_t found = { 0 };
	char *name;

	if (!glob(fs_sys(OF_ALL), 0, NULL, &found))
		for (size_t i = 0; i < found.gl_pathc; i++)
			if (!fs_read_line(found.gl_pathv[i], &name))
				note_governor(g, cpu_of(found.gl_pathv[i]), name);
	globfree(&found);
}

static void governors_free(struct governors *g)
{
	for (unsigned i = 0; i < g->nr; i++)
		free(g->name[i]);
	free(g->name);
}

/* Is it the first CPU with its governor? */
static bool is_first(const struct governors *g, unsigned cpu)
{
	for (unsigned i = 0; i < cpu; i++)
		if (g->name[i] && !strcmp(g->name[i], g->name[cpu]))
			return false;
	return true;
}

static bool has_it(const struct governors *g, unsigned cpu, const char *name)
{
	return cpu < g->nr && g->name[cpu] && !strcmp(g->name[cpu], name);
}

/* "performance on CPU 0-3,8" */
static void put_governor(struct buf *b, const struct governors *g, const char *name)
{
	const char *comma = "";

	buf_printf(b, "%s%s on CPU ", b->len ? ", " : "", name);
	for (unsigned from = 0, to; from < g->nr; from = to + 1) {
		to = from;
		if (!has_it(g, from, name))
			continue;
		while (has_it(g, to + 1, name))
			to++;
		buf_printf(b, to > from ? "%s%u-%u" : "%s%u", comma, from, to);
		comma = ",";
	}
}

static unsigned governors_count(const struct governors *g)
{
	unsigned n = 0;

	for (unsigned i = 0; i < g->nr; i++)
		n += g->name[i] && is_first(g, i);
	return n;
}

void env_add_governor(struct run *run)
{
	struct governors g = { 0 };
	struct buf b = { 0 };
	unsigned n;
	char *text;

	governors_read(&g);
	n = governors_count(&g);
	for (unsigned i = 0; i < g.nr; i++)
		if (g.name[i] && is_first(&g, i) && n > 1)
			put_governor(&b, &g, g.name[i]);
		else if (g.name[i] && is_first(&g, i))
			buf_put(&b, g.name[i]);
	text = n ? buf_take(&b) : mem_printf("unknown: %s", strerror(ENOENT));
	env_add(run, ENV_CPU_GOVERNOR, text);
	free(text);
	governors_free(&g);
}
