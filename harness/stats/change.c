/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/change.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "stats/change_view.h"
#include "stats/stats.h"
#include "util/mem.h"

/* The last point, as long as the old level may come back. */
struct doubt {
	bool open;
	double middle, scale; /* of the nights that showed it; the rest is in deviates of these */
	struct view_split split;
	double back; /* log likelihood that the last nights are of the old level, against the new one */
};

struct scan {
	double smallest;
	double *x;     /* the nights so far, without those of incidents that are over */
	size_t *night; /* which each of them is */
	size_t n;
	size_t start;	      /* the first of them that is looked at */
	struct window window; /* from there on */
	struct view *view;
	gsl_rng *rng;
	struct change *change;
	size_t *place; /* of each change the first of x that is after it */
	size_t nr;
	struct doubt doubt;
};

static void look_from(struct scan *s, size_t start)
{
	s->start = s->n - start > CHANGE_WINDOW ? s->n - CHANGE_WINDOW : start;
	s->window.n = 0;
	for (size_t i = s->start; i < s->n; i++)
		window_add(&s->window, s->x[i]);
}

static void add_night(struct scan *s, double x, size_t night)
{
	if (s->window.n == CHANGE_WINDOW)
		window_drop(&s->window, s->x[s->start++]);
	window_add(&s->window, x);
	s->x[s->n] = x;
	s->night[s->n++] = night;
}

static void add_point(struct scan *s, const struct view_split *split, double p)
{
	s->change = mem_grow(s->change, s->nr, sizeof(*s->change));
	s->place = mem_grow(s->place, s->nr, sizeof(*s->place));
	s->place[s->nr] = s->start + split->at;
	s->change[s->nr++] = (struct change){ .at = s->night[s->start + split->at],
					      .low = s->night[s->start + split->low],
					      .high = s->night[s->start + split->high],
					      .seen = s->night[s->n - 1],
					      .p = p };
}

/* Does the last night show a point? */
static bool find_point(struct scan *s)
{
	struct view *v = s->view;
	struct view_split split;
	size_t nights;
	double p;

	view_take(v, &s->x[s->start], &s->window);
	if (!view_stands_out(v, &nights))
		return false;
	view_split(v, s->nr && s->place[s->nr - 1] > s->start ? s->place[s->nr - 1] - s->start : 0, &split);
	if (fabs(split.after - split.before) * v->scale < s->smallest)
		return false;
	p = view_permute(v, s->rng, nights);
	if (p > CHANGE_ALPHA)
		return false;
	add_point(s, &split, p);
	s->doubt = (struct doubt){ true, v->middle, v->scale, split, 0 };
	return true;
}

/* Each night counts for the level that is nearer, but one night alone for a third at most. */
static bool is_back(struct scan *s)
{
	struct doubt *d = &s->doubt;
	double z = change_deviate(s->x[s->n - 1], d->middle, d->scale);
	double nearer = pow(z - d->split.after, 2) - pow(z - d->split.before, 2);

	d->back += fmin(nearer / (2 * fmax(d->split.variance, 1e-9)), CHANGE_BACK / 3);
	d->back = fmax(d->back, 0);
	d->open = d->back > 0 || s->night[s->n - 1] < s->change[s->nr - 1].seen + CHANGE_SHORT;
	return d->back >= CHANGE_BACK;
}

/* Where it came back: the nights before, from the point on, are the farthest from the old level. */
static size_t end_of_incident(const struct scan *s, size_t first)
{
	const struct doubt *d = &s->doubt;
	size_t end = first + 1;
	double sum = 0, most = 0;

	for (size_t i = first; i + 3 < s->n; i++) {
		sum += change_deviate(s->x[i], d->middle, d->scale) - d->split.before;
		if (sum * sum / (i + 1 - first) > most) {
			most = sum * sum / (i + 1 - first);
			end = i + 1;
		}
	}
	return end;
}

/* Its nights go, and those before and after it are of one level again. */
static void close_incident(struct scan *s)
{
	size_t last = s->nr - 1, first = s->place[last], end = end_of_incident(s, first), level = last;
	struct change *c = &s->change[last];

	c->kind = CHANGE_INCIDENT;
	c->until = s->night[end - 1];
	c->over = s->night[s->n - 1];
	memmove(&s->x[first], &s->x[end], (s->n - end) * sizeof(*s->x));
	memmove(&s->night[first], &s->night[end], (s->n - end) * sizeof(*s->night));
	s->n -= end - first;
	s->doubt.open = false;
	while (level > 0 && s->change[level].kind == CHANGE_INCIDENT)
		level--;
	look_from(s, s->change[level].kind == CHANGE_LEVEL ? s->place[level] : 0);
}

static void take_night(struct scan *s, double x, size_t night)
{
	add_night(s, x, night);
	if (s->doubt.open && is_back(s))
		close_incident(s);
	else if (!(s->doubt.open && s->doubt.back > 0) && find_point(s))
		look_from(s, s->place[s->nr - 1]);
}

/* Of all nights on each level, also the later ones; x: all nights. */
static void measure_levels(struct scan *s, const double *x)
{
	for (size_t i = 0; i < s->nr; i++) {
		struct change *c = &s->change[i];
		size_t before = i, after = i + 1, from, to, at = s->place[i];

		while (before > 0 && s->change[before - 1].kind == CHANGE_INCIDENT)
			before--;
		while (after < s->nr && s->change[after].kind == CHANGE_INCIDENT)
			after++;
		from = before ? s->place[before - 1] : 0;
		to = after < s->nr ? s->place[after] : s->n;
		if (c->kind == CHANGE_INCIDENT) {
			c->before = stats_median(&s->x[from], to - from);
			c->after = stats_median(&x[c->at], c->until + 1 - c->at);
		} else {
			c->before = stats_median(&s->x[from], at - from);
			c->after = stats_median(&s->x[at], to - at);
		}
	}
}

size_t stats_changes(const double *x, size_t n, double smallest, struct change **out)
{
	struct scan s = { .smallest = smallest,
			  .x = mem_zalloc(n, sizeof(*s.x)),
			  .night = mem_zalloc(n, sizeof(*s.night)),
			  .window.sorted = mem_zalloc(CHANGE_WINDOW, sizeof(double)),
			  .view = mem_zalloc(1, sizeof(*s.view)),
			  .rng = gsl_rng_alloc(gsl_rng_mt19937) };

	gsl_rng_set(s.rng, 1);
	for (size_t night = 0; night < n; night++)
		take_night(&s, x[night], night);
	measure_levels(&s, x);
	gsl_rng_free(s.rng);
	free(s.view);
	free(s.window.sorted);
	free(s.place);
	free(s.night);
	free(s.x);
	*out = s.change;
	return s.nr;
}
