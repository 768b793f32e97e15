/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/pairs.h"

#include <stdlib.h>
#include "util/mem.h"

struct pairs pairs_of(const double *x, const double *y, const unsigned *boot, size_t nr)
{
	struct pairs p = { .x = mem_zalloc(nr, sizeof(*p.x)), .y = mem_zalloc(nr, sizeof(*p.y)) };

	if (boot)
		p.boot = mem_zalloc(nr, sizeof(*p.boot));
	for (size_t block = 0; block < nr; block++) {
		double base = y ? y[block] : 1;

		if (!(x[block] > 0 && base > 0))
			continue;
		if (boot)
			p.boot[p.n] = boot[block];
		p.x[p.n] = x[block];
		p.y[p.n++] = base;
	}
	return p;
}

void pairs_free(struct pairs *p)
{
	free(p->x);
	free(p->y);
	free(p->boot);
}

void pairs_effect(const struct pairs *p, struct effect *out)
{
	if (p->boot)
		stats_effect_boots(p->x, p->y, p->boot, p->n, out);
	else
		stats_effect(p->x, p->y, p->n, out);
}

/* Values of a boot's blocks become one: returns how many there are then. */
static size_t merge_boots(double *x, const unsigned *boot, size_t n)
{
	size_t boots = 0;

	for (size_t begin = 0, end; begin < n; begin = end) {
		struct values own = { x + begin, 0 };

		for (end = begin; end < n && boot[end] == boot[begin]; end++)
			own.n++;
		x[boots++] = stats_middle(&own);
	}
	return boots;
}

struct values pairs_ratios(const struct pairs *p)
{
	double *ratio = mem_zalloc(p->n, sizeof(*ratio));

	for (size_t i = 0; i < p->n; i++)
		ratio[i] = p->x[i] / p->y[i];
	return (struct values){ ratio, p->boot ? merge_boots(ratio, p->boot, p->n) : p->n };
}
