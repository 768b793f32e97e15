/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/tax.h"

#include <string.h>
#include "record/role.h"
#include "text/buf.h"

/* With knobs it asks for other slices than fair. */
static bool is_plain(const struct run *run, int policy)
{
	const char *given = policy >= 0 && run->policy_given ? run->policy_given[policy] : NULL;

	return policy >= 0 && (!given || !strcmp(given, run->policies[policy]));
}

bool tax_of(const struct compare *c, struct tax *t)
{
	const struct run *run = &c->run->run;
	int policy = compare_policy(c, TAX_POLICY), fair = compare_policy(c, FAIR_NAME);

	*t = (struct tax){ .no_ledger = compare_policy(c, TAX_NO_LEDGER) };
	if (c->baseline < 0 || c->baseline != fair || !is_plain(run, fair) || !is_plain(run, policy))
		return false;
	t->policy = (unsigned)policy;
	return true;
}

struct judgement tax_ledger(const struct compare *c, const struct tax *t, unsigned work)
{
	const struct compare_ends ends = { work, (int)t->policy, t->no_ledger };
	struct judgement j = judgement_none();

	if (t->no_ledger >= 0)
		compare_measure(c, &ends, &j);
	return j;
}

char *tax_words(const struct compare *c, const struct tax *t)
{
	const struct run *run = &c->run->run;
	struct buf b = { 0 };

	buf_put(&b, TAX_POLICY
		" decides as fair does, so its ratio to fair is what sched_ext costs: the calls of a policy's "
		"programs, and what they can't have of the kernel (schedulers/eevdf says what).\n");
	buf_put(&b, "It has the ledger, counters and control of all policies here in it");
	if (t->no_ledger >= 0)
		buf_put(&b, "; " TAX_NO_LEDGER " is the same policy without them.\n");
	else
		buf_put(&b, ". How much they are, this run does not tell: that takes an arm " TAX_NO_LEDGER
			    ", the same policy compiled with -DSCXB_NO_LEDGER.\n");
	if (run_is_exact(run))
		buf_put(&b, "It is counted in instructions: how long the path is, not how long it takes.\n");
	else if (run->emulated)
		buf_put(&b, "Measured under emulation: it is no real machine's price.\n");
	return buf_take(&b);
}
