/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/history_events.h"

#include <math.h>
#include <stdlib.h>
#include "figures/spark.h"
#include "text/table.h"
#include "util/mem.h"

#define AROUND 30 /* nights on either side of what the picture of a change shows */
#define COLUMNS 7

static bool is_wanted(const struct history_mark *mark, unsigned kinds)
{
	return kinds >> mark->kind & 1;
}

static size_t nr_wanted(const struct history_event *e, unsigned kinds)
{
	size_t nr = 0;

	for (unsigned i = 0; i < NR_MARK_KINDS; i++)
		nr += kinds >> i & 1 ? e->of_kind[i] : 0;
	return nr;
}

static void put_cause(struct buf *b, const struct history_event *e, const struct history_cause *c)
{
	const struct history_difference *d = c->difference;
	char date[11];

	buf_htmlf(b, "%s%s%s: %s → %s", d->key, c->of ? " " : "", c->of ? c->of->policy : "",
		  d->was ? d->was : "not recorded", d->is ? d->is : "not recorded");
	history_date(d->run, date);
	if (d->run != e->run)
		buf_htmlf(b, " (%s)", date);
}

static void put_causes(struct buf *b, const struct history_event *e)
{
	size_t points = e->of_kind[MARK_LEVEL] + e->of_kind[MARK_INCIDENT];

	for (size_t i = 0; i < e->nr_causes; i++) {
		buf_put(b, "<br>");
		put_cause(b, e, &e->cause[i]);
	}
	if (points > e->wide && !e->nr_causes)
		buf_put(b, "<br><span class=\"absent\">nothing recorded differed within a few nights</span>");
}

/* The night, how many series it concerns, and what differed. */
static void put_head(struct buf *b, const struct history_event *e, unsigned kinds)
{
	char date[11];

	history_date(e->run, date);
	buf_printf(b, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%d\">%s: %zu series<small>run ",
		   COLUMNS, date, nr_wanted(e, kinds));
	buf_html(b, e->run->id);
	put_causes(b, e);
	buf_put(b, "</small></th></tr>\n");
}

static void put_text(struct buf *b, const char *class, char *text)
{
	buf_printf(b, "<td class=\"%s\">", class);
	buf_html(b, text);
	buf_put(b, "</td>");
	free(text);
}

static void put_when(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	char from[11], to[11];

	buf_put(b, "<td>");
	if (p->change.kind == CHANGE_INCIDENT) {
		history_date(s->night[p->change.until].run, to);
		buf_printf(b, "until %s", to);
	}
	if (p->change.low < p->change.high) {
		history_date(s->night[p->change.low].run, from);
		history_date(s->night[p->change.high].run, to);
		buf_printf(b, "<small>begins from %s to %s%s</small>", from, to,
			   history_is_wide(p) ? ": too many nights to name a cause" : "");
	}
	history_date(s->night[p->change.seen].run, to);
	buf_printf(b, "<small>seen %s</small></td>", to);
}

static void put_picture(struct buf *b, const struct history_series *s, const struct change *c)
{
	size_t last = c->kind == CHANGE_INCIDENT ? c->until : c->seen;
	size_t first = c->at > AROUND ? c->at - AROUND : 0;

	buf_put(b, "<td>");
	spark_svg(b, s, first, last + AROUND < s->nr ? last + AROUND : s->nr);
	buf_put(b, "</td>");
}

static void put_point(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	const char *side = history_is_neutral(s) ? "" : history_side(s, p);
	char *rise = history_rise_text(s, p), *before = history_number(s, p->change.before),
	     *after = history_number(s, p->change.after);

	buf_printf(b, "<td class=\"%s word\">%s", side, !*side ? "" : *side == 'b' ? "▲ " : "▼ ");
	buf_html(b, rise);
	buf_put(b, "</td>");
	put_text(b, "word", mem_printf("%s → %s", before, after));
	put_picture(b, s, &p->change);
	put_when(b, s, p);
	free(after);
	free(before);
	free(rise);
}

static void put_end(struct buf *b, const struct history_mark *mark)
{
	const struct history_series *other = mark->series->renamed;
	bool ended = mark->kind == MARK_ENDED;

	buf_printf(b, "<td colspan=\"%d\">%s", COLUMNS - 3,
		   ended ? "its last night: it has ended" : "its first night: it has begun");
	if (other)
		buf_htmlf(b, ". It may be %s %s under %s, renamed.", other->workload, other->metric,
			  other->policy);
	buf_put(b, "</td>");
}

static void put_mark(struct buf *b, const struct history_mark *mark)
{
	const struct history_series *s = mark->series;

	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, s->workload);
	buf_put(b, "</th>");
	put_text(b, "text", history_metric(s));
	put_text(b, "text", mem_strdup(s->policy));
	if (mark->point)
		put_point(b, s, mark->point);
	else
		put_end(b, mark);
	buf_put(b, "</tr>\n");
}

void history_events_html(struct buf *b, const struct history_events *e, const char *caption, unsigned kinds)
{
	static char *const heads[] = {
		"metric", "policy", "change", "levels", "nights around", "when", NULL
	};
	size_t nr = 0;

	for (size_t i = 0; i < e->nr; i++)
		nr += nr_wanted(&e->event[i], kinds);
	if (!nr)
		return;
	table_begin(b, caption);
	table_head(b, "workload", heads);
	for (size_t i = e->nr; i-- > 0;) {
		const struct history_event *event = &e->event[i];

		if (!nr_wanted(event, kinds))
			continue;
		put_head(b, event, kinds);
		for (size_t k = 0; k < event->nr; k++)
			if (is_wanted(&event->mark[k], kinds))
				put_mark(b, &event->mark[k]);
	}
	table_end(b);
}
