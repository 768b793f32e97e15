/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns of a bisection, looked at after every block: how often a side is named that a mean of 0 is not on,
 * and how often a whole bisection of 64 commits, one of which made a workload 5 % slower, names another one.
 */
#include "simulate.h"
#include "judge/turns.h"
#include "stats/anytime.h"

#define COMMITS 64
#define SLOWER 1.05
#define LEVEL 0.05
#define LOOKS 300

/* The side that some look names. */
static int any_side(unsigned kind, double level)
{
	double d[LOOKS];
	int side = 0;

	for (size_t n = 0; n < LOOKS && !side; n++) {
		d[n] = sample_of(kind) - (sample_of(kind) + sample_of(kind)) / 2;
		side = stats_side(d, n + 1, level);
	}
	return side;
}

static void sides(unsigned kind, double level, unsigned runs)
{
	unsigned above = 0, below = 0;
	/* Where the mean is far from the median, it takes more to know it. */
	double most = kind == SKEWED || kind == STALLS ? 2 * level : level,
	       bar = most + 3 * standard_error(most, runs);

	for (unsigned r = 0; r < runs; r++) {
		int side = any_side(kind, level);

		above += side > 0;
		below += side < 0;
	}
	ok((double)above / runs <= bar && (double)below / runs <= bar,
	   "%s: of a mean of 0 some of %d looks at level %g %% say above in %.2f %%, below in %.2f %% (%u runs)",
	   kind_name(kind), LOOKS, 100 * level, 100.0 * above / runs, 100.0 * below / runs, runs);
}

struct tally {
	unsigned wrong, undecided, blocks;
};

/* Takes blocks until the turn is known. */
static enum turn turn_of(unsigned kind, double ratio, double level, unsigned *blocks)
{
	double value[3][TURNS_BLOCKS];
	const double *v[3] = { value[0], value[1], value[2] }, truth[3] = { 1, SLOWER, ratio };
	enum turn turn = TURN_OPEN;
	size_t n;

	for (n = 0; n < TURNS_BLOCKS && turn == TURN_OPEN; n++) {
		double block = exp(gsl_ran_gaussian_ziggurat(rng, 0.1));

		for (int arm = 0; arm < 3; arm++)
			value[arm][n] = block * truth[arm] * exp(sample_of(kind));
		turn = turns_take(&(struct turn_values){ v[0], v[1], v[2], n + 1 }, 1, level);
	}
	*blocks += (unsigned)n;
	return turn;
}

static void bisection(unsigned kind, struct tally *t)
{
	unsigned first = 1 + (unsigned)gsl_rng_uniform_int(rng, COMMITS), low = 0, high = COMMITS, nth = 0,
		 most = turns_most(COMMITS);

	while (high - low > 1) {
		unsigned mid = (low + high) / 2;
		enum turn turn = turn_of(kind, mid >= first ? SLOWER : 1,
					 turns_level(TURNS_RISK, most, ++nth), &t->blocks);

		if (turn == TURN_OPEN) {
			t->undecided++;
			return;
		}
		*(turn == TURN_BAD ? &high : &low) = mid;
	}
	t->wrong += high != first;
}

static void bisections(unsigned kind, unsigned runs)
{
	struct tally t = { 0 };

	for (unsigned r = 0; r < runs; r++)
		bisection(kind, &t);
	ok((double)t.wrong / runs <= TURNS_RISK + 3 * standard_error(TURNS_RISK, runs),
	   "%s: of %u bisections of %d commits %.2f %% name a wrong one, %.2f %% none; %.1f blocks a bisection",
	   kind_name(kind), runs, COMMITS, 100.0 * t.wrong / runs, 100.0 * t.undecided / runs,
	   (double)t.blocks / runs);
}

int main(int argc, char **argv)
{
	unsigned times = begin(argc, argv);

	for (unsigned kind = 0; kind < NR_KINDS; kind++) {
		sides(kind, LEVEL, 1000 * times);
		sides(kind, LEVEL / 8, 1000 * times);
	}
	for (unsigned kind = 0; kind < NR_KINDS; kind++)
		bisections(kind, 150 * times);
	return end();
}
