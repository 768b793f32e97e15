/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How often stats_changes() finds a step that is there, and one that is not, as the nights come. Seeded, so
 * every number is the same every time. With arguments, the table of harness/stats/README.md: change all
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include "stats/change.h"

#define NIGHTS 1000
#define STEADY 250 /* nights before the step */
#define NR(a) (sizeof(a) / sizeof(*(a)))

struct noise {
	const char *name;
	double (*next)(gsl_rng *rng,
		       double before); /* standard deviation 1, but for what is wild on purpose */
};

static double normal(gsl_rng *rng, double before)
{
	(void)before;
	return gsl_ran_ugaussian(rng);
}

static double heavy(gsl_rng *rng, double before)
{
	(void)before;
	return gsl_ran_tdist(rng, 3) / sqrt(3);
}

static double skewed(gsl_rng *rng, double before)
{
	(void)before;
	return gsl_ran_exponential(rng, 1);
}

static double wild(gsl_rng *rng, double before)
{
	(void)before;
	return gsl_ran_ugaussian(rng) * (gsl_rng_uniform(rng) < 0.05 ? 8 : 1);
}

static double coarse(gsl_rng *rng, double before)
{
	(void)before;
	return round(gsl_ran_ugaussian(rng));
}

static double correlated(gsl_rng *rng, double before)
{
	return 0.2 * before + sqrt(1 - 0.2 * 0.2) * gsl_ran_ugaussian(rng);
}

static double sluggish(gsl_rng *rng, double before)
{
	return 0.5 * before + sqrt(1 - 0.5 * 0.5) * gsl_ran_ugaussian(rng);
}

static const struct noise noises[] = {
	{ "normal", normal },
	{ "Student's t, 3 degrees of freedom", heavy },
	{ "exponential", skewed },
	{ "normal, one night in 20 eight times as wild", wild },
	{ "normal, rounded to whole standard deviations", coarse },
	{ "normal, autocorrelation 0.2", correlated },
	{ "normal, autocorrelation 0.5", sluggish },
};

/* Nights around 100 with a noise of 1 %; from "at" on by "step" higher. As logs, as the history has them. */
static void draw(gsl_rng *rng, const struct noise *noise, double *x, size_t n)
{
	double e = 0;

	for (size_t i = 0; i < n; i++) {
		e = noise->next(rng, e);
		x[i] = log(100) + 0.01 * e;
	}
}

static double false_points(gsl_rng *rng, const struct noise *noise, unsigned series)
{
	double x[NIGHTS];
	size_t points = 0;

	for (unsigned i = 0; i < series; i++) {
		struct change *change;

		draw(rng, noise, x, NIGHTS);
		points += stats_changes(x, NIGHTS, 0, &change);
		free(change);
	}
	return (double)points / series;
}

/* What is to be found, and what was: shares of the histories. */
struct step {
	double size;	 /* 0.05: 5 % */
	size_t steady;	 /* nights before it */
	size_t nights;	 /* of the new level in which it is to be found */
	double found;	 /* in that many */
	double one_more; /* in one more: that many nights after the first on the new level */
	double covered;	 /* of those found: the step is within low .. high */
};

static void find_steps(gsl_rng *rng, const struct noise *noise, struct step *s, unsigned histories)
{
	size_t n = s->steady + s->nights + 1;
	double *x = calloc(n, sizeof(*x));
	unsigned found = 0, one_more = 0, covered = 0;

	for (unsigned i = 0; i < histories; i++) {
		struct change *c;
		size_t nr, k = 0;

		draw(rng, noise, x, n);
		for (size_t night = s->steady; night < n; night++)
			x[night] += log(1 + s->size);
		nr = stats_changes(x, n, 0, &c);
		while (k < nr && c[k].seen < s->steady)
			k++;
		one_more += k < nr;
		found += k < nr && c[k].seen < n - 1;
		covered += k < nr && c[k].low <= s->steady && s->steady <= c[k].high;
		free(c);
	}
	s->found = (double)found / histories;
	s->one_more = (double)one_more / histories;
	s->covered = (double)covered / one_more;
	free(x);
}

static void table(gsl_rng *rng)
{
	static const size_t steady[] = { 15, 30, 60, 120, STEADY };

	for (size_t i = 0; i < NR(noises); i++) {
		printf("| %s | %.2f |", noises[i].name, false_points(rng, &noises[i], 1000));
		for (size_t k = 0; k < NR(steady); k++) {
			struct step five = { .size = 0.05, .steady = steady[k], .nights = 3 };
			struct step two = { .size = 0.02, .steady = steady[k], .nights = 7 };

			find_steps(rng, &noises[i], &five, 4000);
			find_steps(rng, &noises[i], &two, 4000);
			printf(" %.1f (%.1f), %.1f (%.1f) |", 100 * five.found, 100 * five.one_more,
			       100 * two.found, 100 * two.one_more);
			if (!i)
				fprintf(stderr, "%zu: covered %.3f %.3f\n", steady[k], five.covered,
					two.covered);
		}
		putchar('\n');
		fflush(stdout);
	}
}

static int report(int number, bool holds, const char *what, double measured)
{
	printf("%sok %d - %s: %.3f\n", holds ? "" : "not ", number, what, measured);
	return !holds;
}

int main(int argc, char **argv)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	struct step five = { .size = 0.05, .steady = STEADY, .nights = 3 };
	struct step two = { .size = 0.02, .steady = STEADY, .nights = 7 };
	int failed = 0;
	double points;

	gsl_rng_set(rng, 4);
	if (argc > 1 && !strcmp(argv[1], "all")) {
		table(rng);
		return 0;
	}
	points = false_points(rng, &noises[0], 1000);
	find_steps(rng, &noises[0], &five, 1000);
	find_steps(rng, &noises[0], &two, 4000);
	failed += report(1, points <= 1, "at most 1 false point in 1,000 nights", points);
	failed += report(2, five.found >= 0.95, "95 % of 5 % steps found within 3 nights", five.found);
	failed += report(3, two.found >= 0.95, "95 % of 2 % steps found within 7 nights", two.found);
	failed +=
		report(4, two.covered >= 0.9, "low to high hold the night of 90 % of 2 % steps", two.covered);
	printf("# standard error of the first three: %.3f, %.3f, %.3f\n", sqrt(points / 1000),
	       sqrt(five.found * (1 - five.found) / 1000), sqrt(two.found * (1 - two.found) / 4000));
	puts("1..4");
	gsl_rng_free(rng);
	return failed > 0;
}
