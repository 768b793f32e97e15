/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/runs.h"

#include <stdlib.h>
#include <string.h>

#include "record/env_key.h"
#include "record/role.h"
#include "text/buf.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"

static int find_latest(struct store *store, const char *host, char **id)
{
	int found = store_pick(store, &(struct store_pick){ .host = host, .comparisons = true }, id);

	return found < 0 ? found
	       : found	 ? 0
			 : log_err(-CAUSE_NOT_FOUND, "no run is stored yet: take one, 'scxbench bench'");
}

static int find_run(struct store *store, const char *name, const char *host, char **id)
{
	return !name || !strcmp(name, "latest") ? find_latest(store, host, id)
						: store_find(store, name, host, id);
}

int runs_check(const struct run *run)
{
	if (run_compares(run))
		return 0;
	return log_err(-CAUSE_USAGE, "run %s compares nothing: 'scxbench custody --show %s'", run->id,
		       run->id);
}

int runs_load(struct store *store, const char *name, const char *host, struct store_run *run)
{
	char *id = NULL;
	int err = find_run(store, name, host, &id);

	if (!err)
		err = store_load(store, id, run);
	free(id);
	if (err)
		return err;
	err = runs_check(&run->run);
	if (err)
		store_run_free(run);
	return err;
}

int runs_have_policy(const struct run *run, const char *name)
{
	struct nearest near = { .word = name };
	struct buf all = { 0 };
	int err;

	for (char **p = run->policies; *p; p++) {
		if (!strcmp(*p, name)) {
			free(all.text);
			return 0;
		}
		nearest_try(&near, *p);
		buf_printf(&all, " %s", *p);
	}
	buf_put(&all, "");
	err = log_err(-CAUSE_NOT_FOUND, "run %s has no policy '%s'%s it has%s", run->id, name,
		      nearest_ask(&near), all.text);
	free(all.text);
	return err;
}

int runs_compare_with(struct run *run, const char *baseline)
{
	int err = baseline ? runs_have_policy(run, baseline) : 0;

	if (err || !baseline)
		return err;
	free(run->baseline);
	run->baseline = mem_strdup(baseline);
	return 0;
}

static int load_custody(struct store *store, const char *id, size_t *nr, struct store_run **run)
{
	int err;

	*run = mem_grow(*run, *nr, sizeof(**run));
	err = store_load(store, id, &(*run)[*nr]);
	if (err)
		return err;
	++*nr;
	if (run_compares(&(*run)[*nr - 1].run))
		return log_err(-CAUSE_USAGE, "run %s is not a custody run: see 'scxbench report --list'", id);
	return 0;
}

static const char *kernel_of(const struct store_run *run)
{
	const char *kernel = run_env(&run->run, ENV_KERNEL);

	return kernel ? kernel : "";
}

static int by_kernel(const void *a, const void *b)
{
	return strverscmp(kernel_of(a), kernel_of(b));
}

static int load_latest_custody(struct store *store, size_t *nr, struct store_run **run)
{
	static const struct store_pick latest = { .plan = RUN_CUSTODY_PLAN,
						  .sampled = true,
						  .latest_of_kernel = true };
	struct store_line *line;
	size_t nr_lines;
	int err = store_list(store, &latest, &line, &nr_lines);

	if (err)
		return err;
	for (size_t i = 0; i < nr_lines && !err; i++)
		err = load_custody(store, line[i].id, nr, run);
	store_list_free(line, nr_lines);
	if (*nr)
		qsort(*run, *nr, sizeof(**run), by_kernel);
	return err;
}

int runs_custody(struct store *store, char *const *name, size_t *nr, struct store_run **run)
{
	int err = 0;

	*nr = 0;
	*run = NULL;
	if (!name || !*name)
		return load_latest_custody(store, nr, run);
	for (; *name && !err; name++)
		err = load_custody(store, *name, nr, run);
	return err;
}

static int load_comparison(struct store *store, const char *name, size_t *nr, struct store_run **run)
{
	int err;

	*run = mem_grow(*run, *nr, sizeof(**run));
	err = runs_load(store, name, NULL, &(*run)[*nr]);
	*nr += !err;
	return err;
}

/* Is there a later line of the same kernel, in the same kind of lab? Lines are latest first. */
static bool is_superseded(const struct store_line *line, size_t i)
{
	bool exact = !strcmp(line[i].plan, RUN_EXACT_PLAN);

	for (size_t n = 0; n < i; n++)
		if (exact == !strcmp(line[n].plan, RUN_EXACT_PLAN) &&
		    !strcmp(line[n].kernel ?: "", line[i].kernel ?: ""))
			return true;
	return false;
}

static int load_latest_comparisons(struct store *store, size_t *nr, struct store_run **run)
{
	struct store_pick pick = { .comparisons = true, .sampled = true };
	struct store_line *line, *last = NULL;
	size_t nr_lines, nr_last;
	int err = store_list(store, &pick, &last, &nr_last);

	if (!err && nr_last)
		pick.host = last[0].host;
	if (!err)
		err = store_list(store, &pick, &line, &nr_lines);
	if (err)
		return err;
	for (size_t i = 0; i < nr_lines && !err; i++)
		if (!is_superseded(line, i))
			err = load_comparison(store, line[i].id, nr, run);
	store_list_free(line, nr_lines);
	store_list_free(last, nr_last);
	return err;
}

static int by_lab_and_kernel(const void *a, const void *b)
{
	const struct store_run *x = a, *y = b;

	return run_is_exact(&x->run) != run_is_exact(&y->run)
		       ? (int)run_is_exact(&x->run) - run_is_exact(&y->run)
		       : by_kernel(a, b);
}

int runs_kernels(struct store *store, char *const *name, size_t *nr, struct store_run **run)
{
	int err = 0;

	*nr = 0;
	*run = NULL;
	if (!name || !*name)
		err = load_latest_comparisons(store, nr, run);
	else
		for (; *name && !err; name++)
			err = load_comparison(store, *name, nr, run);
	if (*nr)
		qsort(*run, *nr, sizeof(**run), by_lab_and_kernel);
	return err;
}

void runs_free(struct store_run *run, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		store_run_free(&run[i]);
	free(run);
}
