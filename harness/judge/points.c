/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/versus_found.h"
#include "util/mem.h"

/* Of a block with two tries the last is the data point, as in the cell. */
static void add_point(struct point **list, size_t *nr, const struct point *p)
{
	for (size_t i = 0; i < *nr; i++)
		if (p->sample->retake_of && (*list)[i].run == p->run &&
		    (*list)[i].sample->block == p->sample->block) {
			(*list)[i] = *p;
			return;
		}
	*list = mem_grow(*list, *nr, sizeof(**list));
	(*list)[(*nr)++] = *p;
}

size_t points_of_cell(const struct compare *c, unsigned work, unsigned policy, struct point **point)
{
	const struct cell *cell = compare_cell(c, work, policy);
	size_t nr = 0;

	*point = NULL;
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		const struct metric *m;

		if (!compare_counts(r) || r->block > c->nr_blocks || isnan(cell->value[r->block]) ||
		    strcmp(r->workload, c->work[work].name) ||
		    strcmp(r->policy, c->run->run.policies[policy]))
			continue;
		m = metrics_find(&r->metrics, c->work[work].metric);
		if (m && m->value == cell->value[r->block])
			add_point(point, &nr, &(struct point){ m->value, r, c->run });
	}
	return nr;
}

/* Those of a cell that have a ratio, as that. Returns how many. */
static size_t take_ratios(struct point *point, size_t nr, const struct cell *base)
{
	size_t n = 0;

	for (size_t i = 0; i < nr; i++) {
		double to = base->value[point[i].sample->block];

		if (!(point[i].value > 0 && to > 0))
			continue;
		point[n] = point[i];
		point[n++].value /= to;
	}
	return n;
}

size_t points_of_side(const struct versus_spec *s, const struct versus_row *row, bool b, struct point **point)
{
	size_t nr = 0;

	*point = NULL;
	for (size_t k = 0; k < (b ? 1 : s->nr_a); k++) {
		struct found f = versus_find(b ? s->b : &s->a[k], row, b ? row->policy_b : row->policy_a);
		struct point *more;
		size_t n;

		if (!f.cell || (row->basis == BASIS_FAIR && !f.base))
			continue;
		n = points_of_cell(f.c, (unsigned)(f.work - f.c->work),
				   (unsigned)(f.cell - f.c->cell) % f.c->nr_policies, &more);
		if (row->basis == BASIS_FAIR)
			n = take_ratios(more, n, f.base);
		for (size_t i = 0; i < n; i++) {
			*point = mem_grow(*point, nr, sizeof(**point));
			(*point)[nr++] = more[i];
		}
		free(more);
	}
	return nr;
}
