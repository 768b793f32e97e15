/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes off the judged values what a policy leaves behind for the sample after it (stats/carry.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/compare_judge.h"
#include "stats/carry.h"
#include "util/mem.h"

/* Where intervals would be wider than this, order and policies can hardly be separated. */
#define WIDEST 2
/* Only what a test shows is taken off: with two policies it makes intervals 1.5 times as wide. */
#define CARRY_ALPHA 0.05

/* By policy and block of a row: the policy of the sample before; nr_policies: none in that boot. */
struct before {
	unsigned *policy;
	size_t blocks;
};

static unsigned *before_of(const struct before *b, unsigned policy, unsigned block)
{
	return &b->policy[policy * b->blocks + block];
}

/* Every sample counts: a warm-up, another workload, a sample that is not a data point. */
static struct before before_make(const struct compare *c, unsigned work)
{
	struct before b = { NULL, c->nr_blocks + 1 };
	const struct record *last = NULL;

	b.policy = mem_zalloc(c->nr_policies * b.blocks, sizeof(*b.policy));
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		int policy = compare_policy(c, r->policy),
		    left = last && last->boot == r->boot ? compare_policy(c, last->policy) : -1;

		if (policy >= 0 && compare_counts(r) && r->block < b.blocks &&
		    !strcmp(r->workload, c->work[work].name))
			*before_of(&b, (unsigned)policy, r->block) =
				left < 0 ? c->nr_policies : (unsigned)left;
		last = r;
	}
	return b;
}

/* The arms of the baseline are one. */
static unsigned arm_of_policy(const struct compare *c, unsigned policy)
{
	return compare_is_baseline(c, policy) ? (unsigned)c->baseline : policy;
}

/* Baseline first, as stats_carry() wants it. */
static unsigned numbered(const struct compare *c, unsigned arm)
{
	return arm == (unsigned)c->baseline ? 0 : arm < (unsigned)c->baseline ? arm + 1 : arm;
}

static unsigned left_by(const struct compare *c, const struct before *b, unsigned policy, unsigned block)
{
	unsigned before = *before_of(b, policy, block);

	return before < c->nr_policies ? numbered(c, arm_of_policy(c, before)) : c->nr_policies;
}

/* The samples of blocks; -1 if a value has no logarithm. */
static long carry_samples(const struct compare *c, unsigned work, const struct before *b,
			  struct carry_sample *s)
{
	long n = 0;

	for (unsigned block = 0; block <= c->nr_blocks; block++) {
		for (unsigned p = 0; p < c->nr_policies; p++) {
			double value = compare_cell(c, work, p)->judged[block];

			if (isnan(value))
				continue;
			if (!(value > 0 && isfinite(value)))
				return -1;
			s[n++] = (struct carry_sample){ log(value), block, numbered(c, arm_of_policy(c, p)),
							left_by(c, b, p, block) };
		}
	}
	return n;
}

static void take_off(const struct compare *c, unsigned work, const struct before *b,
		     const struct carry *carry)
{
	struct work *w = &c->work[work];

	for (unsigned p = 0; p < c->nr_policies; p++) {
		double wider = carry->wider[numbered(c, arm_of_policy(c, p))];

		if (!(wider > 0 && wider <= WIDEST))
			return;
	}
	for (unsigned p = 0; p < c->nr_policies; p++) {
		w->carried[p] = fmax(1, carry->wider[numbered(c, arm_of_policy(c, p))]);
		for (unsigned block = 0; block <= c->nr_blocks; block++)
			compare_cell(c, work, p)->judged[block] *= exp(-carry->left[left_by(c, b, p, block)]);
	}
}

void compare_uncarry(const struct compare *c, unsigned work)
{
	struct work *w = &c->work[work];
	struct carry_sample *s = mem_zalloc((size_t)c->nr_policies * (c->nr_blocks + 1), sizeof(*s));
	struct before before = before_make(c, work);
	struct carry carry;
	long n = c->baseline < 0 ? -1 : carry_samples(c, work, &before, s);

	w->carried = mem_zalloc(c->nr_policies, sizeof(*w->carried));
	for (unsigned p = 0; p < c->nr_policies; p++)
		w->carried[p] = 1;
	if (n > 0) {
		stats_carry(s, (size_t)n, c->nr_policies, c->nr_policies + 1, &carry);
		w->carry_p = carry.p;
		if (carry.p < CARRY_ALPHA)
			take_off(c, work, &before, &carry);
		carry_free(&carry);
	}
	free(before.policy);
	free(s);
}
