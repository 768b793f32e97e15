/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Earlier nights of a made run, at its ratios and with a spread of 0.3 % from night to night. */
#pragma once
#include "judge/nights.h"
#include "made_run.h"

static inline struct nights made_nights(const struct made *m, size_t nr)
{
	static const double off[] = { 0, 0.003, -0.003, 0.002, -0.002, 0.004, -0.004 };
	struct nights n = { .nr = nr };

	n.run = mem_zalloc(nr, sizeof(*n.run));
	for (size_t i = 0; i < nr; i++)
		n.run[i] = (struct nights_run){ mem_printf("night-%zu", i), true };
	for (; m->policy[n.nr_series]; n.nr_series++)
		;
	n.series = mem_zalloc(n.nr_series, sizeof(*n.series));
	for (size_t p = 0; p < n.nr_series; p++) {
		n.series[p] = (struct nights_series){ mem_strdup("build"), mem_strdup("time"),
						      mem_strdup("s"), mem_strdup(m->policy[p]),
						      mem_zalloc(nr, sizeof(struct night_ratio)) };
		for (size_t i = 0; i < nr; i++)
			n.series[p].value[i] = (struct night_ratio){ log(m->ratio[p]) + off[i % 7],
								     m->noise * sqrt(2.0 / m->blocks) };
	}
	return n;
}
