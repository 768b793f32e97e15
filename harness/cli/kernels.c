/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Policies on several kernels, side by side. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "export/kernels_json.h"
#include "judge/runs.h"
#include "record/role.h"
#include "report/kernels.h"
#include "report/pages.h"
#include "text/grid.h"
#include "text/paint.h"
#include "util/cause.h"
#include "util/home.h"
#include "util/log.h"

#define MOST_WITHOUT 32

struct options {
	const char *results;
	bool json;
	const char *without[MOST_WITHOUT + 1];
	unsigned nr_without;
};

enum { OPT_WITHOUT = 256 };

static const struct argp_option rows[] = {
	{ "without", OPT_WITHOUT, "SENTENCE", 0,
	  "say this too, of a kernel that has no run: which and why; repeatable", 0 },
	{ 0 },
};

static error_t kernels_take(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->results;
		return state->child_inputs[1] = &o->json, 0;
	case OPT_WITHOUT:
		if (o->nr_without == MOST_WITHOUT)
			return log_err(-CAUSE_USAGE, "at most %d --without options", MOST_WITHOUT);
		return o->without[o->nr_without++] = arg, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Without a word on stdout about a page, for a program. */
static int write_page(const struct pages *p, const struct kernels_view *v, bool quiet)
{
	char *dir = pages_dir(p);
	int err = kernels_page(p->home, v, dir);

	if (!err)
		err = pages_runs(p);
	if (!err && !quiet)
		printf("\n%s/kernels.html\n", dir);
	free(dir);
	return err;
}

static void print_kernels(const struct kernels_view *v, bool json)
{
	char *text =
		json ? kernels_json(&v->measured, &v->counted, v->without) : kernels_text(v, grid_terminal());

	paint_print(text);
	printf("%s", json ? "\n" : "");
	free(text);
}

static int show_kernels(const struct pages *p, const struct options *o, const struct store_run *run,
			size_t nr)
{
	struct kernels_view v = { .without = o->without };
	size_t measured = 0;
	int err;

	while (measured < nr && !run_is_exact(&run[measured].run))
		measured++;
	kernels_make(run, measured, &v.measured);
	kernels_make(run + measured, nr - measured, &v.counted);
	print_kernels(&v, o->json);
	err = pages_wanted(p) ? write_page(p, &v, o->json) : 0;
	kernels_free(&v.measured);
	kernels_free(&v.counted);
	return err;
}

static int load_and_show(struct pages *p, const struct options *o, char *const *name)
{
	struct store_run *run;
	size_t nr;
	int err = runs_kernels(p->store, name, &nr, &run);

	if (!err && !nr)
		err = log_err(-CAUSE_NOT_FOUND, "no run is stored yet: take one, 'scxbench bench'");
	if (!err)
		err = show_kernels(p, o, run, nr);
	runs_free(run, nr);
	return err;
}

static int call_kernels(struct call *call)
{
	struct options o = { 0 };
	struct pages p = { .home = home_dir() };
	int err;

	if (!options_parse(call, &o))
		return call->code;
	p.results = o.results;
	err = store_open_in(o.results, STORE_READ, &p.store);
	if (!err)
		err = load_and_show(&p, &o, call->word);
	store_close(p.store);
	return exit_code_of(err);
}

const struct command cmd_kernels = {
	.name = "kernels",
	.summary = "compare policies with fair, kernel by kernel",
	.argp = { .options = rows,
		  .parser = kernels_take,
		  .args_doc = "[RUN...]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Shows runs of several kernels side by side, and writes kernels.html. Each ratio is to "
			 "the fair of the same kernel. Fair of one kernel is compared with fair of another by "
			 "runs of the exact lab alone, in instructions; times of different boots are not "
			 "compared.\n\n"
			 "Without RUN they are the latest run of each kernel, on the machine of the latest run. "
			 "'make bench KERNELS=\"6.1 7.3\"' takes such runs in the lab." },
	.most = -1,
	.exits = "0 shown\n2 usage\n",
	.examples = "scxbench kernels\nscxbench kernels OLD NEW\ttwo runs that were taken on two kernels\n",
	.run = call_kernels,
};
