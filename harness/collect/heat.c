/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often heat slowed CPUs down. The kernel counts it on Intel's CPUs. */
#include <glob.h>
#include <stdlib.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

struct source {
	bool known;
	uint64_t times;
};

bool collect_throttled(uint64_t *times)
{
	bool known = false;
	uint64_t value;
	glob_t g = { 0 };

	*times = 0;
	if (!glob(fs_sys("/sys/devices/system/cpu/cpu*/thermal_throttle/*_throttle_count"), 0, NULL, &g))
		for (size_t i = 0; i < g.gl_pathc; i++)
			if (!fs_read_u64(g.gl_pathv[i], &value)) {
				*times += value;
				known = true;
			}
	globfree(&g);
	return known;
}

static struct source *heat_begin(const struct source_ctx *ctx)
{
	struct source *before = mem_zalloc(1, sizeof(*before));

	(void)ctx;
	before->known = collect_throttled(&before->times);
	return before;
}

/* A CPU that went offline takes its counters along. */
static void heat_end(struct source *before, struct metrics *m)
{
	uint64_t now;

	if (!before->known || !collect_throttled(&now))
		metrics_absent(m, METRIC_THROTTLES, "count", "this machine does not count it");
	else if (now < before->times)
		metrics_absent(m, METRIC_THROTTLES, "count", "CPUs went offline meanwhile");
	else
		metrics_add(m, METRIC_THROTTLES, "count", BETTER_LOWER, (double)(now - before->times));
	free(before);
}

const struct source_kind collect_heat = { .name = "heat", .begin = heat_begin, .end = heat_end };
