/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/custody.h"
#include "export/exports.h"
#include "judge/runs.h"
#include "report/index.h"
#include "report/report.h"
#include "text/grid.h"
#include "util/mem.h"

struct place {
	const char *home, *results;
};

int cli_report_runs(const char *home, const char *results, struct store *store)
{
	char *dir = mem_printf("%s/report", results);
	struct store_line *line;
	size_t nr;
	int err = store_list(store, NULL, &line, &nr);

	if (!err) {
		err = index_write_runs(home, line, nr, dir);
		store_list_free(line, nr);
	}
	free(dir);
	return err;
}

/* The comparison before this one on the same machine. false: there is none that can be read. */
static bool load_previous(struct store *store, const struct run *run, struct run *previous)
{
	const struct store_pick pick = { .before = run->id, .comparisons = true };
	char *id = NULL;
	bool found = run->host && store_pick(store, &pick, &id) > 0 && !store_load_run(store, id, previous);

	free(id);
	return found;
}

/* What perf printed is in the run's files, if they are here: an imported run has none. */
static int write_run(const struct place *at, struct store *store, const struct store_run *run)
{
	char *dir = mem_printf("%s/report", at->results), *out = mem_printf("%s/%s", dir, run->run.id);
	char *files = mem_printf("%s/runs/%s", at->results, run->run.id);
	struct run previous;
	bool any = load_previous(store, &run->run, &previous);
	int err = export_perf(files, out);

	if (!err)
		err = report_write(at->home, run, any ? &previous : NULL, out);
	if (any)
		run_free(&previous);
	if (!err)
		err = index_write_latest(at->home, run, dir);
	free(files);
	free(out);
	free(dir);
	return err;
}

static int compare(const struct place *at, struct store *store, const struct store_run *run)
{
	char *text = NULL;
	int err = runs_check(&run->run);

	if (!err)
		err = write_run(at, store, run);
	if (!err)
		err = cli_report_runs(at->home, at->results, store);
	if (!err)
		err = report_text(run, grid_terminal(), &text);
	if (!err)
		printf("%s\n%s/report/%s/index.html\n", text, at->results, run->run.id);
	free(text);
	return err;
}

static int compare_stored(const struct place *at, struct store *store, const char *id)
{
	struct store_run run;
	int err = store_load(store, id, &run);

	if (err)
		return err;
	err = compare(at, store, &run);
	store_run_free(&run);
	return err;
}

/* The run asked for, or the latest comparison, or NULL when there is none; the caller's to free. */
static int choose_run(struct store *store, const char *id, char **chosen)
{
	static const struct store_pick latest = { .comparisons = true };
	int found;

	*chosen = id ? mem_strdup(id) : NULL;
	found = id ? 1 : store_pick(store, &latest, chosen);
	return found < 0 ? found : 0;
}

int cli_report(const char *home, const char *results, struct store *store, const char *id)
{
	char *chosen;
	bool custody;
	int err = choose_run(store, id, &chosen);

	if (!err)
		err = custody_page(home, results, store, &custody);
	if (!err)
		err = cli_history_page(home, results, store);
	if (!err && !chosen && custody)
		printf("%s/report/custody.html\n", results);
	else if (!err)
		err = compare_stored(&(struct place){ home, results }, store, chosen);
	free(chosen);
	return err;
}

static int list(struct store *store)
{
	static const struct grid_column columns[] = { { NULL, GRID_TEXT, 0 },
						      { NULL, GRID_TEXT, 0 },
						      { NULL, GRID_TEXT, 0 },
						      { NULL, GRID_NUMBER, 0 },
						      { NULL, GRID_TEXT, 0 } };
	struct store_line *line;
	struct grid g;
	size_t nr;
	int err = store_list(store, NULL, &line, &nr);

	if (err)
		return err;
	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (size_t i = 0; i < nr; i++) {
		char **cell = grid_row(&g, true, line[i].id);

		cell[1] = mem_strdup(line[i].plan);
		cell[2] = mem_strdup(line[i].where);
		cell[3] = mem_printf("%u samples, %u not ok", line[i].samples, line[i].not_ok);
		cell[4] = mem_strdup(line[i].kernel);
	}
	grid_print(&g);
	grid_free(&g);
	store_list_free(line, nr);
	return 0;
}

struct options {
	const char *results;
	bool list;
};

static const struct argp_option rows[] = {
	{ "list", 'l', NULL, 0, "list the runs that the store has, and make nothing", 0 },
	{ 0 },
};

static error_t take(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	(void)arg;
	switch (key) {
	case ARGP_KEY_INIT:
		return state->child_inputs[0] = &o->results, 0;
	case 'l':
		return o->list = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int report(struct call *call)
{
	struct options o = { .results = RESULTS_DEFAULT };
	struct store *store;
	int err;

	if (!options_parse(call, &o))
		return call->code;
	err = store_open_in(o.results, false, &store);
	if (err)
		return exit_code_of(err);
	err = o.list ? list(store) : cli_report(home_dir(), o.results, store, call->word[0]);
	store_close(store);
	return exit_code_of(err);
}

const struct command cmd_report = {
	.name = "report",
	.summary = "make the pages and pictures of a run",
	.argp = { .options = rows,
		  .parser = take,
		  .args_doc = "[RUN]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 }, { 0 } },
		  .doc = "Makes DIR/report/RUN/index.html of a run in the store (default: the latest) "
			 "and prints its comparison. DIR/report/index.html then leads to it, and "
			 "DIR/report/runs.html lists all runs." },
	.most = 1,
	.exits = "0 ok\n2 usage, or there is no such run\n3 the store can't be read\n",
	.examples = "scxbench report\nscxbench report --list\n",
	.run = report,
};
