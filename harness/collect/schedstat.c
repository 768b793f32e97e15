/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * /proc/schedstat: how long tasks ran on all CPUs, and how long runnable tasks waited. Switches come from
 * /proc/stat.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

/* The last three of a CPU's nine numbers always count; the others need the sched_schedstats sysctl. */
static int add_cpu(const char *line, struct schedstat *s)
{
	uint64_t run_time, run_delay, pcount;

	if (sscanf(line, "cpu%*u %*u %*u %*u %*u %*u %*u %lu %lu %lu", &run_time, &run_delay, &pcount) != 3)
		return -EBADMSG;
	s->run_time += run_time;
	s->run_delay += run_delay;
	s->pcount += pcount;
	return 0;
}

int schedstat_parse(const char *text, struct schedstat *s)
{
	unsigned version;
	int err = 0;

	*s = (struct schedstat){ 0 };
	if (sscanf(text, "version %u", &version) != 1 || version < 15 || version > 17)
		return -EBADMSG;
	for (const char *line = text; line && !err; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, "cpu", 3))
			err = add_cpu(line, s);
	}
	return err;
}

struct source {
	struct schedstat stat;
	uint64_t switches;
	const char *absent; /* why there is no stat */
	bool no_switches;
};

static void read_stat(struct source *now)
{
	char *text;

	if (fs_read(fs_sys("/proc/schedstat"), &text, NULL))
		now->absent = "the kernel has no /proc/schedstat (CONFIG_SCHEDSTATS)";
	else if (schedstat_parse(text, &now->stat))
		now->absent = "/proc/schedstat has a format other than 15 to 17";
	free(text);
}

static void read_switches(struct source *now)
{
	char *text, *line = NULL;

	if (!fs_read(fs_sys("/proc/stat"), &text, NULL))
		line = strstr(text, "\nctxt ");
	now->no_switches = !line || sscanf(line, " ctxt %lu", &now->switches) != 1;
	free(text);
}

static struct source *schedstat_begin(const struct source_ctx *ctx)
{
	struct source *before = mem_zalloc(1, sizeof(*before));

	(void)ctx;
	read_stat(before);
	read_switches(before);
	return before;
}

static void schedstat_end(struct source *s, struct metrics *m)
{
	struct source *before = s, now = { 0 };
	const char *absent;

	read_switches(&now);
	read_stat(&now);
	absent = before->absent ?: now.absent;
	if (absent) {
		metrics_absent(m, METRIC_RUN_TIME, "ns", absent);
		metrics_absent(m, METRIC_RUN_DELAY, "ns", absent);
		metrics_absent(m, METRIC_PCOUNT, "count", absent);
	} else {
		metrics_add(m, METRIC_RUN_TIME, "ns", BETTER_NONE, now.stat.run_time - before->stat.run_time);
		metrics_add(m, METRIC_RUN_DELAY, "ns", BETTER_LOWER,
			    now.stat.run_delay - before->stat.run_delay);
		metrics_add(m, METRIC_PCOUNT, "count", BETTER_NONE, now.stat.pcount - before->stat.pcount);
	}
	if (before->no_switches || now.no_switches)
		metrics_absent(m, METRIC_SWITCHES, "count", "/proc/stat has no ctxt");
	else
		metrics_add(m, METRIC_SWITCHES, "count", BETTER_NONE, now.switches - before->switches);
	free(before);
}

const struct source_kind collect_schedstat = { .name = "schedstat",
					       .begin = schedstat_begin,
					       .end = schedstat_end };
