/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/axis.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "record/unit.h"
#include "util/mem.h"

#define MAX_TICS 12 /* more can't be read, of any kind */

struct span span_around(double least, double most, double room)
{
	double around = fmax(room * (most - least), 1e-3 * fmax(fabs(most), 1e-9));

	return (struct span){ least < 0 ? least - around : fmax(least - around, 0), most + around };
}

/* Seconds in the time that a unit begins with, "us" or "us a run"; NAN: it does not. */
static double leading_seconds(const char *unit, size_t *len)
{
	char first[4];

	*len = strcspn(unit, " /");
	if (*len >= sizeof(first))
		return NAN;
	memcpy(first, unit, *len);
	first[*len] = '\0';
	return unit_seconds(first);
}

struct scale scale_of(const char *unit, double most)
{
	static const char *const units[] = { "s", "ms", "us", "ns" };
	size_t len;
	double seconds = leading_seconds(unit, &len);
	struct scale s = { "", unit, 1 };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units) && !isnan(seconds); i++) {
		s = (struct scale){ units[i], unit + len, seconds / unit_seconds(units[i]) };
		if (most * s.per >= 1)
			break;
	}
	return s;
}

char *scale_unit(const struct scale *s)
{
	return mem_printf("%s%s", s->time, s->rest);
}

/* 1, 2 or 5 times a power of ten, so that about so many fit. */
static double step_of(double length, unsigned parts)
{
	double decade = pow(10, floor(log10(length / parts))), part = length / parts / decade;

	return decade * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
}

struct tics {
	struct buf list; /* "'10' 10, '20' 20" */
	unsigned nr, longest;
	double last, gap; /* gap: the smallest between two of them, as a part of the axis */
};

static void put_digits(struct buf *b, double value, double step)
{
	int decimals = step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;

	if (decimals > 9 || fabs(value) >= 1e15)
		buf_printf(b, "%.6g", value);
	else
		buf_fixed(b, fabs(value) < step / 2 ? 0 : value, decimals);
}

/* gap: to the tic before it. */
static void put_tic(struct tics *t, const char *text, double at, double gap)
{
	buf_printf(&t->list, "%s'%s' %.12g", t->nr ? ", " : "", text, at);
	if (t->nr)
		t->gap = fmin(t->gap, gap);
	if (strlen(text) > t->longest)
		t->longest = (unsigned)strlen(text);
	t->last = at;
	t->nr++;
}

static bool has_room(const struct tics *t, unsigned columns)
{
	return t->nr <= MAX_TICS && (!columns || t->nr < 2 || t->longest + 1 <= columns * t->gap);
}

/* What stands at a value of so many of the scale's unit. */
static char *tic_text(double number, double step, const char *unit)
{
	struct buf b = { 0 };

	put_digits(&b, number, step);
	buf_printf(&b, "%s%s", *unit ? " " : "", unit);
	return buf_take(&b);
}

/* How an axis is divided. */
struct division {
	bool log;
	unsigned parts;	   /* into about so many equal steps; 0: by decades */
	const char *times; /* then at so many times each decade, a digit each, */
	int decades;	   /* and only at every so many decades */
};

static double gap_of(const struct span *s, bool log, double from, double to)
{
	return log ? log10(to / from) / log10(s->to / s->from) : (to - from) / (s->to - s->from);
}

static struct scale scale_of_axis(const struct axis *a)
{
	return scale_of(a->unit, fmax(fabs(a->span.from), fabs(a->span.to)));
}

static void put_steps(struct tics *t, const struct axis *a, const struct division *d)
{
	const struct span *s = &a->span;
	struct scale scale = scale_of_axis(a);
	double step = step_of((s->to - s->from) * scale.per, d->parts);

	for (double k = ceil(s->from * scale.per / step - 1e-9) + 0.0 /* not -0 */; t->nr <= MAX_TICS; k++) {
		double at = k * step / scale.per;
		char *text;

		if (at > s->to + 1e-9 * step / scale.per)
			break;
		text = tic_text(k * step, step, d->log ? scale.time : "");
		put_tic(t, text, at, gap_of(s, d->log, t->last, at));
		free(text);
	}
}

static void put_decade(struct tics *t, const struct axis *a, double decade, const char *times)
{
	struct scale scale = scale_of(a->unit, decade);

	for (; *times; times++) {
		double at = (*times - '0') * decade;
		char *text;

		if (at < a->span.from || at > a->span.to)
			continue;
		text = tic_text(at * scale.per, decade * scale.per, scale.time);
		put_tic(t, text, at, gap_of(&a->span, true, t->last, at));
		free(text);
	}
}

static struct tics tics_of(const struct axis *a, const struct division *d)
{
	struct tics t = { .gap = 1 };

	if (d->parts)
		put_steps(&t, a, d);
	else
		for (int i = (int)floor(log10(a->span.from)); i <= log10(a->span.to) && t.nr <= MAX_TICS; i++)
			if (i % d->decades == 0)
				put_decade(&t, a, pow(10, i), d->times);
	return t;
}

/* By the first of the divisions that has room; or else by the last that has two tics, or by the last. */
static struct tics fitting_tics(const struct axis *a, unsigned columns, const struct division *d, size_t nr)
{
	struct tics t = tics_of(a, d);

	for (size_t i = 1; i < nr && !has_room(&t, columns); i++) {
		struct tics next = tics_of(a, &d[i]);
		bool better = next.nr > 1 || t.nr < 2 || t.nr > MAX_TICS;

		free(better ? t.list.text : next.list.text);
		t = better ? next : t;
	}
	return t;
}

static void put_axis(struct buf *gp, const struct axis *a, const struct division *d, size_t nr)
{
	struct tics wide = fitting_tics(a, a->wide, d, nr), narrow = fitting_tics(a, a->narrow, d, nr);

	buf_printf(gp, "%s_from = %.9g\n%s_to = %.9g\n%s_tics = \"(%s)\"\n%s_few = \"(%s)\"\n%s_long = %u\n",
		   a->name, a->span.from, a->name, a->span.to, a->name, wide.nr ? wide.list.text : "",
		   a->name, narrow.nr ? narrow.list.text : "", a->name, wide.longest);
	free(wide.list.text);
	free(narrow.list.text);
}

char *axis_linear(struct buf *gp, const struct axis *a)
{
	struct scale scale = scale_of_axis(a);
	static const struct division equal[] = {
		{ .parts = 5 }, { .parts = 4 }, { .parts = 3 }, { .parts = 2 }, { .parts = 1 },
	};

	put_axis(gp, a, equal, sizeof(equal) / sizeof(*equal));
	return scale_unit(&scale);
}

void axis_log(struct buf *gp, const struct axis *a)
{
	/* In a part of a decade too few numbers are 1, 2 or 5 times a power of ten. */
	static const struct division near[] = {
		{ .log = true, .parts = 5 }, { .log = true, .parts = 4 }, { .log = true, .parts = 3 },
		{ .log = true, .parts = 2 }, { .log = true, .parts = 1 },
	};
	static const struct division far[] = {
		{ .times = "125", .decades = 1 }, { .times = "1", .decades = 1 },
		{ .times = "1", .decades = 2 },	  { .times = "1", .decades = 3 },
		{ .times = "1", .decades = 6 },	  { .times = "1", .decades = 30 },
	};

	if (a->span.to / a->span.from < 5)
		put_axis(gp, a, near, sizeof(near) / sizeof(*near));
	else
		put_axis(gp, a, far, sizeof(far) / sizeof(*far));
}
