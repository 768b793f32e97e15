/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lost samples of simulated nights: changes of their share that are none, and how soon one that is one is
 * found. */
#include "simulate.h"
#include <stdint.h>
#include "stats/counts.h"

#define BLOCKS 15
#define LONG 1000
#define STEADY 60
#define LATER 28

/* Each sample is lost by itself with a probability; and in a share of nights all are. */
struct losses {
	double alone, nights;
};

static struct count night_of(const struct losses *l)
{
	struct count c = { 0, BLOCKS };

	if (gsl_rng_uniform(rng) < l->nights)
		c.k = BLOCKS;
	else
		c.k = gsl_ran_binomial(rng, l->alone, BLOCKS);
	return c;
}

static void false_changes(struct losses l, unsigned histories)
{
	struct count x[LONG];
	double points = 0, rate;

	for (unsigned h = 0; h < histories; h++) {
		struct count_change *change;

		for (unsigned i = 0; i < LONG; i++)
			x[i] = night_of(&l);
		points += (double)stats_count_changes(x, LONG, &change);
		free(change);
	}
	rate = points / histories;
	ok(rate <= 1 + 3 / sqrt(histories),
	   "%g %% of samples and %g %% of nights are lost: %.2f false changes in 1,000 nights (s.e. %.2f)",
	   100 * l.alone, 100 * l.nights, rate, sqrt(rate / histories));
}

/* The share of histories in which it is seen by that night after the change. */
static double found_by(const size_t *seen, unsigned histories, size_t night)
{
	unsigned found = 0;

	for (unsigned h = 0; h < histories; h++)
		found += seen[h] < STEADY + night;
	return 100.0 * found / histories;
}

static void found(struct losses before, struct losses after, unsigned histories)
{
	size_t *seen = calloc(histories, sizeof(*seen));
	struct count x[STEADY + LATER];

	for (unsigned h = 0; h < histories; h++) {
		struct count_change *change;
		size_t nr;

		for (unsigned i = 0; i < STEADY + LATER; i++)
			x[i] = night_of(i < STEADY ? &before : &after);
		nr = stats_count_changes(x, STEADY + LATER, &change);
		seen[h] = SIZE_MAX;
		for (size_t i = nr; i--;)
			if (change[i].seen >= STEADY)
				seen[h] = change[i].seen;
		free(change);
	}
	printf("# from %g to %g %% of samples, %g %% of nights: found within 3, 7, 14, 28 nights: %.1f, %.1f, %.1f, %.1f %%\n",
	       100 * before.alone, 100 * after.alone, 100 * after.nights, found_by(seen, histories, 3),
	       found_by(seen, histories, 7), found_by(seen, histories, 14), found_by(seen, histories, 28));
	if (after.alone >= 0.1 && before.alone == 0)
		ok(found_by(seen, histories, 7) >= 90,
		   "from none to one sample in ten is found within a week");
	free(seen);
}

int main(int argc, char **argv)
{
	unsigned times = begin(argc, argv);

	for (int i = 0; i < 4; i++) {
		static const double alone[] = { 0, 0.005, 0.02, 0.1 };

		false_changes((struct losses){ alone[i], 0 }, 20 * times);
		false_changes((struct losses){ alone[i], 0.02 }, 20 * times);
		false_changes((struct losses){ alone[i], 0.1 }, 20 * times);
	}
	found((struct losses){ 0, 0 }, (struct losses){ 0.02, 0 }, 200 * times);
	found((struct losses){ 0, 0 }, (struct losses){ 0.05, 0 }, 200 * times);
	found((struct losses){ 0, 0 }, (struct losses){ 0.1, 0 }, 200 * times);
	found((struct losses){ 0.02, 0 }, (struct losses){ 0.1, 0 }, 200 * times);
	found((struct losses){ 0, 0 }, (struct losses){ 0, 0.5 }, 200 * times);
	found((struct losses){ 0.1, 0 }, (struct losses){ 0, 0 }, 200 * times);
	return end();
}
