/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/change_view.h"

#include <math.h>

/* The last nights that are compared with those before, and the deviate that their difference must have. */
static const struct span {
	size_t nights;
	double threshold;
} spans[] = { { 3, 4.1 }, { 5, 3.8 }, { 7, 3.4 }, { 14, 3.8 }, { 28, 3.8 }, { 56, 3.8 } };
#define NR_SPANS (sizeof(spans) / sizeof(*spans))

double change_deviate(double x, double middle, double scale)
{
	double z = scale > 0 ? (x - middle) / scale : 0;

	return z > CHANGE_CLIP ? CHANGE_CLIP : z < -CHANGE_CLIP ? -CHANGE_CLIP : z;
}

void view_take(struct view *v, const double *x, const struct window *w)
{
	double before = 0;

	v->n = w->n;
	v->middle = window_median(w);
	v->scale = window_scale(w);
	for (size_t i = 0; i < v->n; i++) {
		double z = change_deviate(x[i], v->middle, v->scale);

		v->z[i] = z;
		v->sum[i + 1] = v->sum[i] + z;
		v->squares[i + 1] = v->squares[i] + z * z;
		v->lagged[i + 1] = v->lagged[i] + z * before;
		before = z;
	}
}

/* What the first k nights have more than k times the mean of all; the others lack as much. */
static double surplus(const struct view *v, size_t k)
{
	return v->sum[k] - v->sum[v->n] / v->n * k;
}

/* What a level before and one from k on take off the sum of squares about the mean, and what they leave. */
static double explained(const struct view *v, size_t k)
{
	return surplus(v, k) * surplus(v, k) * v->n / ((double)k * (v->n - k));
}

static double unexplained(const struct view *v, size_t k)
{
	return fmax(v->squares[v->n] - v->sum[v->n] * v->sum[v->n] / v->n - explained(v, k), 0);
}

/* By how much the dependence of the nights makes their means spread wider than those of independent nights.
 */
static double inflation(const struct view *v, size_t k)
{
	double level = v->sum[k] * v->sum[k] / k;
	double r = (v->lagged[k] - level) / (v->squares[k] - level);

	/* It is too small by this much: Kendall, Biometrika 41 (1954) 403. */
	r = fmin((r + 1.0 / k) / (1 - 3.0 / k), 0.99);
	return r > 2 / sqrt(k) ? sqrt((1 + r) / (1 - r)) : 1;
}

static double difference(const struct view *v, size_t k)
{
	double free = v->n - 2, t2 = explained(v, k) / (unexplained(v, k) / free);

	return (8 * free + 1) / (8 * free + 3) * sqrt(free * log1p(t2 / free)) / inflation(v, k);
}

bool view_stands_out(const struct view *v, size_t *nights)
{
	double most = 0;
	bool found = false;

	for (const struct span *s = spans; s < spans + NR_SPANS && s->nights + CHANGE_BEFORE <= v->n; s++) {
		size_t before = v->n - s->nights;
		double beyond = difference(v, before) - s->threshold - CHANGE_DOUBT / before;

		if (beyond >= most) {
			most = beyond;
			*nights = s->nights;
			found = true;
		}
	}
	return found;
}

/* The sum of m nights drawn at random. */
static double change_view_deal(gsl_rng *rng, double *z, size_t n, size_t m)
{
	double sum = 0;

	for (size_t i = 0; i < m; i++) {
		size_t k = i + gsl_rng_uniform_int(rng, n - i);
		double drawn = z[k];

		z[k] = z[i];
		z[i] = drawn;
		sum += drawn;
	}
	return sum;
}

double view_permute(struct view *v, gsl_rng *rng, size_t nights)
{
	/* A hair less, because a sum depends on its order. */
	double found = fabs(surplus(v, v->n - nights)) * (1 - 1e-9), usual = v->sum[v->n] / v->n * nights;
	unsigned as_large = 1;

	for (unsigned i = 0; i < CHANGE_DEALS; i++) {
		as_large += fabs(change_view_deal(rng, v->z, v->n, nights) - usual) >= found;
		if (as_large > CHANGE_ALPHA * (CHANGE_DEALS + 1))
			return 1;
	}
	return as_large / (CHANGE_DEALS + 1.0);
}

/* Where two levels leave least, from "first" on. */
static size_t best(const struct view *v, size_t first)
{
	size_t found = first;

	for (size_t k = found + 1; k < v->n; k++)
		if (unexplained(v, k) < unexplained(v, found))
			found = k;
	return found;
}

void view_split(const struct view *v, size_t first, struct view_split *s)
{
	double least, nearly, wider;

	first = first > CHANGE_BEFORE ? first : CHANGE_BEFORE;
	s->at = s->low = s->high = best(v, first);
	least = unexplained(v, s->at);
	nearly = least * exp(2 * CHANGE_SUPPORT / v->n);
	while (s->low > first && unexplained(v, s->low - 1) <= nearly)
		s->low--;
	while (s->high + 1 < v->n && unexplained(v, s->high + 1) <= nearly)
		s->high++;
	wider = inflation(v, s->at);
	s->before = v->sum[s->at] / s->at;
	s->after = (v->sum[v->n] - v->sum[s->at]) / (v->n - s->at);
	s->variance = least / (v->n - 2) * wider * wider;
}
