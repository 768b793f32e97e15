/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looks at a run that goes on: how often the interval leaves the truth out at some look, with 60 blocks and
 * with the most that a run may have, how much wider it is than that of a fixed n, and whether a run that ends
 * by its precision is biased.
 */
#include "simulate.h"
#include "stats/ranks.h"
#include "stats/sequence.h"

#define USUAL 60
#define OPEN 200 /* blocks at most of a run that ends by its precision */
#define TRUTH 0.02
#define HELD 0.94 /* of 95 %: to end when the noise looks small costs a little, by whichever interval */

static double pair_of(unsigned kind, double truth)
{
	return truth + sample_of(kind) - sample_of(kind);
}

/* The k of each n, once. */
static size_t *criticals(bool fixed)
{
	static size_t k[2][SEQUENCE_LAST + 1];

	for (size_t n = STATS_MIN_PAIRS; !k[fixed][SEQUENCE_LAST] && n <= SEQUENCE_LAST; n++)
		k[fixed][n] = signed_rank_critical(n, fixed ? 0.025 : sequence_level(n) / 2);
	return k[fixed];
}

/* What one run has shown so far, of a truth of 0. */
struct looks {
	double d[SEQUENCE_LAST];
	size_t n, above, below; /* Walsh averages */
};

/* Adds a pair. Averages are counted, which is faster than to sort them at each look. */
static void take_pair(struct looks *l, double value)
{
	l->d[l->n++] = value;
	for (size_t i = 0; i < l->n; i++) {
		l->above += l->d[i] + value > 0;
		l->below += l->d[i] + value < 0;
	}
}

static bool leaves_out(const struct looks *l, const size_t *k)
{
	struct sequence s;

	if (k[l->n])
		return l->above < k[l->n] || l->below < k[l->n];
	s = stats_sequence(l->d, l->n);
	return s.low > 0 || s.high < 0;
}

/* The first look that leaves the truth out; 0: none does. */
static size_t first_wrong(unsigned kind, bool fixed)
{
	const size_t *k = criticals(fixed);
	static struct looks l;

	l.n = l.above = l.below = 0;
	while (l.n < SEQUENCE_LAST) {
		take_pair(&l, pair_of(kind, 0));
		if (l.n >= STATS_MIN_PAIRS && leaves_out(&l, k))
			return l.n;
	}
	return 0;
}

static void all_looks(unsigned kind, unsigned runs)
{
	double bar = 0.05 + 3 * standard_error(0.05, runs);
	unsigned wrong[2] = { 0 }, usual[2] = { 0 };

	for (unsigned r = 0; r < runs; r++)
		for (int fixed = 0; fixed < 2; fixed++) {
			size_t n = first_wrong(kind, fixed);

			wrong[fixed] += n > 0;
			usual[fixed] += n && n <= USUAL;
		}
	printf("# %s: fixed n, looked at so: %.1f %% by %d blocks, %.1f %% by %d\n", kind_name(kind),
	       100.0 * usual[1] / runs, USUAL, 100.0 * wrong[1] / runs, SEQUENCE_LAST);
	ok((double)wrong[0] / runs <= bar,
	   "%s: some look leaves the truth out in %.2f %% by %d blocks, %.2f %% by %d (%u runs, 3 s.e. %.2f %%)",
	   kind_name(kind), 100.0 * usual[0] / runs, USUAL, 100.0 * wrong[0] / runs, SEQUENCE_LAST, runs,
	   300 * standard_error(0.05, runs));
}

static double width_at(size_t n, unsigned runs)
{
	double of_look = 0, of_fixed = 0, d[SEQUENCE_LAST];

	for (unsigned r = 0; r < runs; r++) {
		struct shift fixed;
		struct sequence s;
		double zero[SEQUENCE_LAST] = { 0 };

		for (size_t i = 0; i < n; i++)
			d[i] = pair_of(NORMAL, 0);
		stats_shift(d, zero, NULL, n, &fixed);
		s = stats_sequence(d, n);
		of_look += s.high - s.low;
		of_fixed += fixed.high - fixed.low;
	}
	return of_look / of_fixed;
}

static void widths(unsigned runs)
{
	static const size_t at[] = { 6, 8, 10, 12, 15, 20, 30, 40, 60, 100, 200 };
	double wide;

	printf("# times as wide as a fixed n, normal noise:");
	for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++)
		printf(" %zu: %.2f", at[i], width_at(at[i], runs));
	wide = width_at(30, 4 * runs);
	printf("\n");
	ok(wide <= 1.5, "with 30 blocks the interval is %.3f times as wide as that of a fixed n", wide);
}

/* Of the ratio, by the looks or by an interval of fixed n. */
static double half_width(const double *d, size_t n, bool fixed)
{
	const double zero[OPEN] = { 0 };
	struct sequence s;
	struct shift shift;

	if (!fixed) {
		s = stats_sequence(d, n);
		return (exp(s.high) - exp(s.low)) / 2;
	}
	stats_shift(d, zero, NULL, n, &shift);
	return (exp(shift.high) - exp(shift.low)) / 2;
}

/* A run that ends when its interval is narrow. */
struct ending {
	unsigned kind;
	double precision;
	bool fixed;
};

/* Takes blocks until then; true if the interval of fixed n, which is shown in the end, has the truth. */
static bool ended_run(const struct ending *e, size_t *blocks)
{
	double d[OPEN], zero[OPEN] = { 0 };
	struct shift shown;
	size_t n = 0;

	do
		d[n++] = pair_of(e->kind, TRUTH);
	while (n < OPEN && !(half_width(d, n, e->fixed) <= e->precision));
	stats_shift(d, zero, NULL, n, &shown);
	*blocks += n;
	return shown.low <= TRUTH && TRUTH <= shown.high;
}

static double held(const struct ending *e, unsigned runs, double *blocks)
{
	unsigned hold = 0;
	size_t taken = 0;

	for (unsigned r = 0; r < runs; r++)
		hold += ended_run(e, &taken);
	*blocks = (double)taken / runs;
	return (double)hold / runs;
}

static void precisely(unsigned kind, double precision, unsigned runs)
{
	double error = 3 * standard_error(0.05, runs), blocks, before,
	       by_fixed = held(&(struct ending){ kind, precision, true }, runs, &before),
	       share = held(&(struct ending){ kind, precision, false }, runs, &blocks);

	printf("# by intervals of fixed n: %.1f %%, after %.1f blocks\n", 100 * by_fixed, before);
	ok(share + error >= HELD, "%s, --precision %g%%: %.1f %% hold (3 s.e. %.1f %%), after %.1f blocks",
	   kind_name(kind), 100 * precision, 100 * share, 100 * error, blocks);
}

int main(int argc, char **argv)
{
	unsigned times = begin(argc, argv);

	for (unsigned kind = 0; kind < NR_KINDS; kind++)
		all_looks(kind, 1000 * times);
	widths(100 * times);
	for (unsigned kind = 0; kind < NR_KINDS; kind++) {
		precisely(kind, 0.04, 300 * times);
		precisely(kind, 0.02, 300 * times);
		precisely(kind, 0.01, 100 * times);
	}
	return end();
}
