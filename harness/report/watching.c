/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What watching costs, below the cost of the ops. */
#include "judge/watching.h"

#include <stdlib.h>
#include "report/section.h"
#include "text/table.h"

static void put_row(struct buf *b, const struct work *work, const struct watching *w)
{
	char *range = extent_known(&w->extent) ? extent_text(&w->extent, false, "") : NULL;

	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, work->name);
	buf_put(b, "<small>");
	buf_htmlf(b, "%s, %s", work->metric, work->unit);
	buf_put(b, "</small></th>");
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

void section_watching(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "instrumented to timed", "policies", NULL };
	struct buf rows = { 0 };

	put_rows(&rows, v->cmp);
	if (!rows.len)
		return;
	table_begin(b, "What watching costs: all that watches in an instrumented sample together, as ratio "
		       "to the median of the timed samples, paired by policy");
	table_head(b, "workload", heads);
	buf_put(b, rows.text);
	table_end(b);
	free(rows.text);
}
