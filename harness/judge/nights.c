/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/nights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/differ.h"
#include "judge/history.h"
#include "judge/stretch.h"
#include "record/role.h"
#include "util/mem.h"

struct loading {
	struct nights *n;
	size_t next; /* runs come in order, so the next one is mostly this one */
	const char *baseline;
	const struct store_series *base; /* of the family that is taken */
};

static bool does_the_same(const struct run *run, const struct run *of)
{
	struct differences d = { 0 };
	bool same;

	differ_make(run, of, &d);
	same = !d.nr_reasons;
	differ_free(&d);
	return same;
}

static void add_run(struct nights *n, const struct run *run)
{
	bool passed = !run->gate || !strcmp(run->gate, RUN_PASSED);

	for (size_t i = 0; !passed && run->tags && i < n->nr; i++)
		n->run[i].counts = false;
	n->run = mem_grow(n->run, n->nr, sizeof(*n->run));
	n->run[n->nr++] = (struct nights_run){ mem_strdup(run->id), passed || run->tags };
}

static int take_run(struct store *s, const struct nights_ask *ask, const char *id, struct nights *n)
{
	struct run run = { 0 };
	int err = store_load_run(s, id, &run);

	if (err)
		return err;
	/* Its values are looked at, by the baseline of the run, and not its own judgement. */
	free(run.baseline);
	run.baseline = mem_strdup(ask->of->baseline);
	if (does_the_same(&run, ask->of)) {
		add_run(n, &run);
		n->run[n->nr - 1].counts &= !ask->except || strcmp(id, ask->except);
	}
	run_free(&run);
	return 0;
}

static int list_runs(struct store *s, const struct nights_ask *ask, struct nights *n)
{
	const struct store_pick pick = {
		.before = ask->of->id, .plan = ask->of->plan, .comparisons = true, .sampled = true
	};
	struct store_line *line;
	size_t nr;
	int err = store_list(s, &pick, &line, &nr);

	if (err)
		return err;
	for (size_t i = nr; i-- > 0 && !err;) /* they come the latest first */
		err = take_run(s, ask, line[i].id, n);
	for (size_t i = 0; i < n->nr; i++)
		n->nr_counting += n->run[i].counts;
	store_list_free(line, nr);
	return err;
}

/* Its place among the nights, or nr. */
static size_t find_night(struct loading *l, const char *id)
{
	size_t i = l->next;

	if (i >= l->n->nr || strcmp(l->n->run[i].id, id))
		for (i = 0; i < l->n->nr && strcmp(l->n->run[i].id, id); i++)
			;
	l->next = i < l->n->nr ? i + 1 : l->next;
	return i;
}

/* A night that lost too many of its samples is not one. */
static struct night_ratio value_of(const struct stretch *run, const struct stretch *fair)
{
	struct pairs p = stretch_pairs(run, fair);
	struct values ratios = pairs_ratios(&p);
	struct night_ratio value = stats_night(&ratios);

	if (p.n < RELIABILITY_LEAST * run->nr)
		value.x = NAN;
	free((void *)ratios.value);
	pairs_free(&p);
	return value;
}

static struct nights_series *add_series(struct nights *n, const struct store_family *f, const char *policy)
{
	struct nights_series *series;

	n->series = mem_grow(n->series, n->nr_series, sizeof(*n->series));
	series = &n->series[n->nr_series++];
	*series = (struct nights_series){ mem_strdup(f->workload), mem_strdup(f->metric), mem_strdup(f->unit),
					  mem_strdup(policy), mem_zalloc(n->nr, sizeof(*series->value)) };
	for (size_t i = 0; i < n->nr; i++)
		series->value[i] = (struct night_ratio){ NAN, NAN };
	return series;
}

static void take_series(struct loading *l, const struct store_family *f, const struct store_series *from)
{
	struct nights_series *series = add_series(l->n, f, from->policy);
	struct stretch run;
	size_t at = 0;

	l->next = 0;
	for (size_t i = 0; i < from->nr; i += run.nr) {
		struct stretch fair = stretch_fair(l->base, &at, &from->point[i]);
		size_t night = find_night(l, from->point[i].run);

		run = stretch_at(from, i);
		if (night < l->n->nr)
			series->value[night] = value_of(&run, &fair);
	}
}

/* Without the baseline nothing has a ratio. */
static int take_family(void *ctx, const struct store_family *f)
{
	struct loading *l = ctx;

	l->base = NULL;
	for (size_t i = 0; i < f->nr; i++)
		if (!strcmp(f->series[i].policy, l->baseline))
			l->base = &f->series[i];
	for (size_t i = 0; i < f->nr && l->base; i++)
		if (&f->series[i] != l->base)
			take_series(l, f, &f->series[i]);
	return 0;
}

int nights_load(struct store *s, const struct nights_ask *ask, struct nights *n)
{
	const struct store_filter filter = { .host = ask->of->host,
					     .comparisons = true,
					     .primary_only = !ask->every_metric };
	struct loading l = { .n = n, .baseline = run_baseline(ask->of) };
	int err;

	*n = (struct nights){ 0 };
	err = list_runs(s, ask, n);
	return err || !n->nr ? err : store_series(s, &filter, take_family, &l);
}

void nights_free(struct nights *n)
{
	for (size_t i = 0; i < n->nr; i++)
		free(n->run[i].id);
	for (size_t i = 0; i < n->nr_series; i++) {
		free(n->series[i].workload);
		free(n->series[i].metric);
		free(n->series[i].unit);
		free(n->series[i].policy);
		free(n->series[i].value);
	}
	free(n->run);
	free(n->series);
}

const struct night_ratio *nights_values(const struct nights *n, const struct work *work, const char *policy)
{
	for (size_t i = 0; n && i < n->nr_series; i++) {
		const struct nights_series *s = &n->series[i];

		if (!strcmp(s->workload, work->name) && !strcmp(s->metric, work->metric) &&
		    !strcmp(s->unit, work->unit) && !strcmp(s->policy, policy))
			return s->value;
	}
	return NULL;
}

struct night_spread nights_spread(const struct nights *n, const struct work *work, const char *policy,
				  size_t most)
{
	const struct night_ratio *of = nights_values(n, work, policy);
	const struct night_rule rule = { log1p(HISTORY_SMALLEST), most };
	size_t nr = of ? n->nr : 0, valued = 0;
	struct night_ratio *value = mem_zalloc(nr, sizeof(*value));
	struct night_spread spread;

	for (size_t i = 0; i < nr; i++)
		if (n->run[i].counts && !isnan(of[i].x))
			value[valued++] = of[i];
	spread = stats_night_spread(value, valued, &rule);
	free(value);
	return spread;
}
