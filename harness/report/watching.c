/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What watching costs, below the cost of the ops; and which samples are refused for it. */
#include "judge/watching.h"

#include <stdlib.h>
#include "judge/instrumented.h"
#include "report/section.h"
#include "text/table.h"
#include "util/mem.h"

static void put_work(struct buf *b, const struct work *work)
{
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, work->name);
	buf_put(b, "<small>");
	buf_htmlf(b, "%s, %s", work->metric, work->unit);
	buf_put(b, "</small></th>");
}

static void put_row(struct buf *b, const struct work *work, const struct watching *w)
{
	char *range = extent_known(&w->extent) ? extent_text(&w->extent, false, "") : NULL;

	put_work(b, work);
	if (range)
		buf_printf(b, "<td><span class=\"range\">%s</span>", range);
	else
		buf_printf(b, "<td><b>%.3f</b><small>[%.3f, %.3f]</small>", w->effect.ratio, w->effect.low,
			   w->effect.high);
	buf_printf(b, "</td><td>%zu</td></tr>\n", w->effect.n);
	free(range);
}

static void put_rows(struct buf *b, const struct compare *c)
{
	for (unsigned i = 0; i < c->nr_works; i++) {
		struct watching w;

		watching_cost(c, i, &w);
		if (w.effect.n)
			put_row(b, &c->work[i], &w);
	}
}

static void put_ratios(struct buf *b, const struct compare *c)
{
	static char *const heads[] = { "instrumented to timed", "policies", NULL };
	struct buf rows = { 0 };

	put_rows(&rows, c);
	if (!rows.len)
		return;
	table_begin(b, "What watching costs: all that watches in an instrumented sample together, as ratio "
		       "to the median of the timed samples, paired by policy");
	table_head(b, "workload", heads);
	buf_put(b, rows.text);
	table_end(b);
	free(rows.text);
}

/* "3.2 % [2.9, 3.6]", "2.1 … 3.4 %", or of one sample what it has. */
static void put_share(struct buf *b, const struct watching_tax *t)
{
	const struct extent percent = { 100 * t->extent.least, 100 * t->extent.most, false };
	char *range = t->n > 1 && extent_known(&percent) ? extent_text(&percent, false, "%") : NULL;

	if (!t->n) {
		buf_put(b, "<td class=\"absent\">");
		buf_html(b, t->absent ? t->absent : "–");
	} else if (range) {
		buf_printf(b, "<td><span class=\"range\">%s</span>", range);
	} else {
		buf_printf(b, "<td><b>%.3g %%</b>", t->n > 1 ? 100 * t->share.value : percent.least);
	}
	if (t->n >= STATS_MIN_PAIRS)
		buf_printf(b, "<small>[%.3g, %.3g]</small>", 100 * t->share.low, 100 * t->share.high);
	if (t->n)
		buf_printf(b, "<small>%zu sample%s</small>", t->n, t->n == 1 ? "" : "s");
	buf_put(b, "</td>");
	free(range);
}

static void put_taxes(struct buf *b, const struct compare *c, const struct watching_collectors *w)
{
	for (unsigned i = 0; i < c->nr_works; i++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, c->work[i].name);
		buf_put(b, "</th>");
		for (unsigned k = 0; k <= w->nr; k++) {
			struct watching_tax t;

			watching_tax(c, i, k < w->nr ? w->name[k] : NULL, &t);
			put_share(b, &t);
		}
		buf_put(b, "</tr>\n");
	}
}

static void put_collectors(struct buf *b, const struct compare *c, const struct watching_collectors *w)
{
	char **heads = mem_zalloc(w->nr + 2, sizeof(*heads));

	for (unsigned i = 0; i < w->nr; i++)
		heads[i] = w->name[i];
	heads[w->nr] = "together";
	table_begin(b,
		    "What each collector's own BPF programs cost: their CPU time as share of that of the "
		    "workload, medians over the instrumented samples, in brackets 95 % intervals; of fewer "
		    "than 6 samples the least and the most");
	table_head(b, "workload", heads);
	put_taxes(b, c, w);
	table_end(b);
	buf_put(b,
		"<p class=\"how\">That is the programs alone: the way to them, the statistics' own work and "
		"what they push out of caches is not in it. ");
	buf_put(b,
		watching_is_timed(c)
			? "The auditor (audit) watches the timed samples too, under every policy alike; what it "
			  "costs there is not measured, because the kernel's statistics are off in them.</p>\n"
			: "None of them watches a timed sample.</p>\n");
	free(heads);
}

static void put_refused(struct buf *b, const struct compare *c)
{
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		char *why = instrumented_why(&c->run->run, r);

		if (why) {
			buf_put(b, "<p class=\"banner\">");
			buf_htmlf(b, "%s, %s: %s. Its figures are not used.", r->workload, r->policy, why);
			buf_put(b, "</p>\n");
		}
		free(why);
	}
}

void section_watching(struct buf *b, const struct view *v)
{
	struct watching_collectors w;

	put_ratios(b, v->cmp);
	watching_collectors(v->cmp, &w);
	if (w.nr)
		put_collectors(b, v->cmp, &w);
	put_refused(b, v->cmp);
	watching_collectors_free(&w);
}
