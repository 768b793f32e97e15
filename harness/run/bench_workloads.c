/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run measures, and as which user that runs. */
#include <string.h>
#include <unistd.h>

#include "run/bench.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/nearest.h"

static int find_user(struct bench *b)
{
	const char *name = b->opt.user;

	if (account_find(name, &b->user))
		return log_err(-CAUSE_NOT_FOUND, "no user '%s': give the name or number of one", name);
	if (geteuid() ? b->user.uid != geteuid() : !account_is_possible(&b->user))
		return log_err(-CAUSE_USAGE, "workloads can't be run as user %s here: %s", name,
			       geteuid() ? "run as root" : "this user namespace doesn't have it");
	return 0;
}

static int resolve_user(struct bench *b)
{
	if (b->opt.user)
		return find_user(b);
	account_default(&b->user);
	return 0;
}

static struct workload *find_workload(const struct bench *b, const char *name)
{
	struct nearest near = { .word = name };

	for (struct workload *w = b->all_workloads; w->name; w++) {
		if (!strcmp(w->name, name))
			return w;
		nearest_try(&near, w->name);
	}
	log_err(-CAUSE_NOT_FOUND, "no workload named '%s'%s 'scxbench list' names all", name,
		nearest_ask(&near));
	return NULL;
}

/* Paths add to the list of all, which moves it, so they come first. */
static int list_all(struct bench *b, const char *const *name)
{
	const struct account *user = account_other(&b->user);
	int err = workload_list(b->home, b->opt.workload_env, user, &b->all_workloads);

	for (; !err && *name; name++)
		if (workload_is_path(*name))
			err = workload_add(*name, b->opt.workload_env, user, &b->all_workloads);
	return err;
}

static int choose_workload(struct bench *b, struct workload *w)
{
	if (b->nr_workloads == BENCH_MAX_POLICIES)
		return log_err(-CAUSE_USAGE, "more than %d workloads in one run", BENCH_MAX_POLICIES);
	b->workload[b->nr_workloads++] = w;
	return 0;
}

static int choose_path(struct bench *b, const char *given)
{
	unsigned had = b->nr_workloads;
	int err = 0;

	for (struct workload *w = b->all_workloads; !err && w->name; w++)
		if (workload_is_given(w, given))
			err = choose_workload(b, w);
	if (!err && b->nr_workloads == had)
		err = log_err(-CAUSE_NOT_FOUND, "%s: there is no such variant: see its --describe", given);
	return err;
}

static int choose_named(struct bench *b, const char *name)
{
	struct workload *w;

	if (workload_is_path(name))
		return choose_path(b, name);
	w = find_workload(b, name);
	return w ? choose_workload(b, w) : -CAUSE_NOT_FOUND;
}

static void choose_default(struct bench *b)
{
	for (struct workload *w = b->all_workloads; w->name && b->nr_workloads < BENCH_MAX_POLICIES; w++)
		if (w->in_default)
			b->workload[b->nr_workloads++] = w;
}

int bench_workloads(struct bench *b)
{
	const char *const of_plan[] = { b->kind->workload, NULL };
	const char *const *name = b->opt.workload[0] ? b->opt.workload : of_plan;
	int err = resolve_user(b);

	if (!err)
		err = list_all(b, name);
	for (int i = 0; !err && name[i]; i++)
		err = choose_named(b, name[i]);
	if (err)
		return err;
	if (!b->nr_workloads)
		choose_default(b);
	return b->nr_workloads
		       ? 0
		       : log_err(-CAUSE_CANT, "no workloads in %s/workloads: run 'make build'", b->home);
}
