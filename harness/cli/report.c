/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "export/exports.h"
#include "judge/runs.h"
#include "report/report.h"
#include "text/grid.h"
#include "text/paint.h"
#include "text/link.h"
#include "util/home.h"
#include "util/mem.h"

static void print_place(const struct pages *p, const char *page)
{
	char *dir = pages_dir(p), *path = mem_printf("%s/%s", dir, page);

	link_print(path);
	free(path);
	free(dir);
}

static int report_run(const struct pages *p, const struct store_run *run, bool pages)
{
	char *text = NULL, *page = mem_printf("%s/index.html", run->run.id);
	int err = runs_check(&run->run);

	if (!err && pages)
		err = pages_run(p, run);
	if (!err)
		err = report_text(run, grid_terminal(), &text);
	if (!err) {
		paint_print(text);
		putchar('\n');
	}
	if (!err && pages)
		print_place(p, page);
	free(text);
	free(page);
	return err;
}

static int report_stored(const struct pages *p, const char *id, bool pages)
{
	struct store_run run;
	int err = store_load(p->store, id, &run);

	if (err)
		return err;
	err = runs_compare_with(&run.run, p->baseline);
	if (!err)
		err = report_run(p, &run, pages);
	store_run_free(&run);
	return err;
}

/* The id of the run asked for, or of the latest comparison, or NULL without one; the caller's to free. */
static int choose_run(struct store *store, const char *name, char **chosen)
{
	static const struct store_pick latest = { .comparisons = true };
	int found;

	*chosen = NULL;
	if (name && strcmp(name, "latest"))
		return store_find(store, name, NULL, chosen);
	found = store_pick(store, &latest, chosen);
	return found < 0 ? found : 0;
}

int report_show(const struct pages *p, const char *id)
{
	char *chosen;
	bool custody = false, pages = pages_wanted(p);
	int err = choose_run(p->store, id, &chosen);

	if (!err && pages)
		err = pages_custody(p, &custody);
	if (!err && pages)
		err = pages_history(p);
	if (!err && !chosen && custody)
		print_place(p, "custody.html");
	else if (!err)
		err = report_stored(p, chosen, pages);
	free(chosen);
	return err;
}

/* results.json, for a program; nothing is made. */
static int print_json(const struct pages *p, const char *name)
{
	struct store_run run;
	struct compare c;
	char *id, *text;
	int err = choose_run(p->store, name, &id);

	if (!err)
		err = store_load(p->store, id, &run);
	free(id);
	if (err)
		return err;
	err = runs_compare_with(&run.run, p->baseline) ?: runs_check(&run.run);
	if (!err) {
		compare_make(&run, &c);
		text = export_results(&c);
		fputs(text, stdout);
		free(text);
		compare_free(&c);
	}
	store_run_free(&run);
	return err;
}

static int list_runs(struct store *store)
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
	const char *results, *baseline, *output;
	bool list, json;
};

enum { OPT_BASELINE = 256 };

static const struct argp_option rows[] = {
	{ "output", 'o', "DIR", 0, "where the pages go (default: report/ in the results)", 0 },
	{ "list", 'l', NULL, 0, "list the stored runs, and make nothing", 0 },
	{ "baseline", OPT_BASELINE, "POLICY", 0,
	  "the policy that the others are compared with (default: the run's, or fair)", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->results;
		return state->child_inputs[1] = &o->json, 0;
	case 'l':
		return o->list = true, 0;
	case 'o':
		return o->output = arg, 0;
	case OPT_BASELINE:
		return o->baseline = arg, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int call_report_command(struct call *call)
{
	struct options o = { 0 };
	struct pages p = { .home = home_dir() };
	int err;

	if (!options_parse(call, &o))
		return call->code;
	if (o.list && o.json)
		return exit_code_of(options_wrong(call->command, "--list and --json: choose one"));
	p.results = o.results;
	p.baseline = o.baseline;
	p.dir = o.output;
	err = store_open_in(o.results, STORE_READ, &p.store);
	if (err)
		return exit_code_of(err);
	err = o.list   ? list_runs(p.store)
	      : o.json ? print_json(&p, call->word[0])
		       : report_show(&p, call->word[0]);
	store_close(p.store);
	return exit_code_of(err);
}

const struct command cmd_report = {
	.name = "report",
	.summary = "make the pages and pictures of a run",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "[RUN]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Makes DIR/report/RUN/index.html of a run in the store (an id, a tag or 'latest', the default) "
			 "and prints its comparison. DIR/report/index.html then leads to it, and "
			 "DIR/report/runs.html lists all runs. Whoever can read the store can use this, also while "
			 "a run is taken; who may not write there gets the comparison alone. With --json it "
			 "prints what is in results.json, and makes nothing." },
	.most = 1,
	.exits = "0 ok\n2 usage, or the run does not exist\n3 the store can't be read\n",
	.examples = "scxbench report\nscxbench report --list\n",
	.run = call_report_command,
};
