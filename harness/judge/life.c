/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/life.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/instrumented.h"
#include "life/life_table.h"
#include "record/json.h"
#include "record/metric_name.h"
#include "stats/stats.h"
#include "util/mem.h"

static void life_add(struct metrics *sum, const struct metrics *m)
{
	for (size_t i = 0; i < m->nr; i++) {
		const struct metric *mt = &m->metric[i], *so_far = metrics_find(sum, mt->name);

		if (metric_rest(mt->name, METRIC_LIFE) && !isnan(mt->value))
			metrics_add(sum, mt->name, mt->unit, mt->better,
				    mt->value + (so_far ? so_far->value : 0));
	}
	for (size_t i = 0; i < m->nr_hists; i++) {
		const struct hist *h = &m->hist[i], *so_far = metrics_find_hist(sum, h->name);

		if (metric_rest(h->name, METRIC_LIFE))
			stats_hist_merge(so_far ? (struct hist *)so_far : metrics_hist(sum, h->name, h->unit),
					 h);
	}
}

/* The first reason why a sample tells nothing. */
static void note_absent(struct lives *l, unsigned policy, char *why)
{
	if (l->absent[policy])
		free(why);
	else
		l->absent[policy] = why;
}

static void make_one(const struct compare *c, unsigned policy, struct lives *l)
{
	struct metrics sum = { 0 };

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		const struct metric *missed = metrics_find(&r->metrics, METRIC_LIFE_MISSED);

		if (compare_policy(c, r->policy) != (int)policy)
			continue;
		if (missed && missed->absent)
			note_absent(l, policy, mem_strdup(missed->absent));
		if (instrumented_refused(&c->run->run, r))
			note_absent(l, policy, instrumented_why(&c->run->run, r));
		else
			life_add(&sum, &r->metrics);
	}
	life_graph_make(&sum, &l->policy[policy]);
	l->seen += l->policy[policy].nr > 0;
	metrics_free(&sum);
}

void lives_make(const struct compare *c, struct lives *l)
{
	*l = (struct lives){ .nr = c->nr_policies };
	l->policy = mem_zalloc(l->nr + 1, sizeof(*l->policy));
	l->absent = mem_zalloc(l->nr + 1, sizeof(*l->absent));
	for (unsigned p = 0; p < l->nr; p++)
		make_one(c, p, l);
}

void lives_free(struct lives *l)
{
	for (unsigned p = 0; p < l->nr; p++) {
		life_graph_free(&l->policy[p]);
		free(l->absent[p]);
	}
	free(l->policy);
	free(l->absent);
}

static json_t *edges(const struct life_graph *g)
{
	json_t *array = json_array();

	for (size_t i = 0; i < g->nr; i++) {
		const struct life_seen *e = &g->edge[i];

		json_array_append_new(array,
				      json_pack("{s:s,s:s,s:f,s:o,s:b}", "from", life_point_name(e->from),
						"to", life_point_name(e->to), "count", e->count, "median_ns",
						json_from_double(e->median_ns), "listed", e->legal));
	}
	return array;
}

json_t *lives_json(const struct compare *c)
{
	json_t *array = json_array();
	struct lives l;

	lives_make(c, &l);
	for (unsigned p = 0; p < l.nr; p++)
		json_array_append_new(array,
				      json_pack("{s:o,s:o,s:o,s:o}", "policy",
						json_from_text(c->run->run.policies[p]), "missed",
						json_from_double(l.policy[p].missed), "absent",
						json_from_text(l.absent[p]), "edges", edges(&l.policy[p])));
	lives_free(&l);
	return array;
}
