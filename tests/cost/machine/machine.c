/* SPDX-License-Identifier: GPL-2.0-or-later */
/* machine SOURCE...   what a machine's size costs: its topology, what a policy gets of it, its part of the
 * page */
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/near.h"
#include "report/section.h"
#include "stats_abi.h"
#include "custody_abi.h"
#include "topology/topology.h"
#include "util/clock.h"

static double tell(const char *what, double since, size_t bytes)
{
	printf("  %-34s %8.3f s %10.1f kB\n", what, clock_s() - since, (double)bytes / 1024);
	return clock_s();
}

static int measure(const char *source)
{
	double t = clock_s();
	struct topology topology;
	struct view v = { .machine = &topology };
	struct buf page = { 0 };
	int err = topology_load(source, &topology);
	uint32_t *near;

	if (err)
		return err;
	printf("%s\n", topology_line(&topology));
	t = tell("topology, and its XML", t, strlen(topology.xml));
	near = near_rows(&topology);
	t = tell("rows of nearest groups", t,
		 sizeof(*near) * (size_t)topology.nr_l3 * (size_t)near_groups(&topology));
	section_machine(&page, &v);
	t = tell("the machine on the page", t, page.len);
	tell("a policy's counters by CPU", t, (size_t)topology.max_cpu * sizeof(struct scxb_cpu));
	tell("its histograms by CPU", clock_s(), (size_t)topology.max_cpu * sizeof(struct scxb_cpu_detail));
	free(near);
	free(page.text);
	topology_free(&topology);
	return 0;
}

int main(int argc, char **argv)
{
	int err = 0;

	for (int i = 1; i < argc && !err; i++)
		err = measure(argv[i]);
	return err != 0;
}
