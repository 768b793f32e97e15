/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/watching.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/metric_name.h"
#include "util/mem.h"

static bool is_of(const struct compare *c, const struct record *r, unsigned work)
{
	return r->instrumented && r->status == STATUS_OK && !strcmp(r->workload, c->work[work].name) &&
	       compare_policy(c, r->policy) >= 0;
}

/* The mean of a policy's instrumented samples; NAN without one. */
static double watched(const struct compare *c, unsigned work, unsigned policy)
{
	double sum = 0;
	unsigned n = 0;

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		double value = metrics_value(&r->metrics, c->work[work].metric);

		if (!is_of(c, r, work) || compare_policy(c, r->policy) != (int)policy || isnan(value))
			continue;
		sum += value;
		n++;
	}
	return n ? sum / n : NAN;
}

static void take_extent(struct watching *w, const double *x, const double *y)
{
	double *ratio = mem_zalloc(w->effect.n, sizeof(*ratio));

	for (size_t i = 0; i < w->effect.n; i++)
		ratio[i] = x[i] / y[i];
	w->extent = extent_of(ratio, w->effect.n);
	free(ratio);
}

void watching_cost(const struct compare *c, unsigned work, struct watching *w)
{
	double *x = mem_zalloc(c->nr_policies, sizeof(*x)), *y = mem_zalloc(c->nr_policies, sizeof(*y));
	size_t n = 0;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		x[n] = watched(c, work, p);
		y[n] = compare_cell(c, work, p)->median;
		n += x[n] > 0 && y[n] > 0;
	}
	w->extent = extent_none();
	stats_effect(x, y, n, &w->effect);
	if (w->effect.n && w->effect.n < STATS_MIN_PAIRS)
		take_extent(w, x, y);
	free(x);
	free(y);
}

/* "life" of "watch.life.cpu"; NULL: another metric. */
static char *collector_of(const char *metric)
{
	const char *rest = metric_rest(metric, METRIC_WATCH);
	size_t len = rest ? strlen(rest) : 0, end = strlen(METRIC_WATCH_CPU);

	if (len <= end || strcmp(rest + len - end, METRIC_WATCH_CPU))
		return NULL;
	return mem_printf("%.*s", (int)(len - end), rest);
}

static bool is_time_of(const struct metric *m, const char *collector)
{
	char *of = collector_of(m->name);
	bool is = of && (!collector || !strcmp(of, collector));

	free(of);
	return is;
}

double watching_share(const struct record *r, const char *collector)
{
	double cpu_ns = metrics_value(&r->metrics, METRIC_CGROUP_CPU), sum = NAN;

	for (size_t i = 0; i < r->metrics.nr; i++) {
		const struct metric *m = &r->metrics.metric[i];

		if (is_time_of(m, collector) && !isnan(m->value))
			sum = isnan(sum) ? m->value : sum + m->value;
	}
	return cpu_ns > 0 ? sum * 1e9 / cpu_ns : NAN;
}

static void add_collector(struct watching_collectors *w, char *name)
{
	for (unsigned i = 0; i < w->nr; i++)
		if (!strcmp(w->name[i], name)) {
			free(name);
			return;
		}
	w->name = mem_grow(w->name, w->nr, sizeof(*w->name));
	w->name[w->nr++] = name;
}

void watching_collectors(const struct compare *c, struct watching_collectors *w)
{
	*w = (struct watching_collectors){ 0 };
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct metrics *m = &c->run->sample[i].metrics;

		for (size_t k = 0; k < m->nr; k++) {
			char *name = collector_of(m->metric[k].name);

			if (name)
				add_collector(w, name);
		}
	}
}

void watching_collectors_free(struct watching_collectors *w)
{
	for (unsigned i = 0; i < w->nr; i++)
		free(w->name[i]);
	free(w->name);
}

static const char *absent_of(const struct record *r, const char *collector)
{
	for (size_t i = 0; i < r->metrics.nr; i++)
		if (is_time_of(&r->metrics.metric[i], collector) && r->metrics.metric[i].absent)
			return r->metrics.metric[i].absent;
	return NULL;
}

void watching_tax(const struct compare *c, unsigned work, const char *collector, struct watching_tax *t)
{
	double *share = mem_zalloc(c->run->nr + 1, sizeof(*share));

	*t = (struct watching_tax){ .share = { NAN, NAN, NAN }, .extent = extent_none() };
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (!is_of(c, r, work))
			continue;
		share[t->n] = watching_share(r, collector);
		t->n += !isnan(share[t->n]);
		t->absent = absent_of(r, collector) ?: t->absent;
	}
	if (t->n < STATS_MIN_PAIRS)
		t->extent = extent_of(share, t->n);
	else
		t->share = stats_median_interval(share, t->n);
	free(share);
}

bool watching_is_timed(const struct compare *c)
{
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (!r->instrumented && !isnan(metrics_value(&r->metrics, METRIC_AUDIT_EXT)))
			return true;
	}
	return false;
}
