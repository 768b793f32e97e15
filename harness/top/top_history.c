/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "top/top_history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "text/buf.h"
#include "top/top.h"
#include "util/mem.h"

static void figures_of_tasks(const struct monitor_rates *r, double *value)
{
	for (size_t i = 0; i < r->nr_tasks; i++) {
		const struct monitor_task *t = &r->task[i];

		monitor_add_known(&value[FIGURE_waiting], t->wait);
		monitor_add_known(&value[FIGURE_moves], t->moves);
		if (t->task.custody != MON_OUT)
			value[FIGURE_oldest] = fmax(value[FIGURE_oldest], t->task.waited_ns);
	}
	for (int i = 0; i < SCXB_NR_OPS; i++)
		monitor_add_known(&value[FIGURE_cost], r->op[i].per_s * r->op[i].ns / 1e9);
}

static struct top_point point_of(const struct monitor_rates *r)
{
	struct top_point p = { .when_s = r->now->when_ns / 1e9 };
	double *value = p.value;

	for (int i = 0; i < NR_FIGURES; i++)
		value[i] = NAN;
	value[FIGURE_busy] = top_busy(r);
	if (!*r->now->policy)
		return p;
	value[FIGURE_running] = r->nr_running;
	figures_of_tasks(r, value);
	if (!r->now->counted)
		return p;
	value[FIGURE_inside] = r->nr_inside;
	value[FIGURE_entered] = top_entered(r);
	value[FIGURE_p50] = r->last[SCXB_CAUSE_dispatch].ns[0];
	value[FIGURE_p99] = r->last[SCXB_CAUSE_dispatch].ns[1];
	return p;
}

void top_history_add(struct top_history *h, const struct monitor_rates *r, bool all)
{
	if (!all && h->nr == 2 * TOP_PAST) {
		h->nr = TOP_PAST;
		h->dropped += TOP_PAST;
		memmove(h->point, h->point + TOP_PAST, TOP_PAST * sizeof(*h->point));
	}
	h->point = mem_grow(h->point, h->nr, sizeof(*h->point));
	h->point[h->nr++] = point_of(r);
}

struct top_past top_past(const struct top_history *h, size_t end)
{
	size_t from = end > TOP_PAST ? end - TOP_PAST : 0;

	return (struct top_past){ h->point ? h->point + from : NULL, end - from, h->dropped + from };
}

size_t top_spark_looks(const struct top_past *p, size_t columns)
{
	size_t looks = columns ? (p->nr + columns - 1) / columns : 0;

	return looks ? looks : 1;
}

/* The mean of a column, which always holds the same looks, however many come after them. */
static double column_value(const struct top_past *p, enum top_figure figure, size_t looks, size_t column)
{
	double sum = NAN;
	int nr = 0;

	for (size_t i = 0; i < p->nr; i++) {
		double value = p->point[i].value[figure];

		if ((p->before + i) / looks != column || isnan(value))
			continue;
		monitor_add_known(&sum, value);
		nr++;
	}
	return sum / nr;
}

char *top_spark(const struct top_past *p, const struct top_spark *how)
{
	static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const ascii[] = { "_", ".", ":", "-", "=", "+", "*", "#" };
	const char *const *glyph = how->utf8 ? blocks : ascii;
	size_t looks = top_spark_looks(p, how->columns), last, first;
	double most = 0;
	struct buf b = { 0 };

	if (!p->nr)
		return buf_take(&b);
	last = (p->before + p->nr - 1) / looks;
	first = p->before / looks;
	if (last - first + 1 > how->columns)
		first = last + 1 - how->columns;
	for (size_t i = first; i <= last; i++)
		most = fmax(most, column_value(p, how->figure, looks, i));
	for (size_t i = first; i <= last; i++) {
		double value = column_value(p, how->figure, looks, i);

		buf_put(&b, isnan(value) ? " "
					 : glyph[most > 0 && value > 0 ? (int)(value / most * 7 + 0.5) : 0]);
	}
	return buf_take(&b);
}
