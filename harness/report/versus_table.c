/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/versus_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/forest_row.h"
#include "figures/strip.h"
#include "report/terminal.h"
#include "report/versus_words.h"
#include "text/table.h"
#include "util/mem.h"

/* Takes the text over. */
static void put_text(struct buf *b, const char *tag, char *text)
{
	buf_printf(b, "<%s>", tag);
	buf_html(b, text);
	buf_printf(b, "</%.*s>", (int)strcspn(tag, " "), tag);
	free(text);
}

static char *label_of(const struct versus_row *row)
{
	return strcmp(row->policy_a, row->policy_b) ? mem_printf("%s, %s", row->policy_a, row->policy_b)
						    : mem_strdup(row->policy_a);
}

/* How far the axis of all rows reaches. */
static struct span span_of(const struct versus_table *t)
{
	struct span s = forest_span(0.005);

	for (size_t i = 0; i < t->v->nr; i++)
		if (versus_both(&t->v->row[i])) {
			struct span own = forest_span(limits_of(t->spec->margin, t->v->row[i].work));

			s = (struct span){ fmin(s.from, own.from), fmax(s.to, own.to) };
			forest_reach(&s, &t->v->row[i].judgement);
		}
	return forest_room(&s);
}

static void put_bar(struct buf *b, const struct versus_table *t, const struct versus_row *row,
		    struct span span)
{
	char *text = versus_effect(row);
	const struct strip_bar bar = { &row->judgement, span, limits_of(t->spec->margin, row->work), text };

	buf_put(b, "<td>");
	strip_bar(b, &bar);
	buf_put(b, "</td>");
	free(text);
}

/* The word, and what must be read beside it. */
static void put_verdict(struct buf *b, const struct versus_row *row)
{
	const struct judgement *j = &row->judgement;
	bool shown = row->confirmatory && !row->missing && judgement_is_difference(j) && !j->emulated;
	char *word = versus_word(row), *notes = judgement_notes(j, row->work->unit), *rest = notes;

	buf_printf(b, "<td class=\"%s\"><span class=\"word\">",
		   !shown			  ? "none"
		   : j->verdict == VERDICT_BETTER ? "better"
						  : "worse");
	buf_html(b, word);
	buf_put(b, "</span>");
	for (char *line; row->confirmatory && !row->missing && (line = strsep(&rest, "\n")) && *line;)
		put_text(b, "small class=\"note\"", mem_strdup(line));
	buf_put(b, "</td>");
	free(notes);
	free(word);
}

/* A above B, on an axis of their own. */
static void put_points(struct buf *b, const struct versus_table *t, const struct versus_row *row)
{
	const char *unit = row->basis == BASIS_FAIR ? "of its fair" : row->work->unit;
	struct strip_dots d = { .name = { "A", "B" }, .unit = unit };
	struct point *point[2];

	for (int side = 0; side < 2; side++) {
		d.nr[side] = points_of_side(t->spec, row, side, &point[side]);
		d.lane[side] = point[side];
	}
	d.span = strip_span(&d);
	buf_put(b, "<td>");
	strip_dots(b, &d);
	if (d.span.from <= d.span.to) {
		buf_put(b, "<small class=\"ends\"><span>");
		buf_number(b, d.span.from);
		buf_put(b, "</span> <span>");
		buf_number(b, d.span.to);
		buf_put(b, "</span></small>");
	}
	buf_put(b, "</td>");
	free(point[0]);
	free(point[1]);
}

static void put_gate(struct buf *b, const struct regress_row *row)
{
	char *limit = regress_limit(row), *word = regress_sign(row);

	put_text(b, "td class=\"effect\"", limit);
	buf_printf(b, "<td class=\"%s\"><span class=\"word\">%s</span>",
		   row->ruling > RULING_INCONCLUSIVE ? "worse" : "none", word);
	if (row->why)
		put_text(b, "small class=\"note\"", mem_strdup(row->why));
	buf_put(b, "</td>");
	free(word);
}

static void put_row(struct buf *b, const struct versus_table *t, size_t i, struct span span)
{
	const struct versus_row *row = &t->v->row[i];

	buf_put(b, "<tr>");
	put_text(b, "th scope=\"row\" class=\"sub\"", label_of(row));
	put_text(b, "td", versus_middle(row, &row->a));
	put_text(b, "td", versus_middle(row, &row->b));
	put_text(b, "td class=\"effect\"", versus_effect(row));
	put_bar(b, t, row, span);
	if (t->gate)
		put_gate(b, &t->gate[i]);
	put_verdict(b, row);
	put_text(b, "td", versus_p(row));
	put_text(b, "td", versus_size(row, t->spec->nr_a));
	if (t->points)
		put_points(b, t, row);
	buf_put(b, "</tr>\n");
}

/* Over the bars: the ends of their axis. */
static void put_axis(struct buf *b, struct span span)
{
	buf_printf(
		b,
		"<th scope=\"col\">B / A<small class=\"ends\"><span>%.3g</span> <span>%.3g</span></small></th>",
		span.from, span.to);
}

/* Returns how many. */
static unsigned put_heads(struct buf *b, const struct versus_table *t, struct span span)
{
	const char *const before[] = { "policy", t->head_a, t->head_b, "B / A" }, *const after[] = {
		t->gate ? "limit" : NULL,
		t->gate ? "gate" : NULL,
		"verdict",
		"p",
		"n",
		t->points ? "every block, A above B" : NULL
	};
	unsigned nr = 5;

	buf_put(b, "<thead><tr>");
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		put_text(b, "th scope=\"col\"", mem_strdup(before[i]));
	put_axis(b, span);
	for (size_t i = 0; i < sizeof(after) / sizeof(*after); i++)
		if (after[i]) {
			put_text(b, "th scope=\"col\"", mem_strdup(after[i]));
			nr++;
		}
	buf_put(b, "</tr></thead>\n<tbody>\n");
	return nr;
}

static void put_work(struct buf *b, const struct work *work, unsigned columns)
{
	buf_printf(b, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%u\">", columns);
	buf_htmlf(b, "%s %s%s%s%s", work->name, work->metric, *work->unit ? ", " : "", work->unit,
		  work->better == BETTER_LOWER	  ? ", lower is better"
		  : work->better == BETTER_HIGHER ? ", higher is better"
						  : "");
	buf_put(b, "</th></tr>\n");
}

static bool same_work(const struct work *a, const struct work *b)
{
	return a && !strcmp(a->name, b->name) && !strcmp(a->metric, b->metric);
}

void versus_table(struct buf *b, const struct versus_table *t)
{
	const struct work *last = NULL;
	struct span span = span_of(t);
	unsigned columns;

	table_begin(b, t->caption);
	columns = put_heads(b, t, span);
	for (size_t i = 0; i < t->v->nr; i++) {
		const struct versus_row *row = &t->v->row[i];

		if (!versus_both(row) && !(t->gate && t->gate[i].ruling != RULING_INFO))
			continue;
		if (!same_work(last, row->work))
			put_work(b, row->work, columns);
		put_row(b, t, i, span);
		last = row->work;
	}
	table_end(b);
}

static void put_samples(struct buf *b, const struct side *side)
{
	bool lost = reliability_lost(&side->samples);

	put_text(b, lost ? "td class=\"status\"" : "td", reliability_text(&side->samples));
	put_text(b, "td", lost ? reliability_lost_text(&side->samples) : mem_strdup("–"));
}

/* What is the same in all metrics of a workload is said once. */
void versus_outcomes(struct buf *b, const struct versus *v)
{
	static char *const heads[] = { "policy", "A", "lost in A", "B", "lost in B", NULL };

	table_begin(
		b,
		"Samples that are data points, of those that were due; ejected, failed, void and missing ones are lost");
	table_head(b, "workload", heads);
	for (size_t i = 0; i < v->nr; i++) {
		const struct versus_row *row = &v->row[i];

		if (!row->work->primary)
			continue;
		buf_put(b, "<tr>");
		put_text(b, "th scope=\"row\"", mem_strdup(row->work->name));
		put_text(b, "td", label_of(row));
		put_samples(b, &row->a);
		put_samples(b, &row->b);
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}
