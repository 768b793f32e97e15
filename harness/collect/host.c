/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The host of a virtual machine: what it took away, as shares of the window. A machine reports its own steal
 * time. In the lab, whose CPUs may be emulated and then know of no host, steal and pressure are the host's
 * own: it shows two files of its /proc to the guest, uncached, so they are read as they are at this moment.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"

#define LAB_HOST "/run/lab-host" /* harness/lab/guest.sh mounts it */

struct source {
	bool lab, has_times, has_waited;
	struct host_times times;
	uint64_t waited_us;
	double at_s;
};

int host_parse(const char *text, struct host_times *t)
{
	uint64_t v[8];

	if (sscanf(text, "cpu %lu %lu %lu %lu %lu %lu %lu %lu", &v[0], &v[1], &v[2], &v[3], &v[4], &v[5],
		   &v[6], &v[7]) != 8)
		return -EBADMSG;
	*t = (struct host_times){ .steal = v[7] };
	for (int i = 0; i < 8; i++)
		t->all += v[i];
	return 0;
}

static bool read_host(const char *path, char **text)
{
	return !fs_read(fs_sys("%s", path), text, NULL);
}

static void read_now(struct source *now)
{
	char *text;

	now->lab = fs_exists(fs_sys(LAB_HOST));
	now->at_s = clock_s();
	now->has_times = read_host(now->lab ? LAB_HOST "/stat" : "/proc/stat", &text) &&
			 !host_parse(text, &now->times);
	free(text);
	now->has_waited = now->lab && read_host(LAB_HOST "/pressure", &text) &&
			  !pressure_parse(text, "some", &now->waited_us);
	if (now->lab)
		free(text);
}

static struct source *host_begin(const struct source_ctx *ctx)
{
	struct source *before = mem_zalloc(1, sizeof(*before));

	(void)ctx;
	read_now(before);
	return before;
}

static void add_steal(struct metrics *m, const struct source *a, const struct source *b)
{
	uint64_t all = b->times.all - a->times.all;

	if (!a->has_times || !b->has_times || !all)
		metrics_absent(m, METRIC_HOST_STEAL, "share", "/proc/stat has no steal time");
	else
		metrics_add(m, METRIC_HOST_STEAL, "share", BETTER_NONE,
			    (double)(b->times.steal - a->times.steal) / (double)all);
}

static void add_pressure(struct metrics *m, const struct source *a, const struct source *b)
{
	if (!b->lab)
		metrics_absent(m, METRIC_HOST_PRESSURE, "share", "only the lab's guest sees its host");
	else if (!a->has_waited || !b->has_waited)
		metrics_absent(m, METRIC_HOST_PRESSURE, "share",
			       "the lab's host has no pressure information (CONFIG_PSI, psi=1)");
	else
		metrics_add(m, METRIC_HOST_PRESSURE, "share", BETTER_NONE,
			    (double)(b->waited_us - a->waited_us) * 1e-6 / (b->at_s - a->at_s));
}

static void host_end(struct source *s, struct metrics *m)
{
	struct source now = { 0 };

	read_now(&now);
	add_steal(m, s, &now);
	add_pressure(m, s, &now);
	free(s);
}

const struct source_kind collect_host = { .name = "host", .begin = host_begin, .end = host_end };
