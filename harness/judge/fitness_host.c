/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host of a virtual machine had left for it, where that is known. */
#include <math.h>
#include <string.h>
#include "judge/fitness_line.h"
#include "record/metric_name.h"
#include "util/mem.h"

/*
 * Of the machine's CPU time that the host gave to others, and of the time in which some task of the lab's
 * host waited for a CPU. The lab's own threads wait for each other in some percent of it.
 */
#define STEAL_MAX 0.05
#define PRESSURE_MAX 0.25

static double steal(const struct record *r)
{
	return metrics_value(&r->metrics, METRIC_HOST_STEAL);
}

static double pressure(const struct record *r)
{
	return metrics_value(&r->metrics, METRIC_HOST_PRESSURE);
}

static void add_pressure(struct fitness *f, const struct compare *c)
{
	static const char *const what = "the lab's host";
	struct shares s = fitness_shares(c, pressure, PRESSURE_MAX);

	if (isnan(s.median))
		fitness_add(f, what, FIT_UNKNOWN,
			    mem_strdup("no sample has its pressure: see host.pressure.cpu"));
	else
		fitness_add(
			f, what, fitness_shares_warn(&s, PRESSURE_MAX) ? FIT_WARNS : FIT_GOOD,
			mem_printf(
				"its tasks waited for a CPU in %.3g %% of the time of a sample, the median; "
				"in more than %g %% of it in %u of %u samples",
				100 * s.median, 100 * PRESSURE_MAX, s.above, s.nr));
}

void fitness_add_host(struct fitness *f, const struct compare *c)
{
	struct shares s = fitness_shares(c, steal, STEAL_MAX);

	fitness_add_share(f, "steal time", &s, STEAL_MAX);
	if (!strcmp(c->run->run.where, "lab"))
		add_pressure(f, c);
}
