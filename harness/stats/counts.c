/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/counts.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include "stats/resample.h"
#include "util/mem.h"

static const size_t windows[] = { 2, 3, 5, 7, 14, 28, 56 };

/* Wide enough for any series of nights. */
struct sum {
	double k, n;
};

static struct sum sum_of(const struct count *x, size_t n)
{
	struct sum s = { 0 };

	for (size_t i = 0; i < n; i++) {
		s.k += x[i].k;
		s.n += x[i].n;
	}
	return s;
}

double stats_count_share(const struct count *x, size_t n)
{
	struct sum s = sum_of(x, n);

	return s.n > 0 ? s.k / s.n : NAN;
}

/* Nights before the split at and from it on, up to nr. */
struct split {
	const struct count *x;
	size_t at, nr;
};

static bool rises(const struct split *s)
{
	return stats_count_share(s->x + s->at, s->nr - s->at) > stats_count_share(s->x, s->at);
}

/* Of as many lost from the split on, or of as few, if the share were the same before. */
static double fisher(const struct split *s)
{
	struct sum before = sum_of(s->x, s->at), after = sum_of(s->x + s->at, s->nr - s->at);
	unsigned lost = (unsigned)(before.k + after.k), kept = (unsigned)(before.n + after.n) - lost,
		 k = (unsigned)after.k, drawn = (unsigned)after.n;

	if (!rises(s))
		return gsl_cdf_hypergeometric_P(k, lost, kept, drawn);
	return k ? gsl_cdf_hypergeometric_Q(k - 1, lost, kept, drawn) : 1;
}

/* Deals the nights out once more: the share of those that come to lie from the split on. */
static double share_dealt(gsl_rng *rng, struct count *x, const struct split *s)
{
	for (size_t i = s->nr; i-- > s->at;) {
		size_t other = gsl_rng_uniform_int(rng, i + 1);
		struct count night = x[i];

		x[i] = x[other];
		x[other] = night;
	}
	return stats_count_share(x + s->at, s->nr - s->at);
}

/* The share of deals with as extreme a share from the split on; of one that is too large, a part. */
static double deal_nights(const struct split *s)
{
	double seen = stats_count_share(s->x + s->at, s->nr - s->at), side = rises(s) ? 1 : -1;
	struct count *dealt = mem_zalloc(s->nr, sizeof(*dealt));
	gsl_rng *rng = resample_rng();
	unsigned extreme = 0;

	memcpy(dealt, s->x, s->nr * sizeof(*dealt));
	for (unsigned d = 0; d < COUNTS_DEALS && extreme <= COUNTS_ALPHA * COUNTS_DEALS; d++)
		extreme += side * (share_dealt(rng, dealt, s) - seen) >= -1e-12;
	gsl_rng_free(rng);
	free(dealt);
	return (1.0 + extreme) / (1 + COUNTS_DEALS);
}

static double log_likelihood(struct sum s)
{
	double share = s.n > 0 ? s.k / s.n : 0;

	return share > 0 && share < 1 ? s.k * log(share) + (s.n - s.k) * log1p(-share) : 0;
}

/* The likeliest split of the nights, with as many before it as a change needs. */
static size_t likeliest(const struct count *x, size_t nr)
{
	double best = -INFINITY;
	size_t at = nr;

	for (size_t i = COUNTS_BEFORE; i < nr; i++) {
		double fit = log_likelihood(sum_of(x, i)) + log_likelihood(sum_of(x + i, nr - i));

		if (fit > best) {
			best = fit;
			at = i;
		}
	}
	return at;
}

/* A change that the last of nr nights shows, all since the last change; p, or NAN: none. */
static double shown(const struct count *x, size_t nr)
{
	for (size_t i = 0; i < sizeof(windows) / sizeof(*windows); i++) {
		struct split s = { x, nr - windows[i], nr };
		double p;

		if (nr < windows[i] + COUNTS_BEFORE || fisher(&s) > COUNTS_FISHER)
			continue;
		p = deal_nights(&s);
		if (p <= COUNTS_ALPHA)
			return p;
	}
	return NAN;
}

static void set_shares(const struct count *x, size_t n, struct count_change *change, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		size_t from = i ? change[i - 1].at : 0, to = i + 1 < nr ? change[i + 1].at : n;

		change[i].before = stats_count_share(x + from, change[i].at - from);
		change[i].after = stats_count_share(x + change[i].at, to - change[i].at);
	}
}

size_t stats_count_changes(const struct count *x, size_t n, struct count_change **out)
{
	size_t nr = 0, from = 0;

	*out = NULL;
	for (size_t seen = 0; seen < n; seen++) {
		size_t first = seen + 1 - from > COUNTS_WINDOW ? seen + 1 - COUNTS_WINDOW : from;
		double p = shown(x + first, seen + 1 - first);

		if (isnan(p))
			continue;
		*out = mem_grow(*out, nr, sizeof(**out));
		from = first + likeliest(x + first, seen + 1 - first);
		(*out)[nr++] = (struct count_change){ .at = from, .seen = seen, .p = p };
	}
	set_shares(x, n, *out, nr);
	return nr;
}
