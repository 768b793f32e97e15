/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples that are not independent: ratios that resemble the one before, and policies that slow the sample
 * after them. No policy differs from fair, so every verdict of a difference is false.
 */
#include <string.h>
#include "run.h"

static char *arms[] = { (char *)"fair", (char *)"a", (char *)"b", (char *)"c", (char *)"d", NULL };
static char *work[] = { (char *)"build", NULL };

struct world {
	double rho, carry; /* of the first policy's log values; what it adds to the sample after it */
	double state, common;
	unsigned block;
};

struct outcome {
	double covered, wrong, equal, width; /* of the first policy: in %; of the interval in % */
	double log, squares;		     /* of the ratio: its mean and mean square */
	double removed, inflated;	     /* carry-over is removed, dependence widens: in % of runs */
};

/* A block's common noise leaves nothing but the chain in the ratio. */
static double chained(struct world *w, const struct plan_item *item)
{
	if (item->block != w->block)
		w->common = 0.01 * draw(NORMAL);
	w->block = item->block;
	if (item->policy != 1)
		return w->common;
	w->state = w->rho * w->state + sqrt(1 - w->rho * w->rho) * 0.02 * draw(NORMAL);
	return w->common + w->state;
}

static double value_of(void *ctx, const struct plan_item *item, int before)
{
	struct world *w = ctx;
	double log = w->rho > 0 ? chained(w, item) : 0.01 * draw(NORMAL);

	return 10 * exp(log + (before == 1 ? log1p(w->carry) : 0));
}

static void count_run(struct synthetic *s, struct outcome *o)
{
	struct compare c;
	const struct judgement *j;

	synthetic_make(s, &c);
	j = &compare_cell(&c, 0, 1)->judgement;
	o->covered += j->effect.low <= 1 && 1 <= j->effect.high;
	o->wrong += says_different(j->verdict);
	o->equal += j->verdict == VERDICT_EQUIVALENT;
	o->width += j->effect.high / j->effect.low - 1;
	o->log += log(j->effect.ratio);
	o->squares += log(j->effect.ratio) * log(j->effect.ratio);
	o->removed += j->carried > 1;
	o->inflated += j->inflation > 1;
	synthetic_free(s, &c);
}

static struct outcome count_runs(const struct world *given, unsigned policies, unsigned blocks, unsigned runs)
{
	struct world w = *given;
	struct outcome o = { 0 };
	char *names[sizeof(arms) / sizeof(*arms)];
	struct synthetic s = {
		.value = value_of, .ctx = &w, .policies = names, .workloads = work, .blocks = blocks
	};

	memcpy(names, arms, sizeof(arms));
	names[policies] = NULL;
	for (unsigned r = 0; r < runs; r++) {
		w.state = 0.02 * draw(NORMAL);
		count_run(&s, &o);
	}
	for (double *sum = &o.covered; sum <= &o.inflated; sum++)
		*sum *= 100.0 / runs;
	return o;
}

static void put_row(const struct world *w, unsigned policies, unsigned blocks, unsigned runs)
{
	struct outcome o = count_runs(w, policies, blocks, runs);
	double mean = o.log / 100;

	if (w->rho > 0)
		printf("| autocorrelation %.1f", w->rho);
	else
		printf("| carry-over %.0f %%", 100 * w->carry);
	printf(" | %u | %u | %.1f | %.1f | %.1f | %+.2f | %.2f | %.2f | %.0f | %.0f |\n", policies, blocks,
	       o.covered, o.wrong, o.equal, 100 * mean, 100 * sqrt(o.squares / 100 - mean * mean), o.width,
	       o.removed, o.inflated);
	fflush(stdout);
}

static void table(unsigned runs)
{
	static const double rhos[] = { 0.2, 0.5, 0.8 }, carries[] = { 0, 0.02, 0.05 };
	static const unsigned policies[] = { 2, 3, 5 };

	for (unsigned blocks = 15; blocks <= 60; blocks *= 2)
		for (size_t i = 0; i < 3; i++)
			put_row(&(struct world){ .rho = rhos[i] }, 2, blocks, runs);
	for (size_t i = 0; i < 3; i++)
		for (size_t p = 0; p < 3; p++)
			for (unsigned blocks = 15; blocks <= 30; blocks *= 2)
				put_row(&(struct world){ .carry = carries[i] }, policies[p], blocks, runs);
}

static void check(const struct world *w, unsigned policies, double least)
{
	const unsigned runs = 300;
	struct outcome o = count_runs(w, policies, 15, runs);

	ok(o.covered >= least - 300 * standard_error(least / 100, runs),
	   "autocorrelation %.1f, carry-over %.0f %%, %u policies: coverage %.1f %%, at least %.0f %%",
	   w->rho, 100 * w->carry, policies, o.covered, least);
}

int main(int argc, char **argv)
{
	begin(1, argv);
	if (argc > 1 && !strcmp(argv[1], "all")) {
		table(argc > 2 ? (unsigned)atoi(argv[2]) : 4000);
		return 0;
	}
	check(&(struct world){ 0 }, 2, 95);
	check(&(struct world){ .carry = 0.02 }, 2, 90);
	check(&(struct world){ .carry = 0.02 }, 3, 90);
	check(&(struct world){ .carry = 0.02 }, 5, 90);
	return end();
}
