/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The nights since the anchor: what was lost little by little. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/anchor.h"
#include "judge/history.h"
#include "util/mem.h"

int history_find_anchor(struct store *s, struct history *h, const struct history_series *own)
{
	char *id = NULL;
	int found = store_pick(s, &(struct store_pick){ .host = own->host, .tag = REGRESS_ANCHOR }, &id);

	for (size_t i = 0; found > 0 && i < h->nr_runs; i++)
		h->run[i]->anchor |= !strcmp(h->run[i]->id, id);
	free(id);
	return found < 0 ? found : 0;
}

static size_t first_night(const struct history_series *s)
{
	size_t i = 0;

	while (i < s->nr && !s->night[i].run->anchor)
		i++;
	return i;
}

struct leak history_leak(const struct history_series *s)
{
	double sign = s->better == BETTER_HIGHER ? -1 : 1, *x = mem_zalloc(s->nr, sizeof(*x));
	struct leak leak;
	size_t nr = 0;

	for (size_t i = s->of_ratio && s->better != BETTER_NONE ? first_night(s) : s->nr; i < s->nr; i++)
		if (s->night[i].ratio > 0)
			x[nr++] = sign * log(s->night[i].ratio);
	leak = stats_leak(x, nr);
	free(x);
	return leak;
}
