/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is asked of a history, and its end. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/unit.h"
#include "text/buf.h"
#include "judge/history.h"
#include "stats/effect.h"
#include "stats/stats.h"
#include "text/utc.h"
#include "util/mem.h"

double history_value(const struct history_series *s, size_t night)
{
	return s->of_ratio ? s->night[night].ratio : s->night[night].median;
}

static double median_of_all(const struct history_series *s)
{
	double *x = mem_zalloc(s->nr, sizeof(*x)), middle;
	size_t nr = 0;

	for (size_t i = 0; i < s->nr; i++)
		if (isfinite(history_value(s, i)))
			x[nr++] = history_value(s, i);
	middle = stats_median(x, nr);
	free(x);
	return middle;
}

double history_level(const struct history_series *s)
{
	for (size_t i = s->nr_points; i-- > 0;)
		if (s->point[i].change.kind == CHANGE_LEVEL)
			return s->point[i].change.after;
	return s->nr_points ? s->point[0].change.before : median_of_all(s);
}

const struct history_night *history_latest(const struct history_series *s)
{
	for (size_t i = s->nr; i-- > 0;)
		if (isfinite(history_value(s, i)))
			return &s->night[i];
	return NULL;
}

double history_rise(const struct history_point *p)
{
	const struct change *c = &p->change;

	return c->before > 0 && c->after > 0 ? c->after / c->before - 1 : NAN;
}

char *history_rise_text(const struct history_series *s, const struct history_point *p)
{
	double rise = history_rise(p), percent = 100 * rise;
	const char *side = history_word(s, p), *blank = *side ? " " : "";

	if (!isfinite(rise))
		return mem_printf("%+g%s%s", p->change.after - p->change.before, blank, side);
	if (!percent)
		return mem_strdup("0 %");
	return mem_printf(fabs(percent) < 1 ? "%+.1g %%%s%s" : "%+.1f %%%s%s", percent, blank, side);
}

char *history_chance(double points)
{
	if (points < 0.05)
		return mem_strdup("none");
	return mem_printf(points < 10 ? "about %.1f" : "about %.0f", points);
}

const char *history_side(const struct history_series *s, const struct history_point *p)
{
	if (s->better == BETTER_NONE || p->change.after == p->change.before)
		return "";
	return (p->change.after < p->change.before) == (s->better == BETTER_LOWER) ? "better" : "worse";
}

bool history_emulated(const struct history_series *s)
{
	for (size_t i = s->nr; i-- > 0;)
		if (s->night[i].run->loaded)
			return s->night[i].run->loaded->emulated;
	return false;
}

bool history_is_neutral(const struct history_series *s)
{
	return history_emulated(s) && !unit_is_exact(s->unit);
}

const char *history_word(const struct history_series *s, const struct history_point *p)
{
	const char *side = history_side(s, p);

	if (!*side || !history_is_neutral(s))
		return side;
	return p->change.after < p->change.before ? "lower" : "higher";
}

bool history_same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool history_first_of_machine(const struct history *h, size_t series)
{
	for (size_t i = 0; i < series; i++)
		if (!strcmp(history_host(&h->series[i]), history_host(&h->series[series])))
			return false;
	return true;
}

const char *history_host(const struct history_series *s)
{
	return s->host ? s->host : "unknown";
}

char *history_number(const struct history_series *s, double value)
{
	struct buf b = { 0 };

	if (s->of_ratio && isfinite(value))
		buf_printf(&b, "%.3f", value);
	else
		buf_number(&b, value);
	return buf_take(&b);
}

char *history_latest_number(const struct history_series *s)
{
	const struct history_night *latest = history_latest(s);

	if (latest && s->of_ratio && latest->pairs < STATS_MIN_PAIRS)
		return mem_printf("%u block%s", latest->pairs, latest->pairs == 1 ? "" : "s");
	return history_number(s, latest ? history_value(s, (size_t)(latest - s->night)) : NAN);
}

char *history_metric(const struct history_series *s)
{
	return s->of_ratio ? mem_strdup(s->metric) : mem_printf("%s [%s]", s->metric, s->unit);
}

void history_date(const struct history_run *run, char text[11])
{
	utc_day(run->started_ns, text);
}

static void free_point(struct history_point *p)
{
	for (size_t i = 0; i < p->nr; i++) {
		free(p->difference[i].key);
		free(p->difference[i].was);
		free(p->difference[i].is);
	}
	free(p->difference);
}

static void free_series(struct history_series *s)
{
	for (size_t i = 0; i < s->nr_points; i++)
		free_point(&s->point[i]);
	free(s->point);
	free(s->night);
	free(s->host);
	free(s->policy);
	free(s->workload);
	free(s->metric);
	free(s->unit);
}

void history_free(struct history *h)
{
	for (size_t i = 0; i < h->nr; i++)
		free_series(&h->series[i]);
	for (size_t i = 0; i < h->nr_runs; i++) {
		if (h->run[i]->loaded)
			run_free(h->run[i]->loaded);
		free(h->run[i]->loaded);
		free(h->run[i]->id);
		free(h->run[i]);
	}
	for (size_t i = 0; i < h->nr_hashes; i++)
		free(h->hash[i]);
	history_losses_free(&h->losses);
	free(h->series);
	free(h->run);
	free(h->hash);
}
