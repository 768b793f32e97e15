/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/command.h"
#include "judge/fleet_cells.h"
#include "record/json.h"
#include "text/grid.h"
#include "util/log.h"
#include "util/mem.h"
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
	{ "days", OPT_DAYS, "N", 0, "with --prune: keep runs of the last N days", 0 },
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

static char *text_or_dash(const char *s)
{
	return mem_strdup(s ? s : "-");
}

static void add_line(struct grid *g, const struct store_line *l)
{
	time_t at = (time_t)(l->started_ns / 1000000000);
	char **cell = grid_row(g, true, l->id), began[32];
	struct tm tm;

	strftime(began, sizeof(began), "%F %H:%M", localtime_r(&at, &tm));
	cell[1] = mem_strdup(began);
	cell[2] = text_or_dash(l->plan);
	cell[3] = text_or_dash(l->where);
	cell[4] = text_or_dash(l->host);
	cell[5] = mem_printf("%u of %u", l->samples, l->planned);
	cell[6] = mem_printf("%u", l->not_ok);
	cell[7] = text_or_dash(l->tags);
	cell[8] = text_or_dash(l->kernel);
}

static void print_table(const struct store_line *line, size_t nr)
{
	static const struct grid_column heads[] = {
		{ "run", GRID_TEXT, 0 },      { "began", GRID_TEXT, 0 },   { "plan", GRID_TEXT, 0 },
		{ "where", GRID_TEXT, 0 },    { "machine", GRID_TEXT, 0 }, { "samples", GRID_NUMBER, 0 },
		{ "not ok", GRID_NUMBER, 0 }, { "tags", GRID_PROSE, 0 },   { "kernel", GRID_TEXT, 0 }
	};
	struct grid g;

	grid_begin(&g, heads, sizeof(heads) / sizeof(*heads));
	for (size_t i = 0; i < nr; i++)
		add_line(&g, &line[i]);
	grid_print(&g);
	grid_free(&g);
}

static json_t *from_line(const struct store_line *l)
{
	return json_pack("{s:o,s:I,s:o,s:o,s:o,s:o,s:o,s:I,s:I,s:I}", "id", json_from_text(l->id),
			 "started_ns", (json_int_t)l->started_ns, "plan", json_from_text(l->plan), "where",
			 json_from_text(l->where), "host", json_from_text(l->host), "kernel",
			 json_from_text(l->kernel), "tags", json_from_text(l->tags), "planned",
			 (json_int_t)l->planned, "taken", (json_int_t)l->samples, "not_ok",
			 (json_int_t)l->not_ok);
}

static int print_json(const struct store_line *line, size_t nr)
{
	json_t *runs = json_array(), *root;
	int err;

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(runs, from_line(&line[i]));
	root = json_pack("{s:i,s:o}", "schema", 1, "runs", runs);
	err = json_dumpf(root, stdout, JSON_INDENT(1)) || putchar('\n') < 0 ? -EIO : 0;
	json_decref(root);
	return err;
}

static int list_runs(struct store *s, bool json)
{
	struct store_line *line;
	size_t nr;
	int err = store_list(s, NULL, &line, &nr);

	if (err)
		return err;
	if (json)
		err = print_json(line, nr);
	else
		print_table(line, nr);
	store_list_free(line, nr);
	return err;
}

static int take_runs(struct store *s, const struct options *o)
{
	int err = 0;

	for (char **dir = o->args; *dir && !err; dir++)
		err = cause_if_named(store_take_run(s, *dir));
	return err ? err : fleet_keep(s);
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
		return list_runs(s, o->json);
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

static int take_days(struct options *o, const char *text)
{
	uint64_t n;
	int err = parse_count("--days", text, (struct counts){ 1, 100000 }, &n);

	if (!err)
		store_keep_days(&o->keep, (double)n);
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
		return take_days(o, arg);
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
	bool limits = o->keep.age_ns || o->keep.bytes;

	if (limits != (o->mode == MODE_PRUNE))
		return log_err(-CAUSE_USAGE,
			       "--prune needs --days or --bytes, or both; nothing else takes them");
	return o->json && o->mode != MODE_LIST ? log_err(-CAUSE_USAGE, "--json goes with --list") : 0;
}

static enum store_access access_of(enum mode mode)
{
	return mode == MODE_TAKE ? STORE_CREATE : mode == MODE_LIST ? STORE_READ : STORE_WRITE;
}

static int call_store_command(struct call *call)
{
	struct options o = { .mode = MODE_TAKE };
	struct store *s;
	int err;

	if (!options_parse(call, &o))
		return call->code;
	o.args = call->word;
	if (check_words(call, o.mode) || store_check(&o))
		return EXIT_CODE_USAGE;
	err = store_open_in(o.results, access_of(o.mode), &s);
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
	.run = call_store_command,
};
