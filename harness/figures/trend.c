/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/trend.h"

#include <math.h>
#include <stdio.h>
#include "text/buf.h"
#include "util/mem.h"

static long seconds(const struct history_night *n)
{
	return n->run->started_ns / 1000000000;
}

static void put_level(struct buf *dat, const struct history_night *night, double level, bool change)
{
	buf_printf(dat, "%ld %.17g %d\n", seconds(night), level, change);
}

static void put_series(struct buf *dat, const struct history_series *s)
{
	buf_put(dat, "# time, value: ");
	figure_text(dat, s->policy);
	buf_put(dat, "\n");
	for (size_t i = 0; i < s->nr; i++)
		if (isfinite(history_value(s, i)))
			buf_printf(dat, "%ld %.17g\n", seconds(&s->night[i]), history_value(s, i));
	buf_put(dat, "\n\n# time, level, 1 where it changed\n");
	put_level(dat, s->night, s->nr_points ? s->point[0].change.before : history_level(s), false);
	for (size_t i = 0; i < s->nr_points; i++) {
		const struct change *c = &s->point[i].change;

		put_level(dat, &s->night[c->at], c->after, true);
		if (c->kind == CHANGE_INCIDENT)
			put_level(dat, &s->night[c->until + 1], c->before, false);
	}
	put_level(dat, &s->night[s->nr - 1], history_level(s), false);
	buf_put(dat, "\n\n");
}

static void put_settings(struct buf *gp, const struct trend *t)
{
	figure_height(gp, 680, 680);
	buf_printf(gp, "ratio = %d\nylabel = \"", t->ratio);
	figure_text(gp, t->series[0]->metric);
	buf_put(gp, t->ratio ? ", ratio to fair" : ", ");
	if (!t->ratio)
		figure_text(gp, t->series[0]->unit);
	buf_printf(gp, "\"\narray Policy[%u]\n", (unsigned)t->nr);
	for (size_t i = 0; i < t->nr; i++) {
		buf_printf(gp, "Policy[%zu] = \"", i + 1);
		figure_text(gp, t->series[i]->policy);
		buf_put(gp, "\"\n");
	}
}

static void describe(struct buf *alt, const struct trend *t)
{
	buf_printf(alt, "%s of %s over time:", t->ratio ? "Ratios to fair" : "Medians", t->series[0]->metric);
	for (size_t i = 0; i < t->nr; i++) {
		buf_printf(alt, "%s %s at ", i ? "," : "", t->series[i]->policy);
		buf_number(alt, history_level(t->series[i]));
		buf_printf(alt, " after %zu changes", t->series[i]->nr_points);
	}
}

int trend_add(struct figures *f, const struct trend *t)
{
	const struct history_series *s = t->series[0];
	char number[24];
	struct drawing d = {
		.title = mem_printf("%s %s%s, machine %s", s->workload, s->metric, t->ratio ? "" : " of fair",
				    history_host(s)),
		.how = mem_printf("A point is a night, a line the level, a triangle a change. %s",
				  s->better == BETTER_LOWER    ? "Lower is better."
				  : s->better == BETTER_HIGHER ? "Higher is better."
							       : "Neither direction is better."),
	};

	describe(&d.alt, t);
	put_settings(&d.gp, t);
	for (size_t i = 0; i < t->nr; i++)
		put_series(&d.dat, t->series[i]);
	snprintf(number, sizeof(number), "%zu", f->nr + 1);
	return figures_add(f, "trend", number, &d);
}
