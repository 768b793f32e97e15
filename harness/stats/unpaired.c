/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/unpaired.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include "util/mem.h"

#define MIN_N 6
#define EXACT_PRODUCT 625

/* Two groups of logarithms, each sorted. */
struct groups {
	double *x, *y;
	size_t nx, ny;
};

/* NULL if a value has no logarithm. */
static double *sorted_logs(const struct values *v)
{
	double *log_value = mem_zalloc(v->n, sizeof(*log_value));

	for (size_t i = 0; i < v->n; i++) {
		if (!(v->value[i] > 0 && isfinite(v->value[i]))) {
			free(log_value);
			return NULL;
		}
		log_value[i] = log(v->value[i]);
	}
	gsl_sort(log_value, 1, v->n);
	return log_value;
}

/* How many of all differences x[i] - y[k] are not above v. */
static size_t unpaired_count(const struct groups *g, double v)
{
	size_t n = 0, i = 0;

	for (size_t k = 0; k < g->ny; k++) {
		while (i < g->nx && g->x[i] - g->y[k] <= v)
			i++;
		n += i;
	}
	return n;
}

/* Doubles as integers of the same order, and back. */
static int64_t to_order(double v)
{
	int64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return bits < 0 ? INT64_MIN - bits : bits;
}

static double from_order(int64_t order)
{
	int64_t bits = order < 0 ? INT64_MIN - order : order;
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

/* The k-th smallest difference, k from 1: by halving the doubles between the extremes, exact in 64 counts. */
static double difference(const struct groups *g, size_t k)
{
	int64_t low = to_order(g->x[0] - g->y[g->ny - 1]), high = to_order(g->x[g->nx - 1] - g->y[0]);

	while (low < high) {
		int64_t middle = (low & high) + ((low ^ high) >> 1);

		if (unpaired_count(g, from_order(middle)) >= k)
			high = middle;
		else
			low = middle + 1;
	}
	return from_order(low);
}

/*
 * P(U = u) of the Mann-Whitney statistic for u = 0 .. nx * ny. The largest of n + m values is an x with
 * probability n / (n + m), and then exceeds m values of y: exact, and no step subtracts.
 */
static double *mann_whitney(size_t nx, size_t ny)
{
	size_t width = nx * ny + 1;
	double *p = mem_zalloc((ny + 1) * width, sizeof(*p)), *all;

	for (size_t m = 0; m <= ny; m++)
		p[m * width] = 1;
	for (size_t n = 1; n <= nx; n++)
		for (size_t m = 1; m <= ny; m++)
			for (size_t u = n * m + 1; u-- > 0;)
				p[m * width + u] = ((u >= m ? n * p[m * width + u - m] : 0) +
						    m * p[(m - 1) * width + u]) /
						   (double)(n + m);
	all = mem_zalloc(width, sizeof(*all));
	memcpy(all, &p[ny * width], width * sizeof(*all));
	free(p);
	return all;
}

/* What the groups' sizes alone decide; exact is NULL where the normal distribution serves. */
struct null {
	double *exact;
	double half, sigma; /* half of nx * ny, the mean of U */
};

static struct null make_null(const struct groups *g)
{
	double product = (double)g->nx * g->ny;

	return (struct null){ product <= EXACT_PRODUCT ? mann_whitney(g->nx, g->ny) : NULL, product / 2,
			      sqrt(product * (g->nx + g->ny + 1) / 12) };
}

/* The largest k with P(U < k) <= tail. */
static size_t critical(const struct null *null, double tail)
{
	double below = 0;
	size_t k = 0;

	if (!null->exact)
		return (size_t)fmax(0, null->half + 0.5 + null->sigma * gsl_cdf_ugaussian_Pinv(tail));
	while (below + null->exact[k] <= tail)
		below += null->exact[k++];
	return k;
}

static void interval(const struct groups *g, size_t k, double *low, double *high)
{
	if (!k || g->nx < MIN_N || g->ny < MIN_N)
		return;
	*low = exp(difference(g, k));
	*high = exp(difference(g, g->nx * g->ny - k + 1));
}

/* Sum of t^3 - t over the groups of t equal values of x and y together. */
static double tie_sum(const struct groups *g)
{
	size_t i = 0, k = 0;
	double sum = 0;

	while (i < g->nx || k < g->ny) {
		double v = k == g->ny || (i < g->nx && g->x[i] < g->y[k]) ? g->x[i] : g->y[k], t = 0;

		for (; i < g->nx && g->x[i] == v; i++)
			t++;
		for (; k < g->ny && g->y[k] == v; k++)
			t++;
		sum += t * t * t - t;
	}
	return sum;
}

/* Two-sided, of U = u or anything further from its mean. */
static double p_value(const struct groups *g, const struct null *null, double u)
{
	double n = g->nx + g->ny, ties = tie_sum(g), far = fmin(u, 2 * null->half - u), p = 0, z;

	if (null->exact && !ties) {
		for (size_t k = 0; k <= (size_t)far; k++)
			p += null->exact[k];
		return fmin(1, 2 * p);
	}
	z = fmax(0, null->half - far - 0.5) / (null->sigma * sqrt(1 - ties / (n * (n * n - 1))));
	return isfinite(z) ? fmin(1, 2 * gsl_cdf_ugaussian_Q(z)) : 1;
}

static void estimate(const struct groups *g, struct effect *out)
{
	size_t all = g->nx * g->ny, above = all - unpaired_count(g, 0),
	       below = unpaired_count(g, nextafter(0, -1));
	struct null null = make_null(g);

	out->ratio = exp((difference(g, (all + 1) / 2) + difference(g, all / 2 + 1)) / 2);
	interval(g, critical(&null, 0.025), &out->low, &out->high);
	interval(g, critical(&null, 0.05), &out->low90, &out->high90);
	out->p = p_value(g, &null, above + (all - above - below) / 2.0);
	out->cliff = ((double)above - below) / all;
	free(null.exact);
}

static const struct effect unknown = { 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

int stats_unpaired(const struct values *x, const struct values *y, struct effect *out)
{
	struct groups g = { sorted_logs(x), sorted_logs(y), x->n, y->n };
	int err = g.x && g.y ? 0 : -EINVAL;

	*out = unknown;
	out->n = x->n < y->n ? x->n : y->n;
	if (!err && out->n)
		estimate(&g, out);
	free(g.x);
	free(g.y);
	return err;
}
