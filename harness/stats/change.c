/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/change.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <gsl/gsl_rng.h>
#include "stats/stats.h"
#include "stats/window.h"
#include "util/mem.h"

/* The last nights that are compared with those before, and the deviate that their difference must have. */
static const struct span {
	size_t nights;
	double threshold;
} spans[] = { { 3, 4.1 }, { 5, 3.8 }, { 7, 3.15 }, { 14, 3.8 }, { 28, 3.8 }, { 56, 3.8 } };
#define NR_SPANS (sizeof(spans) / sizeof(*spans))

/* The nights in view: values as deviates from their median, brought in, and sums over the first i of them. */
struct view {
	size_t n;
	double z[CHANGE_WINDOW];
	double sum[CHANGE_WINDOW + 1], squares[CHANGE_WINDOW + 1];
	double lagged[CHANGE_WINDOW + 1]; /* of each with the one before it */
};

struct scan {
	const double *x;
	struct window window; /* of the nights in view */
	struct view *view;
	gsl_rng *rng;
	struct change *change;
	size_t nr;
};

static void look(struct view *v, const double *x, const struct window *w)
{
	double middle = window_median(w), scale = window_scale(w), before = 0;

	v->n = w->n;
	for (size_t i = 0; i < v->n; i++) {
		double z = scale > 0 ? (x[i] - middle) / scale : 0;

		z = z > CHANGE_CLIP ? CHANGE_CLIP : z < -CHANGE_CLIP ? -CHANGE_CLIP : z;
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

/* By how much the nights' own drift makes means of them spread wider than means of free nights. */
static double inflation(const struct view *v, size_t k)
{
	double level = v->sum[k] * v->sum[k] / k;
	double r = (v->lagged[k] - level) / (v->squares[k] - level);

	r = (r + 1.0 / k) /
	    (1 - 3.0 / k); /* it is too small by this much: Kendall, Biometrika 41 (1954) 403 */
	return r > 2 / sqrt(k) ? sqrt((1 + r) / (1 - r)) : 1;
}

static double deviate(const struct view *v, size_t k)
{
	double free = v->n - 2, t2 = explained(v, k) / (unexplained(v, k) / free);

	return (8 * free + 1) / (8 * free + 3) * sqrt(free * log1p(t2 / free)) / inflation(v, k);
}

/* The span that stands out most, or NULL. */
static const struct span *outstanding(const struct view *v)
{
	const struct span *found = NULL;
	double most = 0;

	for (const struct span *s = spans; s < spans + NR_SPANS && s->nights + CHANGE_BEFORE <= v->n; s++) {
		size_t before = v->n - s->nights;
		double beyond = deviate(v, before) - s->threshold - CHANGE_DOUBT / before;

		if (beyond >= most) {
			most = beyond;
			found = s;
		}
	}
	return found;
}

/* The sum of m nights drawn at random; their order in z is of no use afterwards. */
static double deal(gsl_rng *rng, double *z, size_t n, size_t m)
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

/* p, or 1 as soon as it can't be CHANGE_ALPHA any more. */
static double permutation_test(gsl_rng *rng, struct view *v, size_t m)
{
	/* A hair less, for a sum depends on its order. */
	double found = fabs(surplus(v, v->n - m)) * (1 - 1e-9), usual = v->sum[v->n] / v->n * m;
	unsigned as_large = 1;

	for (unsigned i = 0; i < CHANGE_DEALS; i++) {
		as_large += fabs(deal(rng, v->z, v->n, m) - usual) >= found;
		if (as_large > CHANGE_ALPHA * (CHANGE_DEALS + 1))
			return 1;
	}
	return as_large / (CHANGE_DEALS + 1.0);
}

/* Where two levels leave least. */
static size_t best(const struct view *v)
{
	size_t found = CHANGE_BEFORE;

	for (size_t k = found + 1; k < v->n; k++)
		if (unexplained(v, k) < unexplained(v, found))
			found = k;
	return found;
}

/* The place, and its neighbours that leave little more. */
static void locate(const struct view *v, size_t first, struct change *c)
{
	size_t at = best(v), low = at, high = at;
	double nearly = unexplained(v, at) * exp(2 * CHANGE_SUPPORT / v->n);

	while (low > CHANGE_BEFORE && unexplained(v, low - 1) <= nearly)
		low--;
	while (high + 1 < v->n && unexplained(v, high + 1) <= nearly)
		high++;
	c->at = first + at;
	c->low = first + low;
	c->high = first + high;
}

/* Does night "last" show a point, of the nights from "first" on? */
static bool find(struct scan *s, size_t first, size_t last)
{
	struct change c = { .seen = last };
	const struct span *span;

	look(s->view, &s->x[first], &s->window);
	span = outstanding(s->view);
	if (!span)
		return false;
	locate(s->view, first, &c);
	c.p = permutation_test(s->rng, s->view, span->nights);
	if (c.p > CHANGE_ALPHA)
		return false;
	s->change = mem_grow(s->change, s->nr, sizeof(*s->change));
	s->change[s->nr++] = c;
	return true;
}

/* From one point to the next one, or to the end; returns where to go on. */
static size_t find_next(struct scan *s, size_t start, size_t night, size_t n)
{
	s->window.n = 0;
	for (size_t i = start; i < night; i++)
		window_add(&s->window, s->x[i]);
	for (; night < n; night++) {
		if (s->window.n == CHANGE_WINDOW)
			window_drop(&s->window, s->x[start++]);
		window_add(&s->window, s->x[night]);
		if (find(s, start, night))
			return night + 1;
	}
	return n;
}

/* Of all nights on each level, also the later ones. */
static void measure_levels(struct scan *s, size_t n)
{
	for (size_t i = 0; i < s->nr; i++) {
		struct change *c = &s->change[i];
		size_t from = i ? c[-1].at : 0, to = i + 1 < s->nr ? c[1].at : n;

		c->before = stats_median(&s->x[from], c->at - from);
		c->after = stats_median(&s->x[c->at], to - c->at);
	}
}

size_t stats_changes(const double *x, size_t n, uint64_t seed, struct change **out)
{
	struct scan s = { .x = x,
			  .window.sorted = mem_zalloc(CHANGE_WINDOW, sizeof(double)),
			  .view = mem_zalloc(1, sizeof(*s.view)),
			  .rng = gsl_rng_alloc(gsl_rng_mt19937) };

	gsl_rng_set(s.rng, seed);
	for (size_t night = 0; night < n;)
		night = find_next(&s, s.nr ? s.change[s.nr - 1].at : 0, night, n);
	measure_levels(&s, n);
	gsl_rng_free(s.rng);
	free(s.view);
	free(s.window.sorted);
	*out = s.change;
	return s.nr;
}
