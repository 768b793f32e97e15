/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was collected besides the primary metrics: medians, and the cost of the ops. */
#include <stdlib.h>
#include <string.h>
#include "record/abi_name.h"
#include "record/metric_name.h"
#include "report/section.h"
#include "judge/instrumented.h"
#include "judge/series.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/mem.h"

static bool is_point(const struct run *run, const struct record *r)
{
	(void)run;
	return compare_counts(r);
}

/* One cell over all columns, when the value is absent everywhere for the same reason. */
static const char *absent_everywhere(const struct series *s, unsigned nr)
{
	for (unsigned p = 0; p < nr; p++)
		if (s->policy[p].nr || !s->policy[p].absent ||
		    strcmp(s->policy[p].absent, s->policy[0].absent))
			return NULL;
	return s->policy[0].absent;
}

static void put_value(struct buf *b, const struct series_values *v)
{
	buf_put(b, "<td>");
	if (v->nr)
		buf_number(b, series_median(v));
	else
		buf_htmlf(b, "%s%s", v->absent ? "absent: " : "–", v->absent ? v->absent : "");
	buf_put(b, "</td>");
}

static void put_row(struct buf *b, const struct series *s, unsigned nr)
{
	const char *absent = nr ? absent_everywhere(s, nr) : NULL;

	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, s->name);
	buf_put(b, "<small>");
	buf_html(b, s->unit);
	buf_put(b, "</small></th>");
	if (absent) {
		buf_printf(b, "<td class=\"absent\" colspan=\"%u\">", nr);
		buf_htmlf(b, "absent: %s", absent);
		buf_put(b, "</td>");
	}
	for (unsigned p = 0; !absent && p < nr; p++)
		put_value(b, &s->policy[p]);
	buf_put(b, "</tr>\n");
}

/* The ledger has a table of its own, and so has the verifier. */
static bool is_elsewhere(const struct series *s)
{
	return metric_rest(s->name, METRIC_CUSTODY) || metric_rest(s->name, METRIC_VERIFIER);
}

static void put_table(struct buf *b, const struct compare *c, const struct series_set *set)
{
	table_begin(b, "Medians over the data points; exploratory, not part of any verdict");
	table_head(b, "metric", c->run->run.policies);
	for (size_t i = 0; i < set->nr; i++)
		if (!is_elsewhere(&set->series[i]))
			put_row(b, &set->series[i], c->nr_policies);
	table_end(b);
}

static void put_workload(struct buf *b, const struct compare *c, const char *workload)
{
	struct series_want want = { workload, "", is_point };
	struct series_set set;

	series_collect(c, &want, &set);
	buf_put(b, "<details data-workload=\"");
	buf_html(b, workload);
	buf_put(b, "\"><summary>");
	buf_htmlf(b, "%s: %zu metrics", workload, set.nr);
	buf_put(b, "</summary>\n");
	if (set.nr)
		put_table(b, c, &set);
	else
		buf_put(b, "<p>No data point, so no median.</p>\n");
	buf_put(b, "</details>\n");
	series_free(&set);
}

void section_collected(struct buf *b, const struct view *v)
{
	for (unsigned w = 0; w < v->cmp->nr_works; w++)
		put_workload(b, v->cmp, v->cmp->work[w].name);
}

static void put_cost(struct buf *b, const struct series_values *ns, const struct series_values *calls)
{
	buf_put(b, "<td>");
	if (!ns->nr) {
		buf_put(b, "–</td>");
		return;
	}
	buf_number(b, series_median(ns));
	if (calls && calls->nr) {
		buf_put(b, "<small>");
		buf_number(b, series_median(calls));
		buf_put(b, series_median(calls) == 1 ? " call</small>" : " calls</small>");
	}
	buf_put(b, "</td>");
}

static void put_op(struct buf *b, const struct series *ns, const struct series_set *calls)
{
	const char *op = metric_rest(ns->name, METRIC_OP_NS);
	char *name = mem_printf(METRIC_OP "%s", op);
	const struct series *of = series_find(calls, name);

	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, op);
	buf_put(b, "</th>");
	for (unsigned p = 0; p < calls->nr_policies; p++)
		put_cost(b, &ns->policy[p], of ? &of->policy[p] : NULL);
	buf_put(b, "</tr>\n");
	free(name);
}

static bool is_named(const char *op)
{
	for (int i = 0; i < SCXB_NR_OPS; i++)
		if (!strcmp(abi_op[i], op))
			return true;
	return false;
}

/* In the order of a task's life, whichever policy has which ops; then what no table names, as it was found.
 */
static void put_ops(struct buf *b, const struct series_set *ns, const struct series_set *calls)
{
	for (int i = 0; i < SCXB_NR_OPS; i++) {
		char *name = mem_printf(METRIC_OP_NS "%s", abi_op[i]);
		const struct series *s = series_find(ns, name);

		if (s)
			put_op(b, s, calls);
		free(name);
	}
	for (size_t i = 0; i < ns->nr; i++)
		if (!is_named(metric_rest(ns->series[i].name, METRIC_OP_NS)))
			put_op(b, &ns->series[i], calls);
}

/* All of it is of one sample of each policy. */
static void put_verifier(struct buf *b, const struct compare *c)
{
	struct series_want want = { NULL, METRIC_VERIFIER, is_point };
	struct series_set set;

	series_collect(c, &want, &set);
	if (set.nr) {
		table_begin(
			b,
			"What the kernel's verifier did when it loaded a policy, found once a run: of all its "
			"programs, and of each op");
		table_head(b, "figure", c->run->run.policies);
		for (size_t i = 0; i < set.nr; i++)
			put_row(b, &set.series[i], c->nr_policies);
		table_end(b);
	}
	series_free(&set);
}

void section_cost(struct buf *b, const struct view *v)
{
	struct series_want want_ns = { NULL, METRIC_OP_NS, instrumented_counts };
	struct series_want want_calls = { NULL, METRIC_OP, instrumented_counts };
	struct series_set ns, calls;

	series_collect(v->cmp, &want_ns, &ns);
	series_collect(v->cmp, &want_calls, &calls);
	if (ns.nr) {
		table_begin(b,
			    "Nanoseconds per call, medians over the instrumented samples of all workloads: "
			    "instrumented, never compared");
		table_head(b, "op", v->cmp->run->run.policies);
		put_ops(b, &ns, &calls);
		table_end(b);
	} else {
		buf_printf(b,
			   "<p>No instrumented sample of this run %s, so the cost of the ops is not "
			   "known.</p>\n",
			   instrumented_any_refused(v->cmp, NULL) ? "gives figures" : "is proven");
	}
	series_free(&ns);
	series_free(&calls);
	put_verifier(b, v->cmp);
}
