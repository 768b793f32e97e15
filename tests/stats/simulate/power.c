/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a family of m comparisons costs: how often one policy that differs is found, how often one is found
 * where none differs, and whether the blocks that are said to decide do. All policies of a workload share
 * fair's samples.
 */
#include <string.h>
#include "judged.h"
#include "simulate.h"

#define MOST 400
#define FAMILY 20
#define A_WORKLOAD 5

static const size_t sizes[] = { 6, 8, 10, 15, 20, 30, 50 };
static const unsigned families[] = { 1, 5, 20 };
#define NR(a) (sizeof(a) / sizeof(*(a)))

struct question {
	enum noise noise;
	double sd, effect; /* of a sample, of the first comparison: parts of 1 */
	unsigned family;
	size_t n;
};

/* One run: all comparisons of the family, judged. */
static void ask(const struct question *q, struct judgement *j)
{
	struct judgement *family[FAMILY] = { 0 };
	double fair[MOST] = { 0 }, policy[MOST];

	for (unsigned k = 0; k < q->family; k++) {
		for (size_t i = 0; i < q->n; i++) {
			if (k % A_WORKLOAD == 0)
				fair[i] = exp(q->sd * draw(q->noise));
			policy[i] = exp(q->sd * draw(q->noise) + (k ? 0 : log1p(q->effect)));
		}
		j[k] = measured(policy, fair, q->n, 0);
		family[k] = &j[k];
	}
	judge_family(family, q->family);
}

static bool differs(const struct judgement *j)
{
	return j->verdict == VERDICT_BETTER || j->verdict == VERDICT_WORSE;
}

/* In % of runs the first comparison is found to differ; any: one of the others. */
static double found(const struct question *q, bool any, unsigned runs)
{
	struct judgement j[FAMILY];
	unsigned n = 0;

	for (unsigned r = 0; r < runs; r++) {
		bool one = false;

		ask(q, j);
		for (unsigned k = 0; k < (any ? q->family : 1); k++)
			one |= differs(&j[k]);
		n += one;
	}
	return 100.0 * n / runs;
}

struct foretold {
	unsigned told, decides; /* runs that name a number of blocks; of these, those that it decides */
	double blocks;		/* that are named, on average */
};

/* A fresh run of as many blocks as an undecided one asks for. */
static struct foretold foretell(const struct question *q, unsigned runs)
{
	struct foretold f = { 0 };

	for (unsigned r = 0; r < runs; r++) {
		struct judgement j[FAMILY];
		struct question again = *q;

		ask(q, j);
		if (j[0].reason != REASON_BLOCKS || !j[0].needed || j[0].needed > MOST)
			continue;
		again.n = j[0].needed;
		f.told++;
		f.blocks += again.n;
		ask(&again, j);
		f.decides += differs(&j[0]) || j[0].verdict == VERDICT_EQUIVALENT;
	}
	f.blocks /= f.told;
	return f;
}

static void put_power(enum noise noise, double sd, double effect)
{
	for (size_t f = 0; f < NR(families); f++) {
		printf("| %.0f %%, %.0f %% | %u |", 100 * sd, 100 * effect, families[f]);
		for (size_t i = 0; i < NR(sizes); i++)
			printf(" %.0f |",
			       found(&(struct question){ noise, sd, effect, families[f], sizes[i] }, false,
				     1000));
		printf("\n");
		fflush(stdout);
	}
}

static void put_false(enum noise noise)
{
	for (size_t f = 0; f < NR(families); f++) {
		printf("| %s | %u |", noise_name[noise], families[f]);
		for (size_t i = 0; i < NR(sizes); i++)
			printf(" %.1f |", found(&(struct question){ noise, 0.02, 0, families[f], sizes[i] },
						true, 2000));
		printf("\n");
		fflush(stdout);
	}
}

static void put_foretold(unsigned family, double effect)
{
	printf("| %u | %.0f %% |", family, 100 * effect);
	for (size_t i = 0; i < 5; i++) {
		struct foretold f =
			foretell(&(struct question){ NORMAL, 0.02, effect, family, sizes[i] }, 500);

		printf(" %.0f: %.0f |", f.blocks, 100.0 * f.decides / f.told);
	}
	printf("\n");
	fflush(stdout);
}

static void table(void)
{
	static const double effects[][2] = { { 0.01, 0.02 }, { 0.01, 0.03 }, { 0.02, 0.01 }, { 0.02, 0.02 },
					     { 0.02, 0.03 }, { 0.02, 0.05 }, { 0.01, 2 } };

	for (size_t i = 0; i < NR(effects); i++)
		put_power(NORMAL, effects[i][0], effects[i][1]);
	for (enum noise noise = 0; noise < NR_NOISE; noise++)
		put_false(noise);
	for (size_t f = 0; f < NR(families); f++)
		for (int effect = 0; effect <= 3; effect++)
			put_foretold(families[f], effect / 100.0);
}

static void check_false(enum noise noise, size_t n)
{
	const unsigned runs = 300;
	double wrong = found(&(struct question){ noise, 0.02, 0, FAMILY, n }, true, runs);

	ok(wrong <= 5 + 300 * standard_error(0.05, runs),
	   "%s noise, n = %zu, a family of %d: %.1f %% have a false verdict", noise_name[noise], n, FAMILY,
	   wrong);
}

int main(int argc, char **argv)
{
	struct foretold f;
	double huge;

	begin(1, argv);
	if (argc > 1 && !strcmp(argv[1], "all")) {
		table();
		return 0;
	}
	for (enum noise noise = 0; noise < NR_NOISE; noise++)
		check_false(noise, 8);
	huge = found(&(struct question){ NORMAL, 0.01, 2, FAMILY, 6 }, false, 100);
	ok(huge == 100, "three times as slow is found in 6 blocks, in a family of %d (%.0f %%)", FAMILY,
	   huge);
	f = foretell(&(struct question){ NORMAL, 0.02, 0.03, FAMILY, 8 }, 200);
	ok(f.decides > 0.6 * f.told,
	   "3 %% at 2 %% noise, n = 8: %.0f blocks are foretold, and decide in %.0f %%", f.blocks,
	   100.0 * f.decides / f.told);
	return end();
}
