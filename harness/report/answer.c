/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The run in a sentence or two, of plain text: the same on the page and in the terminal. */
#include <stdlib.h>
#include "plan/plan.h"
#include "report/buf.h"
#include "report/compare.h"

static void put_count(struct buf *b, unsigned n, const char *thing)
{
	buf_printf(b, "%u %s%s", n, thing, n == 1 ? "" : "s");
}

/* "; better on build, cyclictest": the workloads where the interval is beyond 1 on that side. */
static unsigned put_settled(struct buf *b, const struct compare *c, unsigned policy, enum side side)
{
	unsigned n = 0;

	for (unsigned w = 0; w < c->nr_works; w++) {
		const struct cell *cell = compare_cell(c, w, policy);

		if (!cell_settled(cell) || cell_side(&c->work[w], cell) != side)
			continue;
		buf_printf(b, "%s%s",
			   n++			 ? ", "
			   : side == SIDE_BETTER ? "; better on "
						 : "; worse on ",
			   c->work[w].name);
	}
	return n;
}

static void put_policy(struct buf *b, const struct compare *c, unsigned policy)
{
	struct buf told = { 0 };
	unsigned settled = put_settled(&told, c, policy, SIDE_BETTER) +
			   put_settled(&told, c, policy, SIDE_WORSE);
	char *text;

	if (settled < c->nr_works)
		buf_printf(&told, "; undecided on %u of %u workloads", c->nr_works - settled, c->nr_works);
	text = buf_take(&told);
	buf_printf(b, "\n%s: %s.", c->run->run.policies[policy], *text ? text + 2 : "nothing to compare");
	free(text);
}

static void put_samples(struct buf *b, const struct compare *c)
{
	unsigned valid = 0, taken = 0;

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		valid += c->cell[i].valid;
		taken += cell_taken(&c->cell[i]);
	}
	put_count(b, c->nr_policies, "scheduler");
	buf_put(b, " on ");
	put_count(b, c->nr_works, "workload");
	buf_put(b, ", ");
	put_count(b, c->run->run.blocks, "block");
	buf_printf(b, ": %u of %u timed samples are proven data points.", valid, taken);
}

char *compare_answer(const struct compare *c)
{
	struct buf b = { 0 };

	put_samples(&b, c);
	if (c->fair < 0) {
		buf_put(&b, " Without fair in the run there is nothing to compare with.");
	} else if (compare_is_demo(c)) {
		buf_printf(
			&b,
			" This is a demonstration: too few blocks for a verdict (%u, an interval needs %d).",
			c->run->run.blocks, PLAN_MIN_BLOCKS);
	} else {
		buf_printf(
			&b,
			" A policy is called better or worse than fair (%s) where the 95 %% interval of the "
			"ratio leaves out 1.",
			compare_fair_name(c));
		for (unsigned p = 0; p < c->nr_policies; p++)
			if ((int)p != c->fair)
				put_policy(&b, c, p);
	}
	return buf_take(&b);
}
