/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/fleet_custody.h"

#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "record/role.h"
#include "util/mem.h"

struct rows {
	struct fleet_custody *row;
	size_t nr;
};

static struct fleet_custody *find_row(struct rows *r, const char *kernel, const char *policy)
{
	for (size_t i = 0; i < r->nr; i++)
		if (!strcmp(r->row[i].kernel, kernel) && !strcmp(r->row[i].policy, policy))
			return &r->row[i];
	r->row = mem_grow(r->row, r->nr, sizeof(*r->row));
	r->row[r->nr] = (struct fleet_custody){ .kernel = mem_strdup(kernel),
						.policy = mem_strdup(policy),
						.worst = LEDGER_NONE };
	return &r->row[r->nr++];
}

static void add_ledger(struct rows *r, const struct store_run *run, const char *policy)
{
	const char *kernel = run_env_known(&run->run, ENV_KERNEL);
	struct fleet_custody *row = find_row(r, kernel ? kernel : "unknown", policy);
	struct ledger l;
	enum ledger_state state;

	ledger_make(run, policy, LEDGER_ANY, &l);
	state = ledger_state(&l);
	row->machines++;
	row->taken += l.taken;
	row->kept += l.kept;
	if (state < row->worst) {
		row->worst = state;
		free(row->host);
		row->host = mem_strdup(run->run.host);
	}
	ledger_free(&l);
}

static int add_run(struct rows *r, struct store *s, const char *id)
{
	struct store_run run;
	int err = store_load(s, id, &run);

	if (err)
		return err;
	for (char **p = run.run.policies; *p; p++)
		if (!run_is_fair(&run.run, *p) && ledger_is_kept(&run, *p, LEDGER_ANY))
			add_ledger(r, &run, *p);
	store_run_free(&run);
	return 0;
}

static int by_kernel(const void *a, const void *b)
{
	const struct fleet_custody *x = a, *y = b;
	int order = strverscmp(x->kernel, y->kernel);

	return order ? order : strcmp(x->policy, y->policy);
}

int fleet_custody_load(struct store *s, const struct members *m, struct fleet_custody **row, size_t *nr)
{
	struct rows r = { 0 };
	int err = 0;

	for (size_t i = 0; i < m->nr && !err; i++)
		err = add_run(&r, s, m->member[i].run.id);
	if (r.nr)
		qsort(r.row, r.nr, sizeof(*r.row), by_kernel);
	*row = r.row;
	*nr = r.nr;
	return err;
}

void fleet_custody_free(struct fleet_custody *row, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		free(row[i].kernel);
		free(row[i].policy);
		free(row[i].host);
	}
	free(row);
}
