/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The nights since the anchor: what was lost little by little. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/anchor.h"
#include "judge/history.h"
#include "util/mem.h"

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct store_line *)a)->id, ((const struct store_line *)b)->id);
}

/* A tag is once on each machine. All are asked for at once: each question reads the list of all runs. */
int history_find_anchors(struct store *s, const char *host, struct history *h)
{
	struct store_line *line;
	size_t nr;
	int err = store_list(s, &(struct store_pick){ .host = host, .tag = REGRESS_ANCHOR }, &line, &nr);

	if (err || !nr)
		return err;
	qsort(line, nr, sizeof(*line), by_id);
	for (size_t i = 0; i < h->nr_runs; i++)
		h->run[i]->anchor =
			bsearch(&(struct store_line){ .id = h->run[i]->id }, line, nr, sizeof(*line), by_id);
	store_list_free(line, nr);
	return 0;
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
