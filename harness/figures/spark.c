/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/spark.h"

#include <math.h>
#include <stdlib.h>
#include "stats/stats.h"
#include "util/mem.h"

#define WIDTH 1200
#define HEIGHT 200
#define MARGIN 10
#define COLUMNS 120 /* more nights share columns, which show their medians */

/* What is drawn: the nights, and the values from bottom to top. */
struct frame {
	const struct history_series *s;
	size_t first, end;
	double least, most;
};

static int x_of(const struct frame *f, double night)
{
	return (int)lround(MARGIN + (WIDTH - 2 * MARGIN) * (night - f->first) / (f->end - 1 - f->first));
}

static int y_of(const struct frame *f, double value)
{
	double part = f->most > f->least ? (value - f->least) / (f->most - f->least) : 0.5;

	part = fmin(fmax(part, 0), 1);
	return (int)lround(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * part);
}

/* The nights from "from" to before "to" that have a value: their median, or NAN. */
static double median_of(const struct history_series *s, size_t from, size_t to)
{
	double *x = mem_zalloc(to - from, sizeof(*x)), middle;
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		if (isfinite(history_value(s, i)))
			x[n++] = history_value(s, i);
	middle = stats_median(x, n);
	free(x);
	return middle;
}

/* Column i of so many; its place is the place of its middle night. */
struct column {
	double night, value;
};

static size_t nr_columns(const struct frame *f)
{
	return f->end - f->first < COLUMNS ? f->end - f->first : COLUMNS;
}

static struct column column_at(const struct frame *f, size_t i)
{
	size_t nights = f->end - f->first, columns = nr_columns(f);
	size_t from = f->first + i * nights / columns, to = f->first + (i + 1) * nights / columns;

	return (struct column){ (from + to - 1) / 2.0, median_of(f->s, from, to) };
}

static void widen_frame(struct frame *f, double value)
{
	f->least = fmin(f->least, value);
	f->most = fmax(f->most, value);
}

static size_t in_frame(const struct frame *f, size_t night)
{
	return night < f->first ? f->first : night >= f->end ? f->end - 1 : night;
}

/* Nights of one level. */
struct stretch {
	double level;
	size_t from, to;
};

/* As far as they are in the frame. */
static void put_stretch(struct buf *b, const struct frame *f, struct stretch own)
{
	size_t begin = in_frame(f, own.from), end = in_frame(f, own.to);

	if (isfinite(own.level) && begin < end)
		buf_printf(b, "M%d %dH%d", x_of(f, (double)begin), y_of(f, own.level), x_of(f, (double)end));
}

static void put_levels(struct buf *b, const struct frame *f)
{
	const struct history_series *s = f->s;
	double level = s->nr_points ? s->point[0].change.before : history_level(s);
	size_t from = 0;

	buf_put(b, "<path class=\"level\" d=\"");
	for (size_t i = 0; i < s->nr_points; i++) {
		const struct change *c = &s->point[i].change;

		put_stretch(b, f, (struct stretch){ level, from, c->at });
		from = c->at;
		if (c->kind == CHANGE_INCIDENT) {
			put_stretch(b, f, (struct stretch){ c->after, c->at, c->until + 1 });
			from = c->until + 1;
		} else {
			level = c->after;
		}
	}
	put_stretch(b, f, (struct stretch){ level, from, s->nr });
	buf_put(b, "\"/>");
}

static void put_values(struct buf *b, const struct frame *f)
{
	char step = 'M';

	buf_put(b, "<path d=\"");
	for (size_t i = 0; i < nr_columns(f); i++) {
		struct column c = column_at(f, i);

		if (!isfinite(c.value))
			continue;
		buf_printf(b, "%c%d %d", step, x_of(f, c.night), y_of(f, c.value));
		step = 'L';
	}
	buf_put(b, "\"/>");
}

static void put_marks(struct buf *b, const struct frame *f)
{
	for (size_t i = 0; i < f->s->nr_points; i++) {
		const struct change *c = &f->s->point[i].change;

		if (c->at >= f->first && c->at < f->end)
			buf_printf(b, "<circle cx=\"%d\" cy=\"%d\" r=\"14\"/>", x_of(f, (double)c->at),
				   y_of(f, c->after));
	}
}

void spark_svg(struct buf *b, const struct history_series *s, size_t first, size_t end)
{
	struct frame f = { s, first, end, INFINITY, -INFINITY };
	size_t values = 0;

	for (size_t i = 0; first + 1 < end && i < nr_columns(&f); i++) {
		double value = column_at(&f, i).value;

		values += isfinite(value);
		if (isfinite(value))
			widen_frame(&f, value);
	}
	if (values < 2)
		return;
	buf_printf(b, "<svg class=\"spark\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">", WIDTH, HEIGHT);
	put_values(b, &f);
	put_levels(b, &f);
	put_marks(b, &f);
	buf_put(b, "</svg>");
}
