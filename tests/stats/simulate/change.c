/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How often stats_changes() finds a step that is there, and one that is not, as the nights come. Seeded, so
 * every number is the same every time. With arguments, the table of harness/stats/README.md: change all
 */
#include "nights.h"

#define NIGHTS 1000
#define STEADY 250 /* nights before the step */
static double false_points(gsl_rng *rng, const struct noise *noise, unsigned series)
{
	double x[NIGHTS];
	size_t points = 0;

	for (unsigned i = 0; i < series; i++) {
		struct change *change;

		draw_nights(rng, noise, x, NIGHTS);
		points += stats_changes(x, NIGHTS, SMALLEST, &change);
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
	double right;	 /* and it is "at" */
	double length;	 /* nights from low to high */
};

static void find_steps(gsl_rng *rng, const struct noise *noise, struct step *s, unsigned histories)
{
	size_t n = s->steady + s->nights + 1;
	double *x = calloc(n, sizeof(*x));
	unsigned found = 0, one_more = 0, covered = 0, right = 0, length = 0;

	for (unsigned i = 0; i < histories; i++) {
		struct change *c;
		size_t nr, k = 0;

		draw_nights(rng, noise, x, n);
		for (size_t night = s->steady; night < n; night++)
			x[night] += log(1 + s->size);
		nr = stats_changes(x, n, SMALLEST, &c);
		while (k < nr && c[k].seen < s->steady)
			k++;
		one_more += k < nr;
		found += k < nr && c[k].seen < n - 1;
		covered += k < nr && c[k].low <= s->steady && s->steady <= c[k].high;
		right += k < nr && c[k].at == s->steady;
		length += k < nr ? (unsigned)(c[k].high + 1 - c[k].low) : 0;
		free(c);
	}
	s->found = (double)found / histories;
	s->one_more = (double)one_more / histories;
	s->covered = (double)covered / one_more;
	s->right = (double)right / one_more;
	s->length = (double)length / one_more;
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
			if (!i && steady[k] == STEADY)
				fprintf(stderr, "place: %.3f %.3f %.2f, %.3f %.3f %.2f\n", five.covered,
					five.right, five.length, two.covered, two.right, two.length);
		}
		putchar('\n');
		fflush(stdout);
	}
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
