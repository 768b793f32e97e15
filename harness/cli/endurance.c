/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often policies are thrown out, an hour. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "export/endurance_json.h"
#include "judge/runs.h"
#include "report/endurance.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

struct options {
	const char *results;
	bool json;
};

static error_t endurance_take(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	(void)arg;
	if (key != ARGP_KEY_INIT)
		return ARGP_ERR_UNKNOWN;
	state->child_inputs[0] = &o->results;
	return state->child_inputs[1] = &o->json, 0;
}

static int load_run(struct store *store, const char *name, struct store_run **run, size_t *nr)
{
	int err;

	*run = mem_grow(*run, *nr, sizeof(**run));
	err = runs_load(store, name, NULL, &(*run)[*nr]);
	*nr += !err;
	return err;
}

/* No name: the latest. */
static int load_runs(struct store *store, char *const *name, struct store_run **run, size_t *nr)
{
	int err = 0;

	if (!name || !*name)
		return load_run(store, NULL, run, nr);
	for (; *name && !err; name++)
		err = load_run(store, *name, run, nr);
	return err;
}

static int show_endurance(const struct options *o, const struct store_run *run, size_t nr)
{
	struct endurance e;
	int err = endurance_make(run, nr, &e);
	char *text;

	if (!err && !e.nr)
		err = log_err(-CAUSE_USAGE, "run %s has fair alone, which nobody throws out", run->run.id);
	if (!err) {
		text = o->json ? endurance_json(&e) : endurance_text(&e, grid_terminal());
		printf("%s%s", text, o->json ? "\n" : "");
		free(text);
	}
	endurance_free(&e);
	return err;
}

static int call_endurance(struct call *call)
{
	struct options o = { 0 };
	struct store *store = NULL;
	struct store_run *run = NULL;
	size_t nr = 0;
	int err;

	if (!options_parse(call, &o))
		return call->code;
	err = store_open_in(o.results, STORE_READ, &store);
	if (!err)
		err = load_runs(store, call->word, &run, &nr);
	if (!err)
		err = show_endurance(&o, run, nr);
	runs_free(run, nr);
	store_close(store);
	return exit_code_of(err);
}

const struct command cmd_endurance = {
	.name = "endurance",
	.summary = "compare policies by how often they are thrown out",
	.argp = { .parser = endurance_take,
		  .args_doc = "[RUN...]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Counts the ejections of each policy, and of these the stalls that the kernel's watchdog saw, over "
			 "the hours that its samples ran: warm-ups and instrumented samples too. Each rate has its exact "
			 "95 % interval, and policies are compared two by two, by the exact conditional test.\n\n"
			 "RUN is an id, a tag or 'latest' (the default); several are counted together. 'make endurance "
			 "HOURS=8' takes a run that is long enough to show something." },
	.most = -1,
	.exits = "0 shown\n2 usage, or runs of several builds of a policy\n",
	.examples = "scxbench endurance\nscxbench endurance MONDAY TUESDAY\tboth together\n",
	.run = call_endurance,
};
