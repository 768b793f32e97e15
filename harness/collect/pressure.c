/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pressure stall information of the machine, and for the CPU also of the workload's cgroup. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

/* One table for reading and naming. A path without a slash is in the cgroup. */
static const struct {
	const char *metric, *path, *line;
} totals[] = {
	{ "psi.cpu_some", "/proc/pressure/cpu", "some" },
	{ "psi.io_some", "/proc/pressure/io", "some" },
	{ "psi.io_full", "/proc/pressure/io", "full" },
	{ "psi.memory_some", "/proc/pressure/memory", "some" },
	{ "psi.memory_full", "/proc/pressure/memory", "full" },
	{ METRIC_PSI_CPU, "cpu.pressure", "some" },
	{ "psi.workload_cpu_full", "cpu.pressure", "full" },
};
#define NR (sizeof(totals) / sizeof(*totals))

struct source {
	char *cgroup;
	uint64_t us[NR];
	int err[NR];
};

int pressure_parse(const char *text, const char *line, uint64_t *us)
{
	size_t len = strlen(line);
	const char *total;

	for (const char *at = text; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, line, len) || at[len] != ' ')
			continue;
		total = strstr(at, " total=");
		return total && sscanf(total, " total=%lu", us) == 1 ? 0 : -EBADMSG;
	}
	return -ENOENT;
}

static void read_totals(struct source *now, const char *cgroup)
{
	for (size_t i = 0; i < NR; i++) {
		const char *name = totals[i].path;
		char *path =
			*name == '/' ? mem_strdup(fs_sys("%s", name)) : mem_printf("%s/%s", cgroup, name);
		char *text;

		now->err[i] = fs_read(path, &text, NULL);
		if (!now->err[i])
			now->err[i] = pressure_parse(text, totals[i].line, &now->us[i]);
		free(text);
		free(path);
	}
}

static struct source *pressure_begin(const struct source_ctx *ctx)
{
	struct source *before = mem_zalloc(1, sizeof(*before));

	before->cgroup = mem_strdup(ctx->cgroup->path);
	read_totals(before, before->cgroup);
	return before;
}

static void pressure_end(struct source *s, struct metrics *m)
{
	struct source *before = s, now = { 0 };

	read_totals(&now, before->cgroup);
	for (size_t i = 0; i < NR; i++)
		if (before->err[i] || now.err[i])
			metrics_absent(m, totals[i].metric, "us",
				       "no pressure information (CONFIG_PSI, psi=1)");
		else
			metrics_add(m, totals[i].metric, "us", BETTER_LOWER, now.us[i] - before->us[i]);
	free(before->cgroup);
	free(before);
}

const struct source_kind collect_pressure = { .name = "pressure",
					      .begin = pressure_begin,
					      .end = pressure_end };
