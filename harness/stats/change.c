/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/change.h"

#include <stdbool.h>
#include <stdlib.h>
#include "stats/change_view.h"
#include "stats/stats.h"
#include "util/mem.h"

struct scan {
	const double *x;
	struct window window; /* of the nights in view */
	struct view *view;
	gsl_rng *rng;
	struct change *change;
	size_t nr;
};

/* Does night "last" show a point, of the nights from "first" on? */
static bool find(struct scan *s, size_t first, size_t last)
{
	struct view_split split;
	size_t nights;
	double p;

	view_take(s->view, &s->x[first], &s->window);
	if (!view_stands_out(s->view, &nights))
		return false;
	view_split(s->view, &split);
	p = view_permute(s->view, s->rng, nights);
	if (p > CHANGE_ALPHA)
		return false;
	s->change = mem_grow(s->change, s->nr, sizeof(*s->change));
	s->change[s->nr++] = (struct change){ .at = first + split.at,
					      .low = first + split.low,
					      .high = first + split.high,
					      .seen = last,
					      .p = p };
	return true;
}

/* From one point to the next one, or to the end; returns where to go on. */
static size_t find_next(struct scan *s, size_t start, size_t night, size_t n)
{
	s->window.n = 0;
	for (size_t i = start; i < night; i++)
		window_add(&s->window, s->x[i]);
	for (; night < n; night++) {
		if (s->window.n == CHANGE_WINDOW)
			window_drop(&s->window, s->x[start++]);
		window_add(&s->window, s->x[night]);
		if (find(s, start, night))
			return night + 1;
	}
	return n;
}

/* Of all nights on each level, also the later ones. */
static void measure_levels(struct scan *s, size_t n)
{
	for (size_t i = 0; i < s->nr; i++) {
		struct change *c = &s->change[i];
		size_t from = i ? c[-1].at : 0, to = i + 1 < s->nr ? c[1].at : n;

		c->before = stats_median(&s->x[from], c->at - from);
		c->after = stats_median(&s->x[c->at], to - c->at);
	}
}

size_t stats_changes(const double *x, size_t n, uint64_t seed, struct change **out)
{
	struct scan s = { .x = x,
			  .window.sorted = mem_zalloc(CHANGE_WINDOW, sizeof(double)),
			  .view = mem_zalloc(1, sizeof(*s.view)),
			  .rng = gsl_rng_alloc(gsl_rng_mt19937) };

	gsl_rng_set(s.rng, seed);
	for (size_t night = 0; night < n;)
		night = find_next(&s, s.nr ? s.change[s.nr - 1].at : 0, night, n);
	measure_levels(&s, n);
	gsl_rng_free(s.rng);
	free(s.view);
	free(s.window.sorted);
	*out = s.change;
	return s.nr;
}
