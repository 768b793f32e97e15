/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include "stats/stats.h"

static int merge_order(const struct hist_bin *a, const struct hist_bin *b)
{
	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	return (a->high > b->high) - (a->high < b->high);
}

void stats_hist_merge(struct hist *a, const struct hist *b)
{
	struct hist merged = { .name = a->name, .unit = a->unit, .overflow = a->overflow + b->overflow };
	size_t i = 0, k = 0;

	while (i < a->nr || k < b->nr) {
		int o = i == a->nr ? 1 : k == b->nr ? -1 : merge_order(&a->bins[i], &b->bins[k]);
		const struct hist_bin *bin = o <= 0 ? &a->bins[i] : &b->bins[k];
		uint64_t count = (o <= 0 ? a->bins[i++].count : 0) + (o >= 0 ? b->bins[k++].count : 0);

		hist_add(&merged, bin->low, bin->high, count);
	}
	free(a->bins);
	*a = merged;
}
