/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/anchor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

static size_t find_anchor(const struct nights *n, const char *id)
{
	size_t i = 0;

	while (i < n->nr && strcmp(n->run[i].id, id))
		i++;
	return i;
}

/* The nights of the row's series since the anchor, and tonight; what is worse is larger. */
static void sum_up(const struct nights *n, size_t from, struct regress_row *row)
{
	const struct versus_row *v = row->v;
	const struct night_ratio *value = nights_values(n, v->work, v->policy_b);
	double sign = v->work->better == BETTER_HIGHER ? -1 : 1, *x;
	size_t *place, nr = 0;

	if (!value || from >= n->nr || v->work->better == BETTER_NONE || !(v->b.middle > 0))
		return;
	x = mem_zalloc(n->nr + 1, sizeof(*x));
	place = mem_zalloc(n->nr + 1, sizeof(*place));
	for (size_t i = from; i < n->nr; i++)
		if (!isnan(value[i].x)) {
			place[nr] = i;
			x[nr++] = sign * value[i].x;
		}
	place[nr] = n->nr;
	x[nr++] = sign * log(v->b.middle);
	row->leak = stats_leak(x, nr);
	row->since =
		row->leak.alarm && place[row->leak.since] < n->nr ? n->run[place[row->leak.since]].id : NULL;
	free(place);
	free(x);
}

static void rule_since(struct regress_row *row)
{
	if (row->ruling == RULING_MISSING || row->ruling == RULING_BROKEN)
		regress_rule(row, RULING_INFO, mem_strdup("the baseline judges it"));
	else if (row->ruling != RULING_INFO && row->leak.alarm)
		regress_rule(row, RULING_REGRESSION,
			     mem_printf("little by little: %.2g %% worse than after the anchor, since %s",
					100 * expm1(row->leak.rise), row->since ? row->since : "tonight"));
}

void anchor_judge(const struct versus_spec *spec, const struct limits *limit, const char *anchor,
		  struct regress *r)
{
	size_t from = find_anchor(spec->nights, anchor);

	r->anchor = mem_zalloc(1, sizeof(*r->anchor));
	regress_make(spec, limit, r->anchor);
	for (size_t i = 0; i < r->anchor->versus.nr; i++) {
		struct regress_row *row = &r->anchor->row[i];

		sum_up(spec->nights, from, row);
		rule_since(row);
	}
	regress_count(r->anchor);
}
