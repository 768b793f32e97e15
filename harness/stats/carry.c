/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/carry.h"

#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/estimate.h"
#include "stats/ranks.h"
#include "util/mem.h"

/* A residual is limited to so many standard deviations: a stall is not due to the sample before it. */
#define CUT 2
#define ROUNDS 20

/* The factors as columns of zeros and ones, centred by block; the last column holds the logarithms, limited.
 */
struct design {
	double *cell; /* n rows of width */
	size_t n, width, arms, blocks;
	const struct carry_sample *sample;
};

/* Least squares on some neighbouring columns: the pseudo-inverse of their cross products. */
struct fit {
	size_t first, nr, rank;
	double *inverse, *effect; /* nr * nr; nr */
	double rest;		  /* sum of squares that is left */
};

static double *row_of(const struct design *d, size_t i)
{
	return &d->cell[i * d->width];
}

static void centre_column(struct design *d, size_t k, size_t begin, size_t end)
{
	double mean = 0;

	for (size_t i = begin; i < end; i++)
		mean += row_of(d, i)[k] / (end - begin);
	for (size_t i = begin; i < end; i++)
		row_of(d, i)[k] -= mean;
}

/* Columns from first on, by block; the number of blocks. */
static size_t centre(struct design *d, size_t first)
{
	size_t blocks = 0;

	for (size_t begin = 0, end; begin < d->n; begin = end, blocks++) {
		for (end = begin; end < d->n && d->sample[end].block == d->sample[begin].block;)
			end++;
		for (size_t k = first; k < d->width; k++)
			centre_column(d, k, begin, end);
	}
	return blocks;
}

static struct design design_of(const struct carry_sample *s, size_t n, size_t arms, size_t nr_after)
{
	struct design d = { NULL, n, arms - 1 + nr_after + 1, arms - 1, 0, s };

	d.cell = mem_zalloc(n * d.width, sizeof(*d.cell));
	for (size_t i = 0; i < n; i++) {
		if (s[i].arm)
			row_of(&d, i)[s[i].arm - 1] = 1;
		row_of(&d, i)[d.arms + s[i].after] = 1;
		row_of(&d, i)[d.width - 1] = s[i].log;
	}
	d.blocks = centre(&d, 0);
	return d;
}

static double product(const struct design *d, size_t a, size_t b)
{
	double sum = 0;

	for (size_t i = 0; i < d->n; i++)
		sum += row_of(d, i)[a] * row_of(d, i)[b];
	return sum;
}

/* Adds the share of each direction that the columns really span. */
static void invert_products(struct fit *f, gsl_matrix *products)
{
	gsl_vector *value = gsl_vector_alloc(f->nr);
	gsl_matrix *vector = gsl_matrix_alloc(f->nr, f->nr);
	gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(f->nr);

	gsl_eigen_symmv(products, value, vector, work);
	for (size_t k = 0; k < f->nr; k++) {
		if (!(gsl_vector_get(value, k) > 1e-9 * gsl_vector_max(value)))
			continue;
		f->rank++;
		for (size_t i = 0; i < f->nr * f->nr; i++)
			f->inverse[i] += gsl_matrix_get(vector, i / f->nr, k) *
					 gsl_matrix_get(vector, i % f->nr, k) / gsl_vector_get(value, k);
	}
	gsl_eigen_symmv_free(work);
	gsl_matrix_free(vector);
	gsl_vector_free(value);
}

/* Effects, and the sum of squares that is left, of the logarithms as they are now. */
static void solve(const struct design *d, struct fit *f)
{
	double *with_log = mem_zalloc(f->nr, sizeof(*with_log));

	for (size_t k = 0; k < f->nr; k++)
		with_log[k] = product(d, f->first + k, d->width - 1);
	f->rest = product(d, d->width - 1, d->width - 1);
	for (size_t i = 0; i < f->nr; i++) {
		f->effect[i] = 0;
		for (size_t k = 0; k < f->nr; k++)
			f->effect[i] += f->inverse[i * f->nr + k] * with_log[k];
		f->rest -= f->effect[i] * with_log[i];
	}
	free(with_log);
}

static struct fit fit_columns(const struct design *d, size_t first, size_t nr)
{
	struct fit f = {
		first, nr, 0, mem_zalloc(nr * nr, sizeof(double)), mem_zalloc(nr, sizeof(double)), 0
	};
	gsl_matrix *products = gsl_matrix_alloc(nr, nr);

	for (size_t i = 0; i < nr * nr; i++)
		gsl_matrix_set(products, i / nr, i % nr, product(d, first + i / nr, first + i % nr));
	invert_products(&f, products);
	gsl_matrix_free(products);
	solve(d, &f);
	return f;
}

static double fitted(const struct design *d, const struct fit *f, size_t i)
{
	double sum = 0;

	for (size_t k = 0; k < f->nr; k++)
		sum += f->effect[k] * row_of(d, i)[f->first + k];
	return sum;
}

/* What block, arm and predecessor, as they are estimated now, do not explain of a sample. */
static double residual(const struct design *d, const struct fit *all, const double *level, size_t i)
{
	return d->sample[i].log - level[i] - fitted(d, all, i);
}

static double cut_at(const struct design *d, const struct fit *all, const double *level)
{
	double *size = mem_zalloc(d->n, sizeof(*size)), cut;

	for (size_t i = 0; i < d->n; i++)
		size[i] = fabs(residual(d, all, level, i));
	cut = CUT * MAD_TO_SD * gsl_stats_median(size, 1, d->n);
	free(size);
	return cut;
}

/* Huber's modified residuals (Huber, Ronchetti, Robust Statistics, 2nd ed., 7.8), repeated until they settle.
 */
static void cut_residuals(struct design *d, struct fit *all)
{
	double *level = mem_zalloc(d->n, sizeof(*level));

	for (size_t i = 0; i < d->n; i++)
		level[i] = d->sample[i].log - row_of(d, i)[d->width - 1];
	for (int round = 0; round < ROUNDS; round++) {
		double cut = cut_at(d, all, level);

		for (size_t i = 0; i < d->n; i++) {
			double rest = residual(d, all, level, i);

			level[i] += fitted(d, all, i) + fmax(-cut, fmin(cut, rest));
			row_of(d, i)[d->width - 1] = level[i];
		}
		centre(d, d->width - 1);
		for (size_t i = 0; i < d->n; i++)
			level[i] -= row_of(d, i)[d->width - 1];
		solve(d, all);
	}
	free(level);
}

static void fit_free(struct fit *f)
{
	free(f->inverse);
	free(f->effect);
}

/* The F test of what the predecessors explain beside the arms. */
static double p_of(const struct design *d, const struct fit *arms, const struct fit *all)
{
	double more = (double)all->rank - arms->rank, df = (double)d->n - d->blocks - all->rank;
	double noise = all->rest / df;

	if (!(more > 0 && df > 0 && noise > RANKS_ROUNDING * RANKS_ROUNDING))
		return NAN;
	return gsl_cdf_fdist_Q(fmax(0, arms->rest - all->rest) / more / noise, more, df);
}

/* The degrees of freedom that the predecessors use up; without them the rest looks less noisy than it is. */
static double spent(const struct design *d, const struct fit *arms, const struct fit *all)
{
	double free = (double)d->n - d->blocks;

	return (free - arms->rank) / (free - all->rank);
}

/* How many arms have samples in blocks of more than one sample. */
static size_t arms_there(const struct design *d)
{
	size_t n = 0;

	for (size_t a = 0; a < d->arms; a++)
		n += product(d, a, a) > 0;
	return n;
}

static void take_fits(struct carry *c, const struct design *d, const struct fit *arms, const struct fit *all)
{
	c->p = p_of(d, arms, all);
	for (size_t k = d->arms; k < all->nr; k++)
		c->left[k - d->arms] = all->effect[k];
	for (size_t a = 0; a < d->arms; a++) {
		double with = all->inverse[a * all->nr + a], without = arms->inverse[a * arms->nr + a];

		if (without > 0)
			c->wider[a + 1] = sqrt(with / without * spent(d, arms, all));
	}
}

void stats_carry(const struct carry_sample *s, size_t n, unsigned arms, unsigned nr_after, struct carry *c)
{
	*c = (struct carry){ NAN, mem_zalloc(nr_after, sizeof(*c->left)),
			     mem_zalloc(arms, sizeof(*c->wider)) };
	for (unsigned a = 0; a < arms; a++)
		c->wider[a] = 1;
	if (arms < 2 || n < 2)
		return;

	struct design d = design_of(s, n, arms, nr_after);
	struct fit of_arms = fit_columns(&d, 0, d.arms), after = fit_columns(&d, d.arms, nr_after),
		   all = fit_columns(&d, 0, d.arms + nr_after);

	/* Where arms and predecessors can't be separated, neither effect is known. */
	if (of_arms.rank == arms_there(&d) && all.rank == of_arms.rank + after.rank &&
	    n > d.blocks + all.rank) {
		cut_residuals(&d, &all);
		solve(&d, &of_arms);
		take_fits(c, &d, &of_arms, &all);
	}
	fit_free(&of_arms);
	fit_free(&after);
	fit_free(&all);
	free(d.cell);
}

void carry_free(struct carry *c)
{
	free(c->left);
	free(c->wider);
}
