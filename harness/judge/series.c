/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "stats/stats.h"
#include "util/mem.h"

static struct series *add_series(struct series_set *set, const struct metric *m)
{
	struct series *s;

	set->series = mem_grow(set->series, set->nr, sizeof(*set->series));
	s = &set->series[set->nr++];
	*s = (struct series){ m->name, m->unit, mem_zalloc(set->nr_policies, sizeof(*s->policy)) };
	return s;
}

/* Samples nearly always list their metrics in one order, so the one after the last hit is tried first. */
static struct series *series_place(struct series_set *set, const struct metric *m, size_t *next)
{
	size_t i = *next;

	if (i >= set->nr || strcmp(set->series[i].name, m->name))
		for (i = 0; i < set->nr && strcmp(set->series[i].name, m->name); i++)
			;
	*next = i + 1;
	return i < set->nr ? &set->series[i] : add_series(set, m);
}

static void series_take(struct series_values *v, const struct metric *m)
{
	if (isnan(m->value)) {
		v->absent = m->absent ? m->absent : "no reason recorded";
		return;
	}
	v->value = mem_grow(v->value, v->nr, sizeof(*v->value));
	v->value[v->nr++] = m->value;
}

void series_collect(const struct compare *c, const struct series_want *want, struct series_set *set)
{
	size_t prefix = strlen(want->prefix), next = 0;

	*set = (struct series_set){ .nr_policies = c->nr_policies };
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		int p = compare_policy(c, r->policy);

		if (p < 0 || !want->sample(&c->run->run, r) ||
		    (want->workload && strcmp(r->workload, want->workload)))
			continue;
		for (size_t k = 0; k < r->metrics.nr; k++)
			if (!strncmp(r->metrics.metric[k].name, want->prefix, prefix))
				series_take(&series_place(set, &r->metrics.metric[k], &next)->policy[p],
					    &r->metrics.metric[k]);
	}
}

void series_free(struct series_set *set)
{
	for (size_t i = 0; i < set->nr; i++) {
		for (unsigned p = 0; p < set->nr_policies; p++)
			free(set->series[i].policy[p].value);
		free(set->series[i].policy);
	}
	free(set->series);
}

const struct series *series_find(const struct series_set *set, const char *name)
{
	for (size_t i = 0; i < set->nr; i++)
		if (!strcmp(set->series[i].name, name))
			return &set->series[i];
	return NULL;
}

double series_median(const struct series_values *v)
{
	return stats_median(v->value, v->nr);
}
