/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Continues a run. Everything is resolved again from the run's own record, and then compared with what the
 * run found when it began. So everything that could change a sample is noticed, however it changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "record/env_key.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

static bool is_yes(const struct run *run, const char *key)
{
	const char *value = run_env(run, key);

	return value && !strcmp(value, "yes");
}

/* The argument of -s that the policy was. */
static char *argument_of(const struct run *run, size_t policy)
{
	const char *given = run->policy_given ? run->policy_given[policy] : NULL;

	return given ? mem_printf("%s=%s", run->policies[policy], given) : mem_strdup(run->policies[policy]);
}

/* The argument of -w that the workload was. */
static const char *work_of(const struct run *run, const char *workload)
{
	char *key = mem_printf(ENV_PLAN_FILE "%s", workload);
	const char *given = run_env(run, key);

	free(key);
	return given ? given : workload;
}

/* The arrays of options have a fixed length, and a file may contain anything. */
static int take_names(struct bench *b)
{
	const struct run *run = &b->before;
	struct bench_options *o = &b->opt;
	unsigned nr = 0;

	for (size_t p = 0; run->policies[p] && nr < BENCH_MAX_POLICIES; p++)
		if (arm_of(run->policies[p], run->baseline) != ARM_TWIN) {
			b->argument[nr] = argument_of(run, p);
			o->policy[nr] = b->argument[nr];
			nr++;
		} else
			o->aa = true;
	o->no_aa = !o->aa;
	for (nr = 0; nr < BENCH_MAX_POLICIES && run->workloads[nr]; nr++)
		o->workload[nr] = work_of(run, run->workloads[nr]);
	return nr && o->policy[0]
		       ? 0
		       : log_err(-CAUSE_USAGE, "run %s has nothing to run: take a new one", run->id);
}

static int take_options(struct bench *b)
{
	const struct run *run = &b->before;
	struct bench_options *o = &b->opt;

	o->run_id = run->id;
	o->plan = run->plan;
	o->where = run->where;
	o->blocks = run->blocks;
	o->restarts = run->restarts;
	o->seed = run->seed;
	o->seeded = true;
	o->baseline = run->baseline;
	o->precision = run_env(run, ENV_PLAN_PRECISION);
	o->time_budget = run_env(run, ENV_PLAN_TIME_BUDGET);
	o->attach_limit = run_env(run, ENV_PLAN_ATTACH_LIMIT);
	o->watch_budget = run_env(run, ENV_PLAN_WATCH_BUDGET);
	o->no_warmup = !is_yes(run, ENV_PLAN_WARMUP);
	o->no_instrumented = !is_yes(run, ENV_PLAN_INSTRUMENTED);
	o->outside = is_yes(run, ENV_PLAN_AUDIT) ? OUTSIDE_INSTRUMENTED : OUTSIDE_NO;
	o->user = run_env(run, ENV_PLAN_USER);
	o->host = run_env(run, ENV_PLAN_HOST);
	if (o->host && host_wish_parse(&o->wish, o->host))
		return -CAUSE_USAGE;
	return take_names(b);
}

int bench_resume(struct bench *b)
{
	char *dir = mem_printf("%s/runs/%s", b->opt.results, b->opt.resume);
	int err = 0;

	if (!fs_exists(dir))
		err = log_err(-CAUSE_NOT_FOUND, "no run %s to resume: there is no %s", b->opt.resume, dir);
	if (!err)
		err = run_read(dir, &b->before);
	if (!err && !run_compares(&b->before))
		err = log_err(-CAUSE_USAGE,
			      "run %s was taken by 'scxbench custody', which can't resume: take it again",
			      b->opt.resume);
	if (!err)
		err = take_options(b);
	free(dir);
	return err;
}

/*
 * The run itself sets the first. The second differs by the memory that the kernel reserved; its size class is
 * part of the host.
 */
static bool may_change(const char *key)
{
	static const char *const keys[] = { ENV_KERNEL_AUTOGROUP, ENV_MEMORY, NULL };

	for (int i = 0; keys[i]; i++)
		if (!strcmp(key, keys[i]))
			return true;
	/* Only the policies of the run matter, and these have their own hash. */
	return env_key_is_object(key) && strcmp(key, ENV_HASH_AUDIT);
}

/* A setting that the run wishes for is set again, and alters again what a driver alters with it. */
static bool is_wished(const struct host_wish *wish, const char *key)
{
	static const struct {
		const char *key;
		enum host_setting setting;
	} known[] = { { ENV_CPU_GOVERNOR, HOST_GOVERNOR },
		      { ENV_CPU_EPP, HOST_GOVERNOR },
		      { ENV_CPU_EPP, HOST_EPP },
		      { ENV_CPU_FREQUENCY, HOST_TURBO },
		      { ENV_IRQ_BALANCE, HOST_IRQBALANCE },
		      { ENV_CPU_NO_TURBO, HOST_TURBO },
		      { ENV_CPU_BOOST, HOST_TURBO },
		      { ENV_KERNEL_THP, HOST_THP } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(known[i].key, key) && wish->want[known[i].setting][0])
			return true;
	return false;
}

static bool is_same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* A hash means nothing to a person. */
static void bench_resume_name(FILE *f, const char *key, const char *was, const char *is)
{
	fprintf(f, "%s%s", ftell(f) ? ", " : "", key);
	if (!env_key_is(key, ENV_HASH))
		fprintf(f, " (it was '%s' and is '%s')", was ? was : "", is ? is : "");
}

static void compare_env(FILE *f, const struct run *was, const struct run *is, const struct host_wish *wish)
{
	for (size_t i = 0; i < was->nr_env; i++) {
		const char *key = was->env[i].key, *value = run_env(is, key);

		if (!may_change(key) && !is_wished(wish, key) && !is_same(was->env[i].value, value))
			bench_resume_name(f, key, was->env[i].value, value);
	}
	for (size_t i = 0; i < is->nr_env; i++)
		if (!may_change(is->env[i].key) && !run_env(was, is->env[i].key))
			bench_resume_name(f, is->env[i].key, NULL, is->env[i].value);
}

static void compare_policies(FILE *f, const struct run *was, const struct run *is)
{
	size_t i = 0;

	for (; is->policies[i] && is_same(was->policies[i], is->policies[i]); i++)
		if (!is_same(was->policy_hash ? was->policy_hash[i] : NULL, is->policy_hash[i]))
			fprintf(f, "%sthe object or program of policy %s", ftell(f) ? ", " : "",
				is->policies[i]);
	if (is->policies[i] || was->policies[i])
		fprintf(f, "%sthe policies", ftell(f) ? ", " : "");
}

static void compare_workloads(FILE *f, const struct run *was, const struct run *is)
{
	for (size_t i = 0; is->workloads[i]; i++)
		if (!is_same(was->primary[i], is->primary[i]))
			bench_resume_name(f, is->workloads[i], was->primary[i], is->primary[i]);
	if (was->planned != is->planned)
		fprintf(f, "%sthe plan (%u samples then, %u now)", ftell(f) ? ", " : "", was->planned,
			is->planned);
}

int bench_resume_check(struct bench *b)
{
	char *text;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int err = 0;

	if (!is_same(b->before.host, b->run.host))
		fputs("the machine", f);
	compare_env(f, &b->before, &b->run, &b->opt.wish);
	compare_policies(f, &b->before, &b->run);
	compare_workloads(f, &b->before, &b->run);
	fclose(f);
	/* A run that has ended takes no more samples, so differences do not matter. */
	if (*text && !b->before.ended)
		err = log_err(
			-CAUSE_CANT,
			"run %s can't continue, because this differs from its beginning: %s. Undo that, or take a new run",
			b->before.id, text);
	free(text);
	run_free(&b->run);
	b->run = b->before;
	b->before = (struct run){ 0 };
	return err;
}
