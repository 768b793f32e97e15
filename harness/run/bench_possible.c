/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --where-possible: policies that this kernel can't run are left out, each with its reason. */
#include <stdlib.h>
#include <string.h>

#include "collect/env.h"
#include "policy/needs.h"
#include "record/env_key.h"
#include "run/bench.h"
#include "util/cause.h"
#include "util/guest.h"
#include "util/log.h"
#include "util/mem.h"

/* What keeps every policy out of this kernel; NULL: nothing is known. The caller's to free. */
static char *why_none(void)
{
	struct findings f = { 0 };
	char *why = NULL;

	policy_needs(&f);
	for (size_t i = 0; i < f.nr && !why; i++)
		if (f.finding[i].level >= FINDING_NO_POLICY)
			why = mem_strdup(f.finding[i].what);
	findings_free(&f);
	return why;
}

/* A command is known only once it runs. */
static char *why_not(const struct bench *b, const struct policy_spec *policy)
{
	const struct policy_setup setup = { .topology = &b->topology };
	struct policy *loaded = NULL;
	char *why;
	int err;

	if (policy->kind != POLICY_BPF)
		return NULL;
	err = policy_load(policy, &setup, &loaded);
	why = err ? mem_strdup(log_last_err()) : NULL;
	policy_unload(loaded);
	if (why)
		log_info("policy %s is left out", policy->text);
	return why;
}

static void leave_out(struct bench *b, unsigned policy, const char *why)
{
	char *key = mem_printf(ENV_PLAN_LEFT_OUT "%s", b->policy[policy].text);

	env_add(&b->run, key, why);
	free(key);
	policy_spec_free(&b->policy[policy]);
	memmove(&b->policy[policy], &b->policy[policy + 1], (--b->nr_policies - policy) * sizeof(*b->policy));
	b->policy[b->nr_policies] = (struct policy_spec){ 0 };
}

/* A resumed run has left out what it left out. */
static void leave_out_again(struct bench *b)
{
	for (size_t i = 0; i < b->before.nr_env; i++)
		if (env_key_is(b->before.env[i].key, ENV_PLAN_LEFT_OUT))
			env_add(&b->run, b->before.env[i].key, b->before.env[i].value);
}

/* All but fair, for the same reason; the caller has the reason said. */
static void leave_out_all(struct bench *b, const char *why)
{
	for (unsigned i = 0; i < b->nr_policies;)
		if (b->policy[i].kind == POLICY_FAIR)
			i++;
		else
			leave_out(b, i, why);
}

/* The reason of the last one; the caller's to free, NULL: none is refused. */
static char *leave_out_refused(struct bench *b)
{
	char *last = NULL;

	for (unsigned i = 0; i < b->nr_policies;) {
		char *why = why_not(b, &b->policy[i]);

		if (!why) {
			i++;
			continue;
		}
		leave_out(b, i, why);
		free(last);
		last = why;
	}
	return last;
}

int bench_possible(struct bench *b)
{
	char *none, *last = NULL;
	int err = 0;

	if (b->opt.resume)
		leave_out_again(b);
	if (!b->opt.where_possible || b->opt.dry_run || guest_ahead())
		return 0;
	none = why_none();
	if (none)
		leave_out_all(b, none);
	else
		last = leave_out_refused(b);
	if (!b->nr_policies)
		err = log_err(-CAUSE_CANT, "this kernel can run none of these policies: %s",
			      none ? none : last);
	else if (none)
		log_info("%s: every policy but fair is left out", none);
	free(none);
	free(last);
	return err;
}
