/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether stats_changes() takes an incident for one, a change for one, and how often chance makes either.
 * Seeded, so every number is the same every time. With arguments, the table of harness/stats/README.md:
 * incidents all
 */
#include "nights.h"

#define STEADY 60  /* nights before what happens */
#define NIGHTS 200 /* in all */
#define LONG 1000  /* nights in which nothing happens */

/* By chance, in 1,000 nights. */
struct chance {
	double levels, small, incidents; /* small: levels less than SMALLEST away from the one before */
};

static struct chance by_chance(gsl_rng *rng, const struct noise *noise, unsigned series)
{
	struct chance found = { 0 };
	double x[LONG];

	for (unsigned i = 0; i < series; i++) {
		struct change *c;
		size_t nr;

		draw_nights(rng, noise, x, LONG);
		nr = stats_changes(x, LONG, SMALLEST, &c);
		for (size_t k = 0; k < nr; k++) {
			bool level = c[k].kind == CHANGE_LEVEL;

			found.levels += (double)level / series;
			found.small += (double)(level && fabs(c[k].after - c[k].before) < SMALLEST) / series;
			found.incidents += (double)!level / series;
		}
		free(c);
	}
	return found;
}

/* Shares of the histories. */
struct found {
	double incident; /* one that lies within the nights of it */
	double exact;	 /* of just its nights */
	double level;	 /* a change of level within 3 nights of its first one */
};

static void count_points(struct found *f, const struct change *c, size_t nr, size_t end)
{
	bool incident = false, exact = false, level = false;

	for (size_t k = 0; k < nr; k++) {
		incident |= c[k].kind == CHANGE_INCIDENT && c[k].at >= STEADY - 1 && c[k].until <= end;
		exact |= c[k].kind == CHANGE_INCIDENT && c[k].at == STEADY && c[k].until == end - 1;
		level |= c[k].kind == CHANGE_LEVEL && c[k].at + 3 >= STEADY && c[k].at <= STEADY + 3;
	}
	f->incident += incident;
	f->exact += exact;
	f->level += level;
}

/* "size" higher from STEADY to before "end". */
static struct found find(gsl_rng *rng, const struct noise *noise, double size, size_t end)
{
	const unsigned histories = 2000;
	struct found f = { 0 };
	double x[NIGHTS];

	for (unsigned i = 0; i < histories; i++) {
		struct change *c;
		size_t nr;

		draw_nights(rng, noise, x, NIGHTS);
		for (size_t k = STEADY; k < end; k++)
			x[k] += log(1 + size);
		nr = stats_changes(x, NIGHTS, SMALLEST, &c);
		count_points(&f, c, nr, end);
		free(c);
	}
	return (struct found){ f.incident / histories, f.exact / histories, f.level / histories };
}

static void table(gsl_rng *rng)
{
	for (size_t i = 0; i < NR(noises); i++) {
		struct chance chance = by_chance(rng, &noises[i], 1000);
		struct found three = find(rng, &noises[i], 0.1, STEADY + 3);
		struct found five = find(rng, &noises[i], 0.1, STEADY + 5);
		struct found two = find(rng, &noises[i], 0.02, NIGHTS);

		printf("| %s | %.2f | %.2f | %.2f | %.1f, %.1f | %.1f, %.1f | %.1f |\n", noises[i].name,
		       chance.levels, chance.small, chance.incidents, 100 * three.incident, 100 * three.exact,
		       100 * five.incident, 100 * five.exact, 100 * two.level);
		fflush(stdout);
	}
}

int main(int argc, char **argv)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	struct chance chance;
	struct found three, five, two;
	int failed = 0;

	gsl_rng_set(rng, 5);
	if (argc > 1 && !strcmp(argv[1], "all")) {
		table(rng);
		return 0;
	}
	chance = by_chance(rng, &noises[0], 1000);
	three = find(rng, &noises[0], 0.1, STEADY + 3);
	five = find(rng, &noises[0], 0.1, STEADY + 5);
	two = find(rng, &noises[0], 0.02, NIGHTS);
	failed += report(1, chance.levels <= 0.1, "at most 0.1 false levels in 1,000 nights", chance.levels);
	failed += report(2, chance.small <= 0.02, "hardly any of less than 0.5 %", chance.small);
	failed += report(3, three.incident >= 0.98, "98 % of incidents of 3 nights in their place",
			 three.incident);
	failed += report(4, five.incident >= 0.98, "98 % of incidents of 5 nights in their place",
			 five.incident);
	failed += report(5, two.level >= 0.9, "90 % of 2 % steps stay changes, within 3 nights", two.level);
	puts("1..5");
	gsl_rng_free(rng);
	return failed > 0;
}
