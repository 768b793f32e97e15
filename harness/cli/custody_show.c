/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Custody runs out of the store: side by side on stdout, and as a page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/custody.h"
#include "export/custody_json.h"
#include "judge/ledgers.h"
#include "record/env_key.h"
#include "record/role.h"
#include "report/report.h"
#include "text/grid.h"
#include "store/store.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

struct runs {
	struct store_run *run;
	size_t nr;
};

static int load(struct store *store, const char *id, struct runs *runs)
{
	int err;

	runs->run = mem_grow(runs->run, runs->nr, sizeof(*runs->run));
	err = store_load(store, id, &runs->run[runs->nr]);
	if (err)
		return err;
	runs->nr++;
	if (run_compares(&runs->run[runs->nr - 1].run))
		return log_err(-CAUSE_USAGE, "run %s is no custody run: see 'scxbench report --list'", id);
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

static int load_latest(struct store *store, struct runs *runs)
{
	static const struct store_pick latest = { .plan = RUN_CUSTODY_PLAN,
						  .sampled = true,
						  .latest_of_kernel = true };
	struct store_line *line;
	size_t nr;
	int err = store_list(store, &latest, &line, &nr);

	if (err)
		return err;
	for (size_t i = 0; i < nr && !err; i++)
		err = load(store, line[i].id, runs);
	store_list_free(line, nr);
	if (runs->nr)
		qsort(runs->run, runs->nr, sizeof(*runs->run), by_kernel);
	return err;
}

static int load_named(struct store *store, char *const *id, struct runs *runs)
{
	int err = 0;

	for (; *id && !err; id++)
		err = load(store, *id, runs);
	return err;
}

static void free_runs(struct runs *runs)
{
	for (size_t i = 0; i < runs->nr; i++)
		store_run_free(&runs->run[i]);
	free(runs->run);
}

static int print(const struct runs *runs, bool json)
{
	char *text = json ? custody_json(runs->run, runs->nr)
			  : report_custody_text(runs->run, runs->nr, grid_terminal());
	int err = 0;

	printf(json ? "%s\n" : "%s", text);
	free(text);
	for (size_t i = 0; i < runs->nr; i++)
		if (ledgers_fail(&runs->run[i]))
			err = -CAUSE_FAILED;
	return err;
}

int custody_show(struct store *store, const struct custody_show *what)
{
	struct runs runs = { 0 };
	int err = *what->id ? load_named(store, what->id, &runs) : load_latest(store, &runs);

	if (!err && !runs.nr)
		err = log_err(-CAUSE_NOT_FOUND, "no custody run in %s yet: take one, 'scxbench custody'",
			      what->results);
	if (!err)
		err = print(&runs, what->json);
	free_runs(&runs);
	return err;
}

static int write_page(const char *home, const char *dir, struct store *store, bool *made)
{
	struct runs runs = { 0 };
	int err = load_latest(store, &runs);

	*made = !err && runs.nr;
	if (*made)
		err = report_custody_write(home, runs.run, runs.nr, dir);
	free_runs(&runs);
	return err;
}

int custody_page(const char *home, const char *results, struct store *store, bool *made)
{
	char *dir = mem_printf("%s/report", results);
	int err = write_page(home, dir, store, made);

	if (!err && *made)
		err = cli_report_runs(home, results, store);
	free(dir);
	return err;
}
