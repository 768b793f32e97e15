/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "exact.h"
#include "../kit.h"

#include <stdlib.h>

/* What single operations of each part needed, the least first. */
static int less(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

int count_parts(const struct work *w, long n, struct cost *cost)
{
	double part[COST_PARTS];
	uint64_t from = counter_begin(), to, before, times;

	for (int i = 0; i < COST_PARTS; i++, from = to) {
		before = w->done ? w->done() : 0;
		if (w->run(n / COST_PARTS, w->ctx))
			return 1;
		to = i < COST_PARTS - 1 ? counter_now() : counter_end();
		times = w->done ? w->done() - before : (uint64_t)(n / COST_PARTS);
		if (!times)
			return kit_fail("nothing was done");
		part[i] = (double)(to - from) / (double)(times * (uint64_t)w->each);
		cost->ops += times * (uint64_t)w->each;
	}
	qsort(part, COST_PARTS, sizeof(*part), less);
	cost->each = part[COST_PARTS / 2];
	return 0;
}

void cost_report(const struct cost *cost)
{
	counter_name_code();
	fprintf(kit_results(), "metric cost insn lower %.4f\nmetric ops count none %lu\n", cost->each,
		cost->ops);
}
