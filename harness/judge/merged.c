/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/merged.h"

#include <string.h>
#include "stats/stats.h"

bool merged_wants(const struct compare *c, const struct merged_want *want, const struct record *r)
{
	return compare_counts(r) && compare_policy(c, r->policy) == (int)want->policy &&
	       (!want->workload || !strcmp(r->workload, want->workload));
}

bool merged_hist(const struct compare *c, const struct merged_want *want, struct metrics *sum)
{
	*sum = (struct metrics){ 0 };
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		const struct hist *h =
			merged_wants(c, want, r) ? metrics_find_hist(&r->metrics, want->hist) : NULL;

		if (h)
			stats_hist_merge(sum->nr_hists ? sum->hist : metrics_hist(sum, h->name, h->unit), h);
	}
	return sum->nr_hists && hist_total(sum->hist) > 0;
}
