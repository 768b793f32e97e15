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

int bench_workloads(struct bench *b)
{
	const char *const of_plan[] = { b->kind->workload, NULL };
	const char *const *name = b->opt.workload[0] ? b->opt.workload : of_plan;
	int err = resolve_user(b);

	if (!err)
		err = workload_list(b->home, b->opt.workload_env, account_other(&b->user), &b->all_workloads);
	if (err)
		return err;
	for (int i = 0; name[i]; i++) {
		b->workload[b->nr_workloads] = find_workload(b, name[i]);
		if (!b->workload[b->nr_workloads++])
			return -CAUSE_NOT_FOUND;
	}
	if (!b->nr_workloads)
		for (struct workload *w = b->all_workloads; w->name && b->nr_workloads < BENCH_MAX_POLICIES;
		     w++)
			if (w->in_default)
				b->workload[b->nr_workloads++] = w;
	return b->nr_workloads
		       ? 0
		       : log_err(-CAUSE_CANT, "no workloads in %s/workloads: run 'make build'", b->home);
}
