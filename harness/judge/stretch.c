/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/stretch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

struct stretch stretch_at(const struct store_series *s, size_t first)
{
	struct stretch run = { &s->point[first], 1 };

	while (first + run.nr < s->nr && !strcmp(run.point[run.nr].run, run.point->run))
		run.nr++;
	return run;
}

struct stretch stretch_fair(const struct store_series *fair, size_t *at, const struct store_point *p)
{
	size_t i = *at;

	while (fair && i < fair->nr && fair->point[i].stored <= p->stored &&
	       strcmp(fair->point[i].run, p->run))
		i++;
	if (!fair || i == fair->nr || strcmp(fair->point[i].run, p->run))
		return (struct stretch){ 0 };
	*at = i;
	return stretch_at(fair, i);
}

/* By block, up to the last of a run; what it has no point of is NAN. To be freed. */
static double *values_by_block(const struct stretch *run, size_t nr)
{
	double *value = mem_zalloc(nr, sizeof(*value));

	for (size_t i = 0; i < nr; i++)
		value[i] = NAN;
	for (size_t i = 0; i < run->nr; i++)
		if (run->point[i].block < nr)
			value[run->point[i].block] = run->point[i].value;
	return value;
}

/* The same for their boots; NULL where these are not part of the design. */
static unsigned *boots_by_block(const struct stretch *run, size_t nr)
{
	unsigned *boot = run->point->boot ? mem_zalloc(nr, sizeof(*boot)) : NULL;

	for (size_t i = 0; boot && i < run->nr; i++)
		if (run->point[i].block < nr)
			boot[run->point[i].block] = run->point[i].boot;
	return boot;
}

struct pairs stretch_pairs(const struct stretch *run, const struct stretch *fair)
{
	size_t nr = fair->nr ? run->point[run->nr - 1].block + 1ul : 0;
	double *x = values_by_block(run, nr), *y = values_by_block(fair, nr);
	unsigned *boot = boots_by_block(run, nr);
	struct pairs p = pairs_of(x, y, boot, nr);

	free(boot);
	free(x);
	free(y);
	return p;
}
