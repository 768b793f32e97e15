/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/answer_outcome.h"

#include <stdlib.h>

static bool not_usable(const struct compare *c, unsigned work, unsigned policy)
{
	return c->work[work].primary && compare_cell(c, work, policy)->judgement.verdict == VERDICT_UNUSABLE;
}

/* work NULL: of all of them. */
static void put_share(struct buf *b, const struct compare *c, unsigned policy, const struct work *work)
{
	const char *name = c->run->run.policies[policy];
	struct reliability r = work ? compare_cell(c, (unsigned)(work - c->work), policy)->judgement.of
				    : compare_outcome(c, policy);

	char *why = reliability_why(&r);

	if (r.taken[STATUS_EJECTED])
		buf_printf(b, "%s was ejected by the kernel in %u of %u samples%s%s%s", name,
			   r.taken[STATUS_EJECTED], r.planned, work ? " of " : "", work ? work->name : "",
			   why);
	else
		buf_printf(b, "%u of %u samples%s%s under %s failed%s, and none under %s",
			   r.taken[STATUS_FAILED], r.planned, work ? " of " : "", work ? work->name : "",
			   name, why, compare_baseline_name(c));
	buf_printf(b, ": not usable%s.\n", work ? " there" : "");
	free(why);
}

/* A policy that is not usable anywhere, in one sentence; else a workload a sentence. */
static void put_policy(struct buf *b, const struct compare *c, unsigned policy)
{
	unsigned works = 0, bad = 0;

	for (unsigned w = 0; w < c->nr_works && c->work[w].primary; w++, works++)
		bad += not_usable(c, w, policy);
	if (bad && bad == works)
		put_share(b, c, policy, NULL);
	for (unsigned w = 0; bad < works && w < works; w++)
		if (not_usable(c, w, policy))
			put_share(b, c, policy, &c->work[w]);
}

static void put_veto(struct buf *b, const struct compare *c, unsigned work)
{
	const struct judgement *j = &compare_cell(c, work, (unsigned)compare_aa(c))->judgement;

	buf_printf(b, "The two arms of %s differ in %s", compare_baseline_name(c), c->work[work].name);
	if (j->by == BY_RATIO)
		buf_printf(b, " (%.3f [%.3f, %.3f])", j->effect.ratio, j->effect.low, j->effect.high);
	buf_put(b, ": this machine treats arms unequally, so nothing is decided there.\n");
}

void answer_put_outcomes(struct buf *b, const struct compare *c)
{
	for (unsigned p = 0; p < c->nr_policies; p++)
		put_policy(b, c, p);
	for (unsigned w = 0; w < c->nr_works; w++)
		if (c->work[w].vetoed)
			put_veto(b, c, w);
}

bool answer_is_empty(const struct compare *c)
{
	unsigned taken = 0;

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		if (c->cell[i].valid)
			return false;
		taken += cell_taken(&c->cell[i]);
	}
	return taken;
}
