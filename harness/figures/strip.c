/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/strip.h"

#include <math.h>
#include <stdlib.h>
#include "figures/forest_row.h"
#include "util/mem.h"

/* Of a viewBox. */
#define WIDTH 600
#define MARGIN 12
#define BAR 44	/* high */
#define LANE 56 /* high */
#define RADIUS 6

/* part: from 0, the left end, to 1. */
static double x_of(double part)
{
	return MARGIN + (WIDTH - 2 * MARGIN) * fmin(fmax(part, 0), 1);
}

static void put_begin(struct buf *b, unsigned high, const char *text)
{
	buf_printf(b, "<svg class=\"strip\" viewBox=\"0 0 %d %u\" role=\"img\" aria-label=\"", WIDTH, high);
	buf_html(b, text);
	buf_put(b, "\">");
}

static double ratio_at(const struct strip_bar *bar, double ratio)
{
	return x_of(log(ratio / bar->span.from) / log(bar->span.to / bar->span.from));
}

/* As the figures of gnuplot have them: up is better, down is worse, a square is equivalent. */
static void put_mark(struct buf *b, const struct strip_bar *bar, double x)
{
	const struct judgement *j = bar->judgement;
	int y = BAR / 2;

	if (judgement_is_difference(j) && !j->emulated)
		buf_printf(b, "<path class=\"%s\" d=\"M%.1f %dh20l-10 %dz\"/>",
			   j->verdict == VERDICT_BETTER ? "better" : "worse", x - 10,
			   j->verdict == VERDICT_BETTER ? y + 8 : y - 8,
			   j->verdict == VERDICT_BETTER ? -17 : 17);
	else if (j->verdict == VERDICT_EQUIVALENT)
		buf_printf(b, "<path d=\"M%.1f %dh16v16h-16z\"/>", x - 8, y - 8);
	else
		buf_printf(b, "<circle cx=\"%.1f\" cy=\"%d\" r=\"8\"/>", x, y);
}

void strip_bar(struct buf *b, const struct strip_bar *bar)
{
	struct extent ends = forest_ends(bar->judgement);
	double ratio = judgement_ratio(bar->judgement), from = ratio_at(bar, 1 / (1 + bar->margin));

	if (!forest_draws(bar->judgement))
		return;
	put_begin(b, BAR, bar->text);
	buf_printf(b, "<rect class=\"band\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%d\"/>", from,
		   ratio_at(bar, 1 + bar->margin) - from, BAR);
	buf_printf(b, "<path class=\"one\" d=\"M%.1f 0v%d\"/>", ratio_at(bar, 1), BAR);
	if (isfinite(ends.least) && isfinite(ends.most))
		buf_printf(b, "<path class=\"line\" d=\"M%.1f %dH%.1f\"/>", ratio_at(bar, ends.least),
			   BAR / 2, ratio_at(bar, ends.most));
	if (isfinite(ratio))
		put_mark(b, bar, ratio_at(bar, ratio));
	buf_put(b, "</svg>");
}

struct span strip_span(const struct strip_dots *d)
{
	struct span s = { INFINITY, -INFINITY };

	for (int lane = 0; lane < 2; lane++)
		for (size_t i = 0; d->lane[lane] && i < d->nr[lane]; i++) {
			s.from = fmin(s.from, d->lane[lane][i].value);
			s.to = fmax(s.to, d->lane[lane][i].value);
		}
	return s;
}

struct place {
	double x, y;
};

static double value_at(const struct strip_dots *d, double value)
{
	double wide = d->span.to - d->span.from;

	return x_of(wide > 0 ? (value - d->span.from) / wide : 0.5);
}

static struct place place_of(const struct strip_dots *d, int lane, size_t i)
{
	return (struct place){ value_at(d, d->lane[lane][i].value),
			       LANE * lane + RADIUS + 2 +
				       (LANE - 2 * RADIUS - 4) * (i + 0.5) / (double)d->nr[lane] };
}

/* "sample 12, block 3: 10.23 s, runs/ID/logs/0012-workload.log" */
static void put_title(struct buf *b, const struct point *p, const char *unit)
{
	char *dir = mem_printf("runs/%s", p->run->run.id),
	     *log = run_log_path(dir, p->sample->seq, "workload");
	struct buf value = { 0 };

	buf_number(&value, p->value);
	buf_htmlf(b, "sample %u, block %u: %s%s%s, %s", p->sample->seq, p->sample->block, value.text,
		  *unit ? " " : "", unit, log);
	free(value.text);
	free(log);
	free(dir);
}

static void put_dot(struct buf *b, const struct strip_dots *d, int lane, size_t i)
{
	struct place at = place_of(d, lane, i);

	buf_printf(b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"><title>", at.x, at.y, RADIUS);
	put_title(b, &d->lane[lane][i], d->unit);
	buf_put(b, "</title></circle>");
}

/* Whole numbers of the viewBox: a finer place is not seen between so many. */
static void put_shape(struct buf *b, const struct strip_dots *d, int lane)
{
	buf_put(b, "<path class=\"all\" d=\"");
	for (size_t i = 0; i < d->nr[lane]; i++) {
		struct place at = place_of(d, lane, i);

		buf_printf(b, "M%.0f %.0fh0", at.x, at.y);
	}
	buf_put(b, "\"/>");
}

static void put_lane(struct buf *b, const struct strip_dots *d, int lane)
{
	buf_printf(b, "<g class=\"lane%d\">", lane);
	if (d->nr[0] + d->nr[1] > STRIP_TITLES)
		put_shape(b, d, lane);
	for (size_t i = 0; d->nr[0] + d->nr[1] <= STRIP_TITLES && i < d->nr[lane]; i++)
		put_dot(b, d, lane, i);
	buf_put(b, "</g>");
}

/* "A: 15 values from 0.98 to 1.03; B: ..." */
static void put_text(struct buf *b, const struct strip_dots *d)
{
	for (int lane = 0; lane < 2; lane++) {
		struct strip_dots one = { .lane = { d->lane[lane] }, .nr = { d->nr[lane] } };
		struct span s = strip_span(&one);

		if (!d->nr[lane])
			continue;
		buf_printf(b, "%s%s%s%zu value%s from ", b->len ? "; " : "",
			   d->name[lane] ? d->name[lane] : "", d->name[lane] ? ": " : "", d->nr[lane],
			   d->nr[lane] == 1 ? "" : "s");
		buf_number(b, s.from);
		buf_put(b, " to ");
		buf_number(b, s.to);
	}
}

static void put_middle(struct buf *b, const struct strip_dots *d)
{
	const struct interval *m = d->middle;

	if (!m || isnan(m->value))
		return;
	if (!isnan(m->low))
		buf_printf(b, "<rect class=\"band\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%d\"/>",
			   value_at(d, m->low), fmax(value_at(d, m->high) - value_at(d, m->low), 1), LANE);
	buf_printf(b, "<path class=\"line\" d=\"M%.1f 0v%d\"/>", value_at(d, m->value), LANE);
}

void strip_dots(struct buf *b, const struct strip_dots *d)
{
	struct buf text = { 0 };

	put_text(&text, d);
	if (!text.len)
		return;
	put_begin(b, d->lane[1] ? 2 * LANE : LANE, text.text);
	put_middle(b, d);
	for (int lane = 0; lane < 2; lane++)
		if (d->lane[lane] && d->nr[lane])
			put_lane(b, d, lane);
	buf_put(b, "</svg>");
	free(text.text);
}
