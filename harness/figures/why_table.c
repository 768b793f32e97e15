/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/why_table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/figure.h"
#include "judge/instrumented.h"
#include "record/metric_name.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/mem.h"

/* "fifo: ▼ slower"; only the name for fair and for a policy without a verdict of difference. */
static char *head_of(const struct compare *c, unsigned work, unsigned policy)
{
	const char *name = c->run->run.policies[policy];
	char *verdict, *head;

	if (!why_asked_of(c, work, policy))
		return mem_strdup(name);
	verdict = judgement_verdict(&compare_cell(c, work, policy)->judgement, c->work[work].unit);
	head = mem_printf("%s: %s", name, verdict);
	free(verdict);
	return head;
}

static void put_heads(struct buf *b, const struct compare *c, unsigned work)
{
	char **heads = mem_zalloc(c->nr_policies + 1, sizeof(*heads));

	for (unsigned p = 0; p < c->nr_policies; p++)
		heads[p] = head_of(c, work, p);
	table_begin(b, "What moved; exploratory: an association, not a cause. In brackets 95 % intervals");
	table_head(b, "internal figure", heads);
	for (unsigned p = 0; p < c->nr_policies; p++)
		free(heads[p]);
	free(heads);
}

static void put_name(struct buf *b, const char *name, const char *unit)
{
	buf_printf(b, "<tr><th scope=\"row\">%s<small>%s</small></th>", name, unit);
}

static const struct move *find_move(const struct why *w, unsigned inner, unsigned policy)
{
	for (size_t i = 0; i < w->nr_moves; i++)
		if (w->move[i].inner == inner && w->move[i].policy == policy)
			return &w->move[i];
	return NULL;
}

static void put_move(struct buf *b, const struct compare *c, const struct move *m)
{
	if (!m)
		return;
	if (why_moved(m))
		buf_printf(b, "<small>%s %.3f [%.3f, %.3f] of ", m->effect.ratio > 1 ? "↑" : "↓",
			   m->effect.ratio, m->effect.low, m->effect.high);
	else
		buf_put(b, "<small>not shown to differ from ");
	buf_html(b, c->run->run.policies[m->against]);
	buf_put(b, "</small>");
}

static void put_inner(struct buf *b, const struct compare *c, const struct why *w, unsigned inner)
{
	put_name(b, w->inner[inner].name, w->inner[inner].unit);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct interval median = why_median(c, &w->inner[inner].cell[p]);

		buf_put(b, "<td>");
		if (isnan(median.value)) {
			buf_put(b, "–");
		} else {
			buf_number(b, median.value);
			figure_interval(b, &median);
			put_move(b, c, find_move(w, inner, p));
		}
		buf_put(b, "</td>");
	}
	buf_put(b, "</tr>\n");
}

/* These come from one sample per policy, so they have no interval, and nothing is said to have moved. */
static const struct {
	const char *name, *unit, *metric;
	double quantile; /* of the histogram of that name; 0: it is a number */
	double scale;
} once[] = {
	{ "slice used, median", "us", METRIC_DETAIL_OF(slice_ns), 0.5, 1e-3 },
	{ "tasks waiting where one is queued, median", "", METRIC_DETAIL_OF(depth), 0.5, 1 },
	{ "tasks waiting where one is queued, p99", "", METRIC_DETAIL_OF(depth), 0.99, 1 },
	{ "wakeup to running, median", "us", METRIC_DETAIL_OF(wakeup_ns), 0.5, 1e-3 },
	{ "moved to an SMT sibling", "", METRIC_MIGRATE "core", 0, 1 },
	{ "moved within an L3 group", "", METRIC_MIGRATE "l3", 0, 1 },
	{ "moved between L3 groups", "", METRIC_MIGRATE "node", 0, 1 },
	{ "moved between nodes", "", METRIC_MIGRATE "far", 0, 1 },
	{ "locality score: moves by distance", "hops a unit of work", METRIC_HOPS_WORK, 0, 1 },
	{ "select_cpu", "ns a call", METRIC_OP_NS_OF(select_cpu), 0, 1 },
	{ "enqueue", "ns a call", METRIC_OP_NS_OF(enqueue), 0, 1 },
	{ "dispatch", "ns a call", METRIC_OP_NS_OF(dispatch), 0, 1 },
};

static const struct record *instrumented(const struct compare *c, unsigned work, unsigned policy)
{
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (instrumented_counts(&c->run->run, r) && compare_policy(c, r->policy) == (int)policy &&
		    !strcmp(r->workload, c->work[work].name))
			return r;
	}
	return NULL;
}

static double value_once(const struct record *r, size_t i)
{
	const struct metric *m = r ? metrics_find(&r->metrics, once[i].metric) : NULL;
	const struct hist *h = r ? metrics_find_hist(&r->metrics, once[i].metric) : NULL;

	if (once[i].quantile > 0)
		return h ? once[i].scale * stats_hist_quantile(h, once[i].quantile) : NAN;
	return m ? once[i].scale * m->value : NAN;
}

static void put_once(struct buf *b, const struct compare *c, unsigned work, size_t i)
{
	double *value = mem_zalloc(c->nr_policies, sizeof(*value));
	bool any = false;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		value[p] = value_once(instrumented(c, work, p), i);
		any |= !isnan(value[p]);
	}
	if (any)
		put_name(b, once[i].name, once[i].unit);
	for (unsigned p = 0; any && p < c->nr_policies; p++) {
		buf_put(b, "<td>");
		if (isnan(value[p]))
			buf_put(b, "–");
		else
			buf_number(b, value[p]);
		buf_put(b, "</td>");
	}
	if (any)
		buf_put(b, "</tr>\n");
	free(value);
}

static void put_all_once(struct buf *b, const struct compare *c, unsigned work)
{
	struct buf rows = { 0 };

	for (size_t i = 0; i < sizeof(once) / sizeof(*once); i++)
		put_once(&rows, c, work, i);
	if (!rows.len)
		return;
	buf_printf(b,
		   "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%u\">From one instrumented "
		   "sample per policy%s: no interval, so nothing is said to have moved</th></tr>\n",
		   c->nr_policies + 1,
		   instrumented_any_refused(c, c->work[work].name) ? ", without what is refused" : "");
	buf_put(b, rows.text);
	free(rows.text);
}

void why_table(struct buf *b, const struct compare *c, unsigned work, const struct why *w)
{
	put_heads(b, c, work);
	for (unsigned i = 0; i < w->nr; i++)
		if (why_inner_moved(w, i))
			put_inner(b, c, w, i);
	put_all_once(b, c, work);
	table_end(b);
}
