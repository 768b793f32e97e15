/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that the gate judges: fifo at 1.1 of fair before, with 14 nights that show how far runs lie apart. */
#pragma once
#include "made_nights.h"
#include "judge/regress.h"

static const char *const fifo[] = { "fifo", NULL };
static const double same[] = { 1.1 };

/* Before: fifo at 1.1 of fair; 15 blocks of 1 % noise. */
static const struct made before = { "before", 15, 10, fifo, same, 0.01, 1, NULL, BETTER_LOWER };

struct judged {
	struct store_run a, b;
	struct compare ca, cb;
	struct limits threshold, margin;
	struct nights nights;
	struct versus_spec spec;
	struct regress r;
};

static inline void judge(struct judged *j, const struct store_run *a, const struct store_run *b)
{
	j->nights = made_nights(&before, 14);
	j->spec = (struct versus_spec){
		.a = &j->ca, .b = &j->cb, .nr_a = 1, .nights = &j->nights, .margin = &j->margin
	};
	j->a = *a;
	j->b = *b;
	j->threshold.all = 0.05;
	j->margin.all = 0.02;
	compare_make(&j->a, &j->ca);
	compare_make(&j->b, &j->cb);
	regress_make(&j->spec, &j->threshold, &j->r);
}

static inline void drop(struct judged *j)
{
	regress_free(&j->r);
	nights_free(&j->nights);
	compare_free(&j->ca);
	compare_free(&j->cb);
	store_run_free(&j->a);
	store_run_free(&j->b);
}

/* Of the policy, and not of fair. */
static inline const struct regress_row *row_of(const struct judged *j, const char *policy)
{
	for (size_t i = 0; i < j->r.versus.nr; i++)
		if (!strcmp(j->r.versus.row[i].policy_b, policy))
			return &j->r.row[i];
	fail_msg("no row of %s", policy);
	return NULL;
}

static inline void rules(const struct made *now, enum ruling ruling)
{
	struct store_run a = made_run(&before), b = made_run(now);
	struct judged j = { 0 };

	judge(&j, &a, &b);
	if (row_of(&j, "fifo")->ruling != ruling)
		fail_msg("%s and not %s: %s", ruling_name(row_of(&j, "fifo")->ruling), ruling_name(ruling),
			 row_of(&j, "fifo")->why ? row_of(&j, "fifo")->why : "");
	assert_int_equal(regress_passes(&j.r), ruling == RULING_PASS);
	assert_int_equal(regress_fails(&j.r), ruling > RULING_INCONCLUSIVE);
	assert_int_equal(row_of(&j, "fair")->ruling, RULING_INFO);
	drop(&j);
}
