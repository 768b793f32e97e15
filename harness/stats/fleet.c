/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/fleet.h"

#include <math.h>
#include <stdbool.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include "stats/estimate.h"
#include "stats/nights.h"

#define STEPS 100 /* towards the variance between machines; it takes about ten */

struct fleet_host stats_host(const struct values *ratio)
{
	struct night_ratio own = stats_night(ratio);

	return (struct fleet_host){ own.x, own.error * sqrt(M_PI / 3), ratio->n };
}

struct effect stats_host_effect(const struct fleet_host *host)
{
	double df = (double)host->n - 1;
	double far = host->error > 0 && df > 0 ? host->error * gsl_cdf_tdist_Pinv(0.975, df) : NAN;
	struct effect e = effect_none();

	if (isnan(host->x))
		return e;
	e.n = host->n;
	e.ratio = exp(host->x);
	e.low = exp(host->x - far);
	e.high = exp(host->x + far);
	return e;
}

/* Machines with what their blocks leave unknown: all 0 where that of one is not known. */
struct weighed {
	const struct fleet_host *host;
	size_t nr, left; /* without that one */
	bool known;	 /* the errors */
};

struct sums {
	double weight, mean, square; /* of the distances from the mean, times the weight */
	double slope;		     /* of square by the variance between, downwards */
};

static bool taken(const struct weighed *w, size_t i)
{
	return i != w->left;
}

static size_t count_hosts(const struct weighed *w)
{
	return w->nr - (w->left < w->nr);
}

static double weight_of(const struct weighed *w, size_t i, double between2)
{
	double error = w->known ? w->host[i].error : 0;

	return 1 / (between2 + error * error);
}

static struct sums sum_up(const struct weighed *w, double between2)
{
	struct sums s = { 0, 0, 0, 0 };

	for (size_t i = 0; i < w->nr; i++)
		if (taken(w, i))
			s.weight += weight_of(w, i, between2);
	for (size_t i = 0; i < w->nr; i++)
		if (taken(w, i))
			s.mean += weight_of(w, i, between2) / s.weight * w->host[i].x;
	for (size_t i = 0; i < w->nr; i++)
		if (taken(w, i)) {
			double weight = weight_of(w, i, between2), far = gsl_pow_2(w->host[i].x - s.mean);

			s.square += weight * far;
			s.slope += weight * weight * far;
		}
	return s;
}

static double variance_of_equals(const struct weighed *w)
{
	return sum_up(w, 1).square / (double)(count_hosts(w) - 1);
}

/* The variance at which the weighted squares are what is expected of them; 0 where they are less without any.
 */
static double between2_of(const struct weighed *w)
{
	double between2 = 0, expected = (double)count_hosts(w) - 1;

	if (!w->known)
		return variance_of_equals(w);
	for (int i = 0; i < STEPS; i++) {
		struct sums s = sum_up(w, between2);
		double step = s.slope > 0 ? (s.square - expected) / s.slope : 0;

		if (step <= 1e-12 * between2)
			break;
		between2 += step;
	}
	return between2;
}

/* Welch's test of one mean. */
static double differ_p(const struct weighed *w)
{
	struct sums s = sum_up(w, 0);
	double k = (double)count_hosts(w), lost = 0, f;

	for (size_t i = 0; i < w->nr; i++)
		if (taken(w, i))
			lost += gsl_pow_2(1 - weight_of(w, i, 0) / s.weight) / ((double)w->host[i].n - 1);
	f = s.square / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * lost);
	return gsl_cdf_fdist_Q(f, k - 1, (k * k - 1) / (3 * lost));
}

static bool errors_known(const struct fleet_host *host, size_t nr, size_t left)
{
	for (size_t i = 0; i < nr; i++)
		if (i != left && !(host[i].error > 0))
			return false;
	return true;
}

static void set_intervals(struct fleet *f, double mean, double error)
{
	double k = (double)f->effect.n, t95 = error * gsl_cdf_tdist_Pinv(0.975, k - 1);
	double t90 = error * gsl_cdf_tdist_Pinv(0.95, k - 1);
	double next = gsl_cdf_tdist_Pinv(0.975, k - 2) * gsl_hypot(f->between, error);

	f->effect.low = exp(mean - t95);
	f->effect.high = exp(mean + t95);
	f->effect.low90 = exp(mean - t90);
	f->effect.high90 = exp(mean + t90);
	f->effect.p = error > 0 ? 2 * gsl_cdf_tdist_Q(fabs(mean) / error, k - 1) : mean == 0;
	f->next_low = exp(mean - next);
	f->next_high = exp(mean + next);
}

/* Of two machines or more. */
static void set_spread(struct fleet *f, const struct weighed *w)
{
	double between2 = between2_of(w);
	bool alike = !w->known && between2 == 0; /* to the last digit: then any weight is as good */
	struct sums s = sum_up(w, alike ? 1 : between2);

	f->between = sqrt(between2);
	f->effect.ratio = exp(s.mean);
	f->differ_p = w->known ? differ_p(w) : NAN;
	if (f->effect.n >= FLEET_LEAST)
		set_intervals(f, s.mean, alike ? 0 : sqrt(1 / s.weight));
}

struct fleet stats_fleet_without(const struct fleet_host *host, size_t nr, size_t left)
{
	struct weighed w = { host, nr, left, errors_known(host, nr, left) };
	struct fleet f = { effect_none(), NAN, NAN, NAN, NAN };

	f.effect.n = count_hosts(&w);
	if (f.effect.n >= 2)
		set_spread(&f, &w);
	else if (f.effect.n)
		f.effect.ratio = exp(sum_up(&w, 1).mean);
	return f;
}

struct fleet stats_fleet(const struct fleet_host *host, size_t nr)
{
	return stats_fleet_without(host, nr, nr);
}

double stats_fleet_stray(const struct fleet_host *host, size_t nr, size_t i)
{
	struct fleet others = stats_fleet_without(host, nr, i);
	double df = (double)others.effect.n - 2, far = fabs(host[i].x - log(others.effect.ratio)), error;

	if (others.effect.n < FLEET_LEAST)
		return NAN;
	error = log(others.next_high / others.next_low) / 2 / gsl_cdf_tdist_Pinv(0.975, df);
	if (host[i].error > 0)
		error = gsl_hypot(error, host[i].error);
	return error > 0 ? 2 * gsl_cdf_tdist_Q(far / error, df) : far == 0;
}
