/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/fairness.h"

#include <math.h>
#include <stdlib.h>
#include "util/mem.h"

/* A target that wants less than this part more than it got wants nothing more: clocks differ by as much. */
#define NOTABLE 0.02

double fairness_wanted(double ran, double waited, double seconds)
{
	double slept = fmax(0, seconds - ran - waited);

	if (ran <= 0)
		return slept > 0 ? 0 : seconds;
	return fmin(seconds, seconds * ran / (ran + slept));
}

double fairness_jain(const double *x, unsigned nr)
{
	double sum = 0, squares = 0;

	for (unsigned i = 0; i < nr; i++) {
		sum += x[i];
		squares += x[i] * x[i];
	}
	return squares > 0 ? sum * sum / (nr * squares) : NAN;
}

void fairness_begin(struct fairness *f, unsigned nr)
{
	*f = (struct fairness){ .nr = nr,
				.share = mem_zalloc(nr, sizeof(*f->share)),
				.jain = NAN,
				.jain_least = NAN,
				.error = NAN,
				.error_most = NAN };
	for (unsigned i = 0; i < nr; i++)
		f->share[i].ratio = f->share[i].ratio_least = f->share[i].ratio_most = NAN;
}

/* The mean of "before" values and one more. The first value replaces NAN. */
static double mean_with(double mean, unsigned before, double value)
{
	return before ? mean + (value - mean) / (before + 1) : value;
}

static void add_share(struct fairness_share *s, const struct fairness_claim *c)
{
	double ratio = c->received / c->deserved;

	s->received += c->received;
	s->deserved += c->deserved;
	s->ratio = mean_with(s->ratio, s->windows++, ratio);
	s->ratio_least = fmin(s->ratio_least, ratio);
	s->ratio_most = fmax(s->ratio_most, ratio);
}

static void add_error(struct fairness *f, double error, unsigned of, double at)
{
	if (error <= f->error_most)
		return;
	f->error_most = error;
	f->error_of = of;
	f->error_at = at;
}

void fairness_add(struct fairness *f, struct fairness_claim *claim, double at, double seconds)
{
	double *x = mem_zalloc(f->nr, sizeof(*x)), error = 0;
	bool notable = false;
	unsigned nr = 0;

	fairness_deserve(claim, f->nr, seconds);
	for (unsigned i = 0; i < f->nr; i++) {
		const struct fairness_claim *c = &claim[i];

		if (c->deserved <= 0)
			continue;
		add_share(&f->share[i], c);
		notable |= fairness_bound(c) > c->received * (1 + NOTABLE);
		x[nr++] = c->received / c->deserved;
		error = fmax(error, fabs(x[nr - 1] - 1));
		add_error(f, fabs(x[nr - 1] - 1), i, at);
	}
	if (nr) {
		double jain = fairness_jain(x, nr);

		f->jain = mean_with(f->jain, f->windows, jain);
		f->jain_least = fmin(f->jain_least, jain);
		f->error = mean_with(f->error, f->windows++, error);
		f->contended += notable && nr > 1;
	}
	free(x);
}

void fairness_free(struct fairness *f)
{
	free(f->share);
	f->share = NULL;
}
