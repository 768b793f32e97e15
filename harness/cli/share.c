/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "judge/runs.h"
#include "report/share.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"

struct options {
	const char *results, *baseline, *output;
};

enum { OPT_BASELINE = 256 };

static const struct argp_option rows[] = {
	{ "output", 'o', "DIR", 0, "the folder (default: report/RUN/share in the results)", 0 },
	{ "baseline", OPT_BASELINE, "POLICY", 0,
	  "the policy that the others are compared with (default: the run's, or fair)", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		return state->child_inputs[0] = &o->results, 0;
	case 'o':
		return o->output = arg, 0;
	case OPT_BASELINE:
		return o->baseline = arg, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The named arms, and the baseline, which they are compared with. NULL: all. */
static int choose_arms(const struct compare *c, char *const *name, bool **chosen)
{
	int err = 0;

	*chosen = *name ? mem_zalloc(c->nr_policies, sizeof(**chosen)) : NULL;
	for (; *name && !err; name++) {
		err = runs_have_policy(&c->run->run, *name);
		if (!err)
			(*chosen)[compare_policy(c, *name)] = true;
	}
	if (*chosen && c->baseline >= 0)
		(*chosen)[c->baseline] = true;
	return err;
}

static int check_content(const struct summary *s)
{
	const char *id = s->c->run->run.id;

	if (!compare_taken(s->c))
		return log_err(-CAUSE_USAGE, "run %s has no sample yet, so there is nothing to share", id);
	if (s->c->baseline < 0)
		return log_err(-CAUSE_USAGE,
			       "run %s has no %s to compare with: --baseline names another of its policies",
			       id, compare_baseline_label(s->c));
	if (!summary_rows(s))
		return log_err(-CAUSE_USAGE,
			       "run %s has nothing to compare with %s, so there is nothing to share", id,
			       compare_baseline_label(s->c));
	return 0;
}

static int write_folder(const struct options *o, const struct summary *s)
{
	char *dir = o->output ? mem_strdup(o->output)
			      : mem_printf("%s/report/%s/share", o->results, s->c->run->run.id);
	int err = share_write(home_dir(), s, dir);

	if (!err)
		printf("%s\n", dir);
	free(dir);
	return err;
}

static int share_run(const struct options *o, const struct store_run *run, char *const *arms)
{
	struct compare c;
	struct summary s = { .c = &c };
	bool *chosen;
	int err;

	compare_make(run, &c);
	err = choose_arms(&c, arms, &chosen);
	s.chosen = chosen;
	if (!err)
		err = check_content(&s);
	if (!err)
		err = write_folder(o, &s);
	free(chosen);
	compare_free(&c);
	return err;
}

static int share_stored(const struct options *o, struct store *store, char *const *word)
{
	struct store_run run;
	int err = runs_load(store, word[0], NULL, &run);

	if (err)
		return err;
	err = runs_compare_with(&run.run, o->baseline);
	if (!err)
		err = share_run(o, &run, word + !!word[0]);
	store_run_free(&run);
	return err;
}

static int call_share(struct call *call)
{
	struct options o = { 0 };
	struct store *store;
	int err;

	if (!options_parse(call, &o))
		return call->code;
	err = store_open_in(o.results, STORE_READ, &store);
	if (err)
		return exit_code_of(err);
	err = share_stored(&o, store, call->word);
	store_close(store);
	return exit_code_of(err);
}

const struct command cmd_share = {
	.name = "share",
	.summary = "make a picture, a table and a text of a run that can be passed on",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "[RUN [POLICY...]]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 }, { 0 } },
		  .doc = "Makes a folder of a run in the store (RUN is an id, a tag or 'latest', the default), and "
			 "prints where it is: summary.png and summary.svg, all workloads and policies in one "
			 "picture; summary.md, a table for a forge; summary.txt, for a mail; and all of them in "
			 "scxbench-RUN.tar.gz. Each says by itself what was compared, on which machine, and how "
			 "sure that is; the numbers are those of the run's report.\n\n"
			 "With POLICY only these are shown, beside what they are compared with; their verdicts are "
			 "those of the whole run." },
	.most = -1,
	.exits = "0 ok; what is missing without gnuplot or tar is named\n"
		 "2 usage, the run or policy does not exist, or the run has nothing to compare\n"
		 "3 the store can't be read, or the folder can't be written\n",
	.examples = "scxbench share\nscxbench share before-6.19 vtime --output /tmp/vtime\n",
	.run = call_share,
};
