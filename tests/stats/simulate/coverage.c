/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The effect's intervals hold the true ratio as often as they say, for every n from 6 to 50.
 *
 * For each n synthetic runs are drawn, a third of each kind of noise, until the coverage of the 95 % interval
 * is 3 standard errors away from 94.5 %, above or below; if it never is, the test has failed.
 */
#include "simulate.h"
#include "stats/effect.h"

#define MOST 50
#define BATCH 3000
#define MOST_RUNS 150000
#define WANTED 0.945
#define TRUE_RATIO 0.97

struct covered {
	unsigned runs, by95, by90;
};

static void one_run(size_t n, enum noise noise, struct covered *c)
{
	double policy[MOST], fair[MOST];
	struct effect e;

	draw_run(noise, TRUE_RATIO, n, policy, fair);
	stats_effect(policy, fair, n, &e);
	c->runs++;
	c->by95 += e.low <= TRUE_RATIO && TRUE_RATIO <= e.high;
	c->by90 += e.low90 <= TRUE_RATIO && TRUE_RATIO <= e.high90;
}

/* Share of the first, and 3 standard errors of it. */
static double share(unsigned part, unsigned runs, double *errors)
{
	double p = (double)part / runs;

	*errors = 3 * standard_error(p, runs);
	return p;
}

static struct covered cover(size_t n, unsigned batch)
{
	struct covered c = { 0 };
	double p, errors;

	do {
		for (unsigned r = 0; r < batch; r++)
			one_run(n, r % NR_NOISE, &c);
		p = share(c.by95, c.runs, &errors);
	} while (fabs(p - WANTED) < errors && c.runs < MOST_RUNS);
	return c;
}

int main(int argc, char **argv)
{
	unsigned batch = begin(argc, argv) * BATCH;

	printf("# measured coverage in %%, with 3 standard errors of the simulation\n");
	printf("#  n     runs   95 %% interval   90 %% interval\n");
	for (size_t n = 6; n <= MOST; n++) {
		struct covered c = cover(n, batch);
		double e95, e90, by95 = share(c.by95, c.runs, &e95), by90 = share(c.by90, c.runs, &e90);

		printf("# %2zu  %7u   %.2f +- %.2f   %.2f +- %.2f\n", n, c.runs, 100 * by95, 100 * e95,
		       100 * by90, 100 * e90);
		ok(by95 - e95 >= WANTED, "n = %zu: the effect's 95 %% interval covers 94.5 %% at least", n);
		ok(by90 + e90 >= 0.9, "n = %zu: the 90 %% interval covers 90 %%, as far as can be told", n);
	}
	return end();
}
