/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What bringing each policy in and taking it out took, over all samples that are ok: median and worst. */
#include <math.h>
#include "judge/series.h"
#include "record/metric_name.h"
#include "report/section.h"
#include "sample/dark.h"
#include "text/table.h"

static const struct {
	const char *metric, *name;
} rows[] = {
	{ METRIC_SWAP_LOAD, "load, or its reset" },
	{ METRIC_SWAP_ATTACH, "attach" },
	{ METRIC_SWAP_FIRST, "attach to the first decision that was seen" },
	{ METRIC_SWAP_DARK_IN, "a task does not run, at the attach" },
	{ METRIC_SWAP_DETACH, "detach" },
	{ METRIC_SWAP_DARK_OUT, "a task does not run, at the detach" },
};

static bool is_ok(const struct run *run, const struct record *r)
{
	(void)run;
	return r->status == STATUS_OK;
}

static double worst(const struct series_values *v)
{
	double most = NAN;

	for (size_t i = 0; i < v->nr; i++)
		most = fmax(most, v->value[i]); /* fmax() passes NAN by */
	return most;
}

static void put_value(struct buf *b, const struct series_values *v)
{
	buf_put(b, "<td>");
	if (!v->nr) {
		buf_html(b, v->absent ? v->absent : "–");
		buf_put(b, "</td>");
		return;
	}
	buf_number(b, 1e3 * series_median(v));
	buf_put(b, "<small>worst ");
	buf_number(b, 1e3 * worst(v));
	buf_printf(b, " of %zu</small></td>", v->nr);
}

static void put_row(struct buf *b, const struct series *s, const char *name, unsigned nr)
{
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, name);
	buf_put(b, "<small>ms</small></th>");
	for (unsigned p = 0; p < nr; p++)
		put_value(b, &s->policy[p]);
	buf_put(b, "</tr>\n");
}

static void put_table(struct buf *b, const struct compare *c, const struct series_set *set)
{
	table_begin(
		b, "Medians over the swaps of all samples that are ok; exploratory, not part of any verdict");
	table_head(b, "what takes how long", c->run->run.policies);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct series *s = series_find(set, rows[i].metric);

		if (s)
			put_row(b, s, rows[i].name, c->nr_policies);
	}
	table_end(b);
}

/* Runs of before this was measured, and of the exact lab, have none. */
void section_swap(struct buf *b, const struct view *v)
{
	const struct series_want want = { .prefix = METRIC_SWAP, .sample = is_ok };
	struct series_set set;

	series_collect(v->cmp, &want, &set);
	if (set.nr) {
		buf_put(b, "<section>\n<h2>What a swap takes</h2>\n");
		put_table(b, v->cmp, &set);
		buf_printf(
			b,
			"<p class=\"how\">A policy is loaded once in a run, and reset between its samples. An "
			"ordinary task that is bound to a CPU and wakes every %.0f µs is there during each swap: "
			"the longest time that it does not run is what a swap costs those that work. Fair is "
			"never swapped, so it has no such times.</p>\n</section>\n",
			DARK_WAKE_S * 1e6);
	}
	series_free(&set);
}
