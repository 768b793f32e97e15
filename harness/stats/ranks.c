/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/ranks.h"

#include <stdlib.h>
#include <gsl/gsl_sort_double.h>
#include "util/mem.h"

unsigned *doubled_ranks(const double *x, size_t n, bool *tied)
{
	unsigned *rank = mem_zalloc(n, sizeof(*rank));
	size_t *order = mem_zalloc(n, sizeof(*order));

	*tied = false;
	gsl_sort_index(order, x, 1, n);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && x[order[end]] - x[order[end - 1]] <= RANKS_ROUNDING;)
			end++;
		*tied |= end > i + 1;
		for (size_t k = i; k < end; k++)
			rank[order[k]] = (unsigned)(i + 1 + end);
	}
	free(order);
	return rank;
}
