/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One answer from many machines, each with a ratio of its own: how often the intervals of the fleet and of
 * another machine hold the truth, and how often machines that are alike are said to differ.
 */
#include "simulate.h"
#include "stats/fleet.h"

#define MOST 100
#define BLOCKS_MOST 30
#define TRUTH 0.03 /* of the fleet, a log ratio */

enum machines { NORMALLY, HEAVILY, TWO_CLASSES, NR_MACHINES };
static const char *const machines_name[] = { "normal", "Student's t, 3 degrees", "two classes" };

struct world {
	enum machines machines;
	double between; /* standard deviation of the machines' own log ratios */
	size_t hosts;
};

static double draw_machine(const struct world *w)
{
	switch (w->machines) {
	case HEAVILY:
		return TRUTH + w->between * draw(HEAVY);
	case TWO_CLASSES:
		return TRUTH + (gsl_ran_bernoulli(rng, 0.5) ? w->between : -w->between);
	default:
		return TRUTH + w->between * draw(NORMAL);
	}
}

/* 6 to 30 blocks, and 1 to 4 % of noise a sample. */
static struct fleet_host draw_host(const struct world *w)
{
	size_t n = 6 + gsl_rng_uniform_int(rng, BLOCKS_MOST - 5);
	double own = draw_machine(w), noise = 0.01 + 0.03 * gsl_rng_uniform(rng), ratio[BLOCKS_MOST];

	for (size_t i = 0; i < n; i++)
		ratio[i] = exp(own + noise * (draw(NORMAL) - draw(NORMAL)));
	return stats_host(&(struct values){ ratio, n });
}

static struct fleet draw_fleet(const struct world *w)
{
	struct fleet_host host[MOST];

	for (size_t i = 0; i < w->hosts; i++)
		host[i] = draw_host(w);
	return stats_fleet(host, w->hosts);
}

/* A few machines of two kinds may all be of one. */
static double least_coverage(const struct world *w)
{
	return w->machines != TWO_CLASSES ? 0.94 : w->hosts < 10 ? 0.75 : 0.93;
}

static void fleets(const struct world *w, unsigned nr)
{
	unsigned held = 0, next = 0, differ = 0;
	double coverage, width = 0, least = least_coverage(w);

	for (unsigned i = 0; i < nr; i++) {
		struct fleet f = draw_fleet(w);
		double other = draw_machine(w);

		held += log(f.effect.low) <= TRUTH && TRUTH <= log(f.effect.high);
		next += log(f.next_low) <= other && other <= log(f.next_high);
		differ += f.differ_p < 0.05;
		width += log(f.effect.high / f.effect.low) / nr;
	}
	coverage = (double)held / nr;
	ok(coverage >= least - 3 * standard_error(least, nr),
	   "%zu machines, %s, sd %.0f %%: %.1f %% of intervals hold the fleet's ratio, %.1f %% of the wider ones another "
	   "machine's; width %.1f %%; %.1f %% are said to differ (%u fleets)",
	   w->hosts, machines_name[w->machines], 100 * w->between, 100 * coverage, 100.0 * next / nr,
	   100 * width, 100.0 * differ / nr, nr);
	if (w->between == 0)
		ok((double)differ / nr <= 0.09 + 3 * standard_error(0.09, nr), "such machines are alike");
}

int main(int argc, char **argv)
{
	static const size_t hosts[] = { 3, 4, 5, 10, 30, 100 };
	static const double between[] = { 0, 0.01, 0.05 };
	unsigned more = begin(argc, argv);

	for (int i = 0; i < 6; i++)
		for (int k = 0; k < 3; k++)
			for (int m = 0; m < (between[k] > 0 ? NR_MACHINES : 1); m++)
				fleets(&(struct world){ (enum machines)m, between[k], hosts[i] }, 500 * more);
	return end();
}
