/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of the samples in the plan. */
#include "judge/compare.h"
#include "judge/compare_judge.h"

/* The block that is being taken, or the last. */
static unsigned block_now(const struct compare *c)
{
	unsigned last = 0;

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (!r->instrumented && !r->warmup && r->block <= c->nr_blocks && r->block > last)
			last = r->block;
	}
	return last;
}

/*
 * A sample a block. While a run goes on, the sample of the block that is being taken is due once it is there;
 * of a run that has ended every sample is due, even if its file is lost.
 */
static unsigned due(const struct compare *c, const struct cell *cell, unsigned now)
{
	unsigned blocks = compare_goes_on(c) ? (now ? now - 1 : 0) : c->run->run.blocks,
		 taken = cell_taken(cell);

	return taken > blocks ? taken : blocks;
}

static struct reliability of_baseline(const struct compare *c, unsigned work)
{
	struct reliability sum = { 0 };

	for (unsigned p = 0; p < c->nr_policies; p++)
		if (compare_is_baseline(c, p))
			sum = reliability_sum(&sum, &compare_cell(c, work, p)->judgement.of);
	return sum;
}

void compare_reliability(struct compare *c)
{
	unsigned now = block_now(c);

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		struct cell *cell = &c->cell[i];
		struct reliability *of = &cell->judgement.of;

		of->planned = due(c, cell, now);
		of->valid = cell->valid - cell->again;
		of->why = cell->worst ? cell->worst->why : NULL;
		for (int s = 0; s < NR_STATUS; s++)
			of->taken[s] = cell->taken[s];
	}
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		c->cell[i].judgement.to = of_baseline(c, i / c->nr_policies);
}

struct reliability compare_outcome(const struct compare *c, unsigned policy)
{
	struct reliability sum = { 0 };

	for (unsigned w = 0; w < c->nr_works && c->work[w].primary; w++)
		sum = reliability_sum(&sum, &compare_cell(c, w, policy)->judgement.of);
	return sum;
}
