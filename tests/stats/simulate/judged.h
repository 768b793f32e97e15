/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Synthetic values, judged as judge/ judges those of a run. */
#pragma once
#include <math.h>
#include "judge/judgement.h"

/* n blocks of a policy and its baseline; step: in which values come, or 0. */
static inline struct judgement measured(const double *policy, const double *fair, size_t n, double step)
{
	const struct evidence e = {
		.x = policy,
		.y = fair,
		.nr = n,
		.unit = "s",
		.margin = VERDICT_MARGIN,
		.step = step > 0 ? step : NAN,
		.carried = 1,
	};
	struct judgement j = judgement_none();

	judgement_measure(&e, &j);
	j.of = j.to = (struct reliability){ (unsigned)n, (unsigned)n, { (unsigned)n }, NULL };
	return j;
}

/* Of times: lower is better. */
static inline void judge_family(struct judgement *const *family, unsigned n)
{
	const struct verdict_rule rule = { VERDICT_MARGIN, VERDICT_ALPHA, BETTER_LOWER, n };

	judgement_adjust(family, n);
	for (unsigned i = 0; i < n; i++)
		judgement_rule(family[i], &rule, false);
}
