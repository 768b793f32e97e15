/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/fleet_series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/reliability.h"
#include "judge/stretch.h"
#include "record/role.h"

struct walk {
	int (*each)(void *ctx, const struct fleet_seen *seen);
	void *ctx;
	const struct store_family *family;
	const struct store_series *fair;
};

static struct fleet_host value_of(const struct stretch *run, const struct stretch *fair)
{
	struct pairs p = stretch_pairs(run, fair);
	struct values ratios = pairs_ratios(&p);
	struct fleet_host host = stats_host(&ratios);

	if (p.n < RELIABILITY_LEAST * run->nr)
		host.x = NAN;
	free((void *)ratios.value);
	pairs_free(&p);
	return host;
}

static int walk_series(const struct walk *w, const struct store_series *s)
{
	struct stretch run;
	size_t at = 0;
	int err = 0;

	for (size_t i = 0; i < s->nr && !err; i += run.nr) {
		struct stretch fair = stretch_fair(w->fair, &at, &s->point[i]);
		struct fleet_seen seen = { .family = w->family,
					   .policy = s->policy,
					   .run = s->point[i].run,
					   .started_ns = s->point[i].started_ns };

		run = stretch_at(s, i);
		seen.host = value_of(&run, &fair);
		err = w->each(w->ctx, &seen);
	}
	return err;
}

static int walk_family(void *ctx, const struct store_family *f)
{
	struct walk *w = ctx;
	int err = 0;

	w->family = f;
	w->fair = !strcmp(f->series[0].policy, FAIR_NAME) ? f->series : NULL;
	for (size_t i = 0; i < f->nr && !err; i++)
		if (!arm_is_baseline(f->series[i].policy, NULL))
			err = walk_series(w, &f->series[i]);
	return err;
}

int fleet_series(struct store *s, const struct store_filter *filter,
		 int (*each)(void *ctx, const struct fleet_seen *seen), void *ctx)
{
	struct walk w = { .each = each, .ctx = ctx };

	return store_series(s, filter, walk_family, &w);
}
