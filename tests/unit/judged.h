/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides of 15 blocks, and their judgement. */
#pragma once
#include <math.h>
#include "judge/judgement.h"

#define BLOCKS 15

static const struct verdict_rule lower = { VERDICT_MARGIN, VERDICT_ALPHA, BETTER_LOWER, 1 };
static const struct verdict_rule none = { VERDICT_MARGIN, VERDICT_ALPHA, BETTER_NONE, 1 };

/* A little noise that repeats; the mean of 15 of it is 0. */
static inline double noise(unsigned block)
{
	return exp(0.001 * ((block * 7 + 3) % 15 - 7.0));
}

/* fair is 10, the policy ratio times that; both with noise of their own. */
struct both {
	double policy[BLOCKS], fair[BLOCKS];
};

static inline struct both draw(double ratio)
{
	struct both b;

	for (unsigned i = 0; i < BLOCKS; i++) {
		b.fair[i] = 10 * noise(i);
		b.policy[i] = 10 * ratio * noise(i * 4 + 1);
	}
	return b;
}

static inline struct evidence evidence_of(const struct both *b)
{
	return (struct evidence){
		b->policy, b->fair, NULL, BLOCKS, "s", VERDICT_MARGIN, NAN, 1, false, false
	};
}

static inline struct judgement measured(const struct evidence *e)
{
	struct judgement j = judgement_none(), *family[] = { &j };

	judgement_measure(e, &j);
	judgement_adjust(family, 1);
	j.of = j.to = (struct reliability){ e->nr, e->nr, { e->nr }, NULL };
	return j;
}

static inline struct judgement judged(const struct both *b)
{
	struct evidence e = evidence_of(b);
	struct judgement j = measured(&e);

	judgement_rule(&j, &lower, false);
	return j;
}
