/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/command.h"
#include "store/store.h"
#include "util/log.h"
#include "util/parse.h"

/* The action; its values are the options' keys. */
enum mode { MODE_TAKE = 256, MODE_LIST, MODE_TAG, MODE_UNTAG, MODE_REMOVE, MODE_PRUNE, OPT_DAYS, OPT_BYTES };

static const struct argp_option rows[] = {
	{ "list", MODE_LIST, NULL, 0, "list all runs, the newest first", 0 },
	{ "tag", MODE_TAG, "NAME", 0, "tag RUN; if another run of the machine has the tag, it moves", 0 },
	{ "untag", MODE_UNTAG, "NAME", 0, "remove the tag from RUN", 0 },
	{ "remove", MODE_REMOVE, NULL, 0, "remove runs that have no tag, with their files", 0 },
	{ "prune", MODE_PRUNE, NULL, 0, "remove runs that --days and --bytes do not keep, and print them",
	  0 },
	{ "days", OPT_DAYS, "N", 0, "with --prune: keep runs that began at most N days ago", 0 },
	{ "bytes", OPT_BYTES, "N[K|M|G|T]", 0,
	  "with --prune: then remove the oldest until the rest takes at most N (files of runs, and the "
	  "database without its free pages)",
	  0 },
	{ 0 },
};

struct options {
	const char *results, *tag;
	enum mode mode;
	bool json;
	struct store_keep keep;
	char **args; /* NULL-terminated */
};

static int take_runs(struct store *s, const struct options *o)
{
	int err = 0;

	for (char **dir = o->args; *dir && !err; dir++)
		err = cause_if_named(store_take_run(s, *dir));
	return err;
}

static int tag_store(struct store *s, const struct options *o)
{
	char *id;
	int err = store_find(s, o->args[0], NULL, &id);

	if (err)
		return err;
	err = o->mode == MODE_TAG ? store_tag(s, id, o->tag) : store_untag(s, id, o->tag);
	free(id);
	return err;
}

static void print_removed(void *ctx, const char *id)
{
	(void)ctx;
	printf("%s\n", id);
}

static int remove_runs(struct store *s, const struct options *o)
{
	int err = 0;

	for (char **name = o->args; *name && !err; name++) {
		char *id;

		err = store_find(s, *name, NULL, &id);
		if (err)
			break;
		err = store_remove(s, id);
		if (!err)
			print_removed(NULL, id);
		free(id);
	}
	return err;
}

static int store_act(struct store *s, const struct options *o)
{
	switch (o->mode) {
	case MODE_LIST:
		return store_print_list(s, o->json);
	case MODE_TAG:
	case MODE_UNTAG:
		return tag_store(s, o);
	case MODE_REMOVE:
		return remove_runs(s, o);
	case MODE_PRUNE:
		return store_prune(s, &o->keep, print_removed, NULL);
	default:
		return take_runs(s, o);
	}
}

static int days(struct options *o, const char *text)
{
	uint64_t n;
	int err = parse_count("--days", text, (struct counts){ 1, 100000 }, &n);

	if (!err)
		o->keep.since_ns = ((int64_t)time(NULL) - (int64_t)n * 86400) * 1000000000;
	return err;
}

static int set_mode(struct options *o, enum mode mode)
{
	if (o->mode != MODE_TAKE)
		return log_err(-CAUSE_USAGE, "one of --list, --tag, --untag, --remove and --prune at a time");
	o->mode = mode;
	return 0;
}

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->results;
		return state->child_inputs[1] = &o->json, 0;
	case OPT_DAYS:
		return days(o, arg);
	case OPT_BYTES:
		return parse_bytes("--bytes", arg, &o->keep.bytes);
	case MODE_TAG:
	case MODE_UNTAG:
		o->tag = arg;
		return set_mode(o, key);
	case MODE_LIST:
	case MODE_REMOVE:
	case MODE_PRUNE:
		return set_mode(o, key);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int check_words(const struct call *call, enum mode mode)
{
	bool takes_none = mode == MODE_LIST || mode == MODE_PRUNE,
	     takes_one = mode == MODE_TAG || mode == MODE_UNTAG;
	int most = takes_none ? 0 : takes_one ? 1 : call->nr_words;

	if (call->nr_words > most)
		return options_wrong(call->command, "unexpected word '%s'", call->word[most]);
	if (!takes_none && !call->nr_words)
		return options_wrong(call->command, "give %s", mode == MODE_TAKE ? "RUN_DIR" : "RUN");
	return 0;
}

static int store_check(const struct options *o)
{
	bool limits = o->keep.since_ns || o->keep.bytes;

	if (limits != (o->mode == MODE_PRUNE))
		return log_err(-CAUSE_USAGE,
			       "--prune needs --days or --bytes, or both; nothing else takes them");
	return o->json && o->mode != MODE_LIST ? log_err(-CAUSE_USAGE, "--json goes with --list") : 0;
}

static int store_command(struct call *call)
{
	struct options o = { .results = RESULTS_DEFAULT, .mode = MODE_TAKE };
	struct store *s;
	int err;

	if (!options_parse(call, &o))
		return call->code;
	o.args = call->word;
	if (check_words(call, o.mode) || store_check(&o))
		return EXIT_CODE_USAGE;
	err = store_open_in(o.results, o.mode == MODE_TAKE, &s);
	if (err)
		return exit_code_of(err);
	err = store_act(s, &o);
	store_close(s);
	return exit_code_of(err);
}

const struct command cmd_store = {
	.name = "store",
	.summary = "add, list, tag and remove runs",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc =
			  "RUN_DIR...\n--list\n--tag NAME RUN\n--untag NAME RUN\n--remove RUN...\n--prune",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Adds the files of runs to DIR/scxbench.db, where existing runs stay as they "
			 "are. Lists, tags and removes runs. RUN is an id, a tag or 'latest'.\n\n"
			 "A tag belongs to one run of a machine. A run that has one is never removed. "
			 "--prune also keeps the latest run of every machine." },
	.most = -1,
	.exits = "0 ok\n"
		 "2 usage, or the run does not exist\n"
		 "3 the store is held by another process, or can't be read\n",
	.examples = "scxbench store results/runs/20261122-020000-1f3a\n"
		    "scxbench store --tag good latest\n"
		    "scxbench store --prune --days 365 --bytes 20G\n",
	.run = store_command,
};
