/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes a run with everything resolved from the options of the bench command. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "collect/env.h"
#include "util/cause.h"
#include "util/guest.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"

static int add_policy(struct bench *b, const char *text)
{
	return policy_parse(b->home, text, &b->policy[b->nr_policies++]);
}

/* The last one is taken back, if it is for comparisons that name it. */
static int drop_by_name(struct bench *b)
{
	struct policy_spec *last = &b->policy[b->nr_policies - 1];
	bool by_name;
	int err = policy_by_name(last, &by_name);

	if (!err && by_name) {
		policy_spec_free(last);
		b->nr_policies--;
	}
	return err;
}

/* Every policy of this repo. */
static int all_policies(struct bench *b)
{
	char **name = policy_list(b->home);
	int err = 0;

	if (!*name)
		err = log_err(-CAUSE_CANT, "no policies in %s/schedulers: run 'make build'", b->home);
	for (size_t i = 0; !err && name[i] && b->nr_policies < BENCH_MAX_POLICIES; i++) {
		err = add_policy(b, name[i]);
		if (!err && b->purpose->fair)
			err = drop_by_name(b);
	}
	policy_list_free(name);
	return err;
}

/* fair if it is wanted, then what the plan names, or all. */
static int default_policies(struct bench *b)
{
	if (b->purpose->fair)
		add_policy(b, FAIR_NAME);
	return b->kind->policy ? add_policy(b, b->kind->policy) : all_policies(b);
}

/* A plan of a single comparison has fair in it whatever is named. */
static bool fair_joins(const struct bench *b)
{
	for (int i = 0; b->opt.policy[i]; i++)
		if (!strcmp(b->opt.policy[i], FAIR_NAME))
			return false;
	return b->kind->policy && !b->opt.baseline && !b->opt.policy[BENCH_MAX_POLICIES - 1];
}

static int named_policies(struct bench *b)
{
	int err = fair_joins(b) ? add_policy(b, FAIR_NAME) : 0;

	for (int i = 0; b->opt.policy[i] && !err; i++)
		err = add_policy(b, b->opt.policy[i]);
	return err;
}

/* The same policy twice would be one policy with twice the blocks, surely by mistake. */
static int check_twice(const struct bench *b)
{
	for (unsigned i = 0; i < b->nr_policies; i++)
		for (unsigned j = 0; j < i; j++)
			if (!strcmp(b->policy[i].text, b->policy[j].text))
				return log_err(-CAUSE_USAGE, "policy '%s' is given twice", b->policy[i].text);
	return 0;
}

enum arm bench_arm(const struct bench *b, unsigned policy)
{
	return arm_of(b->policy[policy].text, b->opt.baseline);
}

const char *bench_baseline(const struct bench *b)
{
	return b->opt.baseline ? b->opt.baseline : FAIR_NAME;
}

int bench_find(const struct bench *b, enum arm arm)
{
	for (unsigned i = 0; i < b->nr_policies; i++)
		if (bench_arm(b, i) == arm)
			return (int)i;
	return -1;
}

/* The second arm of the baseline differs only in its name. */
static int add_twin(struct bench *b, const struct policy_spec *first)
{
	struct policy_spec *twin = &b->policy[b->nr_policies++];
	int err = policy_parse(b->home, first->given, twin);

	if (err)
		return err;
	free(twin->text);
	free(twin->given);
	twin->text = mem_printf("%s" TWIN_MARK, first->text);
	twin->given = mem_strdup(twin->text);
	return 0;
}

static int add_aa(struct bench *b)
{
	int base = bench_find(b, ARM_BASELINE);

	if (b->opt.baseline && base < 0)
		return log_err(-CAUSE_USAGE, "--baseline %s: it is not among the policies: add -s %s",
			       b->opt.baseline, b->opt.baseline);
	if (b->opt.aa && base < 0)
		return log_err(-CAUSE_USAGE,
			       "--aa takes fair twice, but fair is not among the policies: add -s fair, or "
			       "name another --baseline");
	if (base < 0 || b->opt.no_aa || !(b->opt.aa || b->kind->aa) || b->nr_policies == BENCH_MAX_POLICIES)
		return 0;
	return add_twin(b, &b->policy[base]);
}

static int resolve_policies(struct bench *b)
{
	int err = b->opt.policy[0] ? named_policies(b) : default_policies(b);

	for (unsigned i = 0; i < b->nr_policies && !err; i++)
		err = policy_check(&b->policy[i]);
	if (!err)
		err = check_twice(b);
	if (!err)
		err = bench_possible(b);
	return err ? err : add_aa(b);
}

static int unknown_plan(const char *name)
{
	struct nearest near = { .word = name };

	plan_try_all(&near);
	return log_err(-CAUSE_NOT_FOUND, "no plan named '%s'%s 'scxbench list' names all", name,
		       nearest_ask(&near));
}

static int resolve_kind(struct bench *b)
{
	const char *name = b->opt.plan ? b->opt.plan : b->run.emulated ? "demo" : "decide";

	b->kind = b->purpose->plan ? b->purpose->plan : plan_kind(name);
	if (!b->kind)
		return unknown_plan(name);
	return 0;
}

int bench_resolve(struct bench *b)
{
	int err = b->opt.resume ? bench_resume(b) : 0;

	if (err)
		return err;
	b->run.seed = b->opt.seeded ? b->opt.seed : bench_random_seed();
	env_collect(b->home, &b->run);
	err = topology_load(NULL, &b->topology);
	if (!err)
		err = resolve_kind(b);
	if (!err)
		err = bench_workloads(b);
	if (!err)
		err = resolve_policies(b);
	if (!err)
		err = bench_audit(b);
	if (!err && b->purpose->check)
		err = b->purpose->check(b);
	if (!err)
		err = bench_draw(b);
	if (!err)
		bench_describe(b);
	return !err && b->opt.resume && !guest_ahead() ? bench_resume_check(b) : err;
}

void bench_free(struct bench *b)
{
	for (unsigned i = 0; i < b->nr_policies; i++)
		policy_spec_free(&b->policy[i]);
	for (unsigned i = 0; i < BENCH_MAX_POLICIES; i++)
		free(b->argument[i]);
	workload_list_free(b->all_workloads);
	account_free(&b->user);
	plan_free(&b->plan);
	topology_free(&b->topology);
	run_free(&b->run);
	run_free(&b->before);
	free(b->dir);
}
