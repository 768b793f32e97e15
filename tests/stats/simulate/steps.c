/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A metric that comes in steps, as a clock of whole microseconds has it: how often the interval holds the
 * true ratio, and which verdicts are given, by the values as they are and with what the step can hide.
 */
#include <string.h>
#include "judged.h"
#include "simulate.h"
#include "stats/effect.h"
#include "stats/stats.h"

#define MOST 15
#define WAKEUPS 4000 /* of a block */
#define LONGEST 1000
#define THRESHOLD 0.05

/* spread: of the logarithm of wakeup latencies, whose p99 the values are; 0: the values are whole numbers. */
static const struct pace {
	double fair, policy, spread;
} paces[] = {
	{ 2.5, 2.95, 0 },    { 4.2, 4.8, 0 },	  { 4.95, 5.05, 0 },	{ 5.4, 5.52, 0 },
	{ 7.7, 8.24, 0 },    { 12.3, 12.9, 0 },	  { 13.8, 14.77, 0 },	{ 14, 14.28, 0 },
	{ 40.4, 41.2, 0 },   { 140, 142.8, 0 },	  { 4.5, 4.5, 0 },	{ 40.5, 40.5, 0 },
	{ 2.5, 2.95, 0.5 },  { 4.2, 4.8, 0.1 },	  { 4.2, 4.8, 0.5 },	{ 4.95, 5.05, 0.5 },
	{ 5.4, 5.52, 0.1 },  { 5.4, 5.52, 0.5 },  { 7.7, 8.24, 0.1 },	{ 7.7, 8.24, 0.5 },
	{ 12.3, 12.9, 0.1 }, { 12.3, 12.9, 0.5 }, { 13.8, 14.77, 0.5 }, { 14, 14.28, 0.1 },
	{ 14, 14.28, 0.5 },  { 40.4, 41.2, 0.5 }, { 140, 142.8, 0.5 },	{ 4.5, 4.5, 0.1 },
	{ 4.5, 4.5, 0.5 },   { 14, 14, 0.1 },	  { 14, 14, 0.5 },	{ 40.5, 40.5, 0.5 },
};

struct counts_of_steps {
	double plain,
		covered; /* the 95 % interval holds the truth, by the values alone and in the judgement */
	double equal_plain, equal, passes; /* called equivalent, the same; the gate passes */
	double step;			   /* over the median, in % on average */
	double shown, wrong;		   /* a difference of the right side; of the wrong one */
};

static bool holds(const struct effect *e, double truth)
{
	/* A ratio of multiples is off by its rounding. */
	return e->low <= truth * (1 + 1e-12) && truth <= e->high * (1 + 1e-12);
}

static bool is_equal(const struct effect *e)
{
	return e->low90 >= 1 / (1 + VERDICT_MARGIN) && e->high90 <= 1 + VERDICT_MARGIN;
}

/* The p99 of a block's latencies in bins of 1 us, interpolated. */
static double draw_quantile(double p99, double spread, double *step)
{
	double middle = p99 * exp(0.01 * draw(NORMAL) - 2.3263 * spread), value;
	unsigned bins[LONGEST] = { 0 };
	struct hist h = { 0 };

	for (int i = 0; i < WAKEUPS; i++)
		bins[(int)fmin(LONGEST - 1, middle * exp(spread * draw(NORMAL)))]++;
	for (int i = 0; i < LONGEST; i++)
		hist_add(&h, i, i + 1, bins[i]);
	value = stats_hist_quantile(&h, 0.99);
	*step = stats_hist_step(&h, 0.99);
	free(h.bins);
	return value;
}

static double draw_value(double pace, double spread, double *step)
{
	*step = 1;
	return spread > 0 ? draw_quantile(pace, spread, step) : floor(pace * exp(0.01 * draw(NORMAL)));
}

static void count_run(const struct pace *p, struct counts_of_steps *c)
{
	double policy[MOST], fair[MOST], step[2 * MOST], truth = p->policy / p->fair;
	struct judgement j, *alone = &j;
	struct effect plain;

	for (size_t i = 0; i < MOST; i++) {
		fair[i] = draw_value(p->fair, p->spread, &step[2 * i]);
		policy[i] = draw_value(p->policy, p->spread, &step[2 * i + 1]);
	}
	stats_effect(policy, fair, MOST, &plain);
	j = measured(policy, fair, MOST, stats_median(step, 2 * MOST));
	judge_family(&alone, 1);
	c->step += j.resolution;
	c->plain += holds(&plain, truth);
	c->covered += holds(&j.effect, truth);
	c->equal_plain += is_equal(&plain);
	c->equal += j.verdict == VERDICT_EQUIVALENT;
	c->passes += stats_noninferior(&j.effect, THRESHOLD, BETTER_LOWER) == GATE_PASS;
	c->shown += truth > 1 && j.verdict == VERDICT_WORSE;
	c->wrong += j.verdict == VERDICT_BETTER || (truth == 1 && j.verdict == VERDICT_WORSE);
}

static struct counts_of_steps count_runs(const struct pace *p, unsigned runs)
{
	struct counts_of_steps c = { 0 };

	for (unsigned r = 0; r < runs; r++)
		count_run(p, &c);
	c.step *= 100.0 / runs;
	c.plain *= 100.0 / runs;
	c.covered *= 100.0 / runs;
	c.equal_plain *= 100.0 / runs;
	c.equal *= 100.0 / runs;
	c.passes *= 100.0 / runs;
	c.shown *= 100.0 / runs;
	c.wrong *= 100.0 / runs;
	return c;
}

static void put_row(const struct pace *p, const struct counts_of_steps *c)
{
	printf("| %g -> %g (%+.0f %%) | %g | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n",
	       p->fair, p->policy, 100 * (p->policy / p->fair - 1), p->spread, c->step, c->plain, c->covered,
	       c->equal_plain, c->equal, c->passes, c->shown, c->wrong);
}

/* A step of more than the margin shows no equality; one of more than the threshold passes no gate. An
 * interpolated one differs from run to run, so it must be so on average. */
static void check(const struct pace *p, unsigned runs)
{
	struct counts_of_steps c = count_runs(p, runs);

	ok(c.covered >= 94.5 - 300 * standard_error(0.95, runs),
	   "%g -> %g: the interval covers the truth (%.1f %%)", p->fair, p->policy, c.covered);
	if (c.step > 100 * VERDICT_MARGIN)
		ok(c.equal == 0, "%g -> %g: never equivalent", p->fair, p->policy);
	if (c.step > 100 * THRESHOLD)
		ok(c.passes == 0, "%g -> %g: never a pass", p->fair, p->policy);
}

int main(int argc, char **argv)
{
	bool all = argc > 1 && !strcmp(argv[1], "all");

	begin(1, argv);
	for (size_t i = 0; i < sizeof(paces) / sizeof(*paces); i++) {
		struct counts_of_steps c;

		if (!all) {
			check(&paces[i], 400);
			continue;
		}
		c = count_runs(&paces[i], 2000);
		put_row(&paces[i], &c);
	}
	return all ? 0 : end();
}
