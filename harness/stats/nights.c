/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/nights.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/change.h"
#include "stats/estimate.h"
#include "stats/stats.h"
#include "util/mem.h"

double stats_middle(const struct values *v)
{
	double *ones = mem_zalloc(v->n, sizeof(*ones)), *log_value, middle = NAN;

	for (size_t i = 0; i < v->n; i++)
		ones[i] = 1;
	log_value = log_ratios(v->value, ones, v->n);
	if (log_value && v->n)
		middle = exp(hodges_lehmann(log_value, v->n));
	free(log_value);
	free(ones);
	return middle;
}

/* Of the mean of the logarithms. */
static double standard_error(const struct values *v)
{
	double *log_value = mem_zalloc(v->n, sizeof(*log_value)), variance;

	for (size_t i = 0; i < v->n; i++)
		log_value[i] = log(v->value[i]);
	variance = v->n > 1 ? gsl_stats_variance(log_value, 1, v->n) : NAN;
	free(log_value);
	return sqrt(variance / v->n);
}

struct night_ratio stats_night(const struct values *v)
{
	double middle = stats_middle(v);

	return (struct night_ratio){ log(middle), isnan(middle) ? NAN : standard_error(v) };
}

/* Nights that are left, in order, each with the number of its level. */
struct levels {
	double *x;
	size_t *level, n, nr;
	double error; /* sum of the squares of those that are known */
	size_t nr_errors;
};

static bool in_incident(const struct change *c, size_t nr, size_t night)
{
	for (size_t i = 0; i < nr; i++)
		if (c[i].kind == CHANGE_INCIDENT && night >= c[i].at && night <= c[i].until)
			return true;
	return false;
}

static size_t level_of(const struct change *c, size_t nr, size_t night)
{
	size_t level = 0;

	for (size_t i = 0; i < nr; i++)
		level += c[i].kind == CHANGE_LEVEL && night >= c[i].at;
	return level;
}

static void add_night(struct levels *l, const struct night_ratio *night, size_t level)
{
	l->x[l->n] = night->x;
	l->nr += !l->n || l->level[l->n - 1] != level;
	l->level[l->n++] = level;
	if (isnan(night->error))
		return;
	l->error += night->error * night->error;
	l->nr_errors++;
}

static struct levels find_levels(const struct night_ratio *night, size_t nr, double smallest)
{
	struct levels l = { .x = mem_zalloc(nr, sizeof(*l.x)), .level = mem_zalloc(nr, sizeof(*l.level)) };
	struct change *change;
	size_t nr_changes;

	for (size_t i = 0; i < nr; i++)
		l.x[i] = night[i].x;
	nr_changes = stats_changes(l.x, nr, smallest, &change);
	for (size_t i = 0; i < nr; i++)
		if (!in_incident(change, nr_changes, i))
			add_night(&l, &night[i], level_of(change, nr_changes, i));
	free(change);
	return l;
}

/* Nights from first on that are on one level. */
static size_t length_of_level(const struct levels *l, size_t first)
{
	size_t i = first;

	while (i < l->n && l->level[i] == l->level[first])
		i++;
	return i - first;
}

/* Turns the nights into their distances from the median of their level. */
static void take_levels_off(struct levels *l)
{
	for (size_t i = 0, length; i < l->n; i += length) {
		double middle;

		length = length_of_level(l, i);
		middle = stats_median(&l->x[i], length);
		for (size_t k = i; k < i + length; k++)
			l->x[k] -= middle;
	}
}

/* Of the distances. Where most are 0 there is no scale to clip by. */
static double clipped_sd(const struct levels *l)
{
	double *far = mem_zalloc(l->n, sizeof(*far)), most, sum = 0;

	for (size_t i = 0; i < l->n; i++)
		far[i] = fabs(l->x[i]);
	most = NIGHTS_CLIP * MAD_TO_SD * stats_median(far, l->n);
	for (size_t i = 0; i < l->n; i++)
		sum += gsl_pow_2(most > 0 ? fmin(far[i], most) : far[i]);
	free(far);
	return sqrt(sum / (double)(l->n - l->nr));
}

/* Of the present level, before its nights become distances. */
static void take_recent(const struct levels *l, size_t most, struct night_spread *s)
{
	size_t first = l->n - 1;

	while (first > 0 && l->level[first - 1] == l->level[l->n - 1])
		first--;
	if (most && l->n - first > most)
		first = l->n - most;
	s->recent = l->n - first;
	s->level = stats_median(&l->x[first], s->recent);
}

struct night_spread stats_night_spread(const struct night_ratio *night, size_t nr,
				       const struct night_rule *rule)
{
	struct night_spread s = { 0, 0, NAN, NAN, NAN, NAN, 0 };
	struct levels l = find_levels(night, nr, rule->smallest);

	if (l.n) {
		s.nr = l.n;
		take_recent(&l, rule->most, &s);
		take_levels_off(&l);
		s.df = NIGHTS_DF * (double)(l.n - l.nr);
		s.sd = s.df > 0 ? clipped_sd(&l) : NAN;
		s.error = l.nr_errors ? sqrt(l.error / l.nr_errors) : NAN;
		s.between = isnan(s.error) ? s.sd : sqrt(fmax(0, s.sd * s.sd - s.error * s.error));
	}
	free(l.x);
	free(l.level);
	return s;
}

static void set_intervals(struct effect *out, double shift, double error, double df)
{
	double t95 = error * gsl_cdf_tdist_Pinv(0.975, df), t90 = error * gsl_cdf_tdist_Pinv(0.95, df);

	out->low = exp(shift - t95);
	out->high = exp(shift + t95);
	out->low90 = exp(shift - t90);
	out->high90 = exp(shift + t90);
	out->p = error > 0 ? 2 * gsl_cdf_tdist_Q(fabs(shift) / error, df) : shift == 0;
}

int stats_two_runs(const struct values *x, const struct values *y, const struct night_spread *s,
		   struct effect *out)
{
	int err = stats_unpaired(x, y, out);
	double ex = standard_error(x), ey = standard_error(y), shift = log(out->ratio);

	out->low = out->high = out->low90 = out->high90 = out->p = NAN;
	if (!err && out->n >= STATS_MIN_PAIRS && s->nr >= NIGHTS_FOR_SPREAD && s->df > 0)
		set_intervals(out, shift, sqrt(ex * ex + ey * ey + 2 * s->between * s->between), s->df);
	return err;
}

static double error_of(const struct effect *totals)
{
	return interval_error(log(totals->low), log(totals->high), totals->n - 1.0);
}

void stats_two_totals(const struct effect *x, const struct effect *y, const struct night_spread *s,
		      struct effect *out)
{
	*out = effect_none();
	out->n = x->n < y->n ? x->n : y->n;
	out->ratio = x->ratio / y->ratio;
	if (out->n >= STATS_MIN_PAIRS && s->nr >= NIGHTS_FOR_SPREAD && s->df > 0)
		set_intervals(
			out, log(out->ratio),
			sqrt(gsl_pow_2(error_of(x)) + gsl_pow_2(error_of(y)) + 2 * gsl_pow_2(s->between)),
			s->df);
}

/* Nights of one block each tell of nights of one block. */
static double own_error(double error, const struct night_spread *s)
{
	return isnan(error) && isnan(s->error) ? 0 : error;
}

int stats_next_night(const struct values *x, const struct night_spread *s, struct effect *out)
{
	struct night_ratio own = stats_night(x);
	double error = own_error(own.error, s), shift = own.x - s->level, variance;

	*out = effect_none();
	out->n = s->recent;
	if (isnan(own.x))
		return -EINVAL;
	out->ratio = exp(shift);
	/* The variance of a median is pi / 2 times that of a mean. */
	variance = s->between * s->between + error * error + M_PI_2 * s->sd * s->sd / s->recent;
	if (s->recent >= NIGHTS_FOR_LEVEL && s->df > 0 && !isnan(variance))
		set_intervals(out, shift, sqrt(variance), s->df);
	return 0;
}

bool stats_runs_decide(const struct effect *e, const struct night_spread *s)
{
	double error = interval_error(log(e->low), log(e->high), s->df);

	return 2 * gsl_pow_2(s->between) > gsl_pow_2(error) / 2;
}

double stats_runs_within(const struct effect *e, double df, double margin)
{
	double error = interval_error(log(e->low), log(e->high), df);
	double left = log1p(margin) - fabs(log(e->ratio));

	if (isnan(error))
		return NAN;
	return error > 0 ? gsl_cdf_tdist_Q(left / error, df) : left <= 0;
}
