/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/store.h"
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/cli.h"
#include "store/store.h"
#include "util/log.h"
#include "util/parse.h"

static const char help[] =
	"usage: scxbench store [--results DIR] RUN_DIR...\n"
	"       scxbench store --list [--json]\n"
	"       scxbench store --tag NAME RUN\n"
	"       scxbench store --untag NAME RUN\n"
	"       scxbench store --remove RUN...\n"
	"       scxbench store --prune [--days N] [--bytes N[K|M|G|T]]\n\n"
	"Takes the files of runs into DIR/scxbench.db, where what is there already stays as it is; lists, names\n"
	"and removes runs. RUN is an id, a tag or 'latest'.\n\n"
	"A tag belongs to one run of a machine: given again, it moves. A run that has one is never removed.\n"
	"--prune removes runs that began more than N days ago, then the oldest until the rest takes no more than\n"
	"so many bytes (files of runs, and the database without its free pages). It keeps tagged runs and the\n"
	"latest of every machine. What was removed is printed.\n";

/* What it is to do; the values are getopt's. */
enum mode {
	MODE_TAKE = 't',
	MODE_LIST = 'l',
	MODE_TAG = 'T',
	MODE_UNTAG = 'U',
	MODE_REMOVE = 'R',
	MODE_PRUNE = 'P'
};

struct options {
	const char *results, *tag;
	enum mode mode;
	bool json;
	struct store_keep keep;
	char **args; /* NULL-terminated */
};

static int take(struct store *s, const struct options *o)
{
	int err = 0;

	for (char **dir = o->args; *dir && !err; dir++)
		err = store_take_run(s, *dir);
	return err;
}

static int tag(struct store *s, const struct options *o)
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

static int act(struct store *s, const struct options *o)
{
	switch (o->mode) {
	case MODE_LIST:
		return store_print_list(s, o->json);
	case MODE_TAG:
	case MODE_UNTAG:
		return tag(s, o);
	case MODE_REMOVE:
		return remove_runs(s, o);
	case MODE_PRUNE:
		return store_prune(s, &o->keep, print_removed, NULL);
	default:
		return take(s, o);
	}
}

static int days(struct options *o, const char *text)
{
	uint64_t n;
	int err = parse_amount("--days", text, false, &n);

	if (!err && n > 100000)
		err = log_err(-EINVAL, "--days %s: give no more than 100000", text);
	if (!err)
		o->keep.since_ns = ((int64_t)time(NULL) - (int64_t)n * 86400) * 1000000000;
	return err;
}

static int set_mode(struct options *o, enum mode mode)
{
	if (o->mode != MODE_TAKE)
		return log_err(-EINVAL, "one of --list, --tag, --untag, --remove and --prune at a time");
	o->mode = mode;
	return 0;
}

static int option(struct options *o, int opt)
{
	switch (opt) {
	case 'r':
		o->results = optarg;
		return 0;
	case 'j':
		o->json = true;
		return 0;
	case 'd':
		return days(o, optarg);
	case 'b':
		return parse_amount("--bytes", optarg, true, &o->keep.bytes);
	case MODE_TAG:
	case MODE_UNTAG:
		o->tag = optarg;
		return set_mode(o, opt);
	case MODE_LIST:
	case MODE_REMOVE:
	case MODE_PRUNE:
		return set_mode(o, opt);
	default:
		return -EINVAL;
	}
}

static int check(const struct options *o, int nr_args)
{
	bool limits = o->keep.since_ns || o->keep.bytes,
	     takes_none = o->mode == MODE_LIST || o->mode == MODE_PRUNE;
	bool takes_one = o->mode == MODE_TAG || o->mode == MODE_UNTAG;

	if (takes_none ? nr_args : takes_one ? nr_args != 1 : !nr_args)
		return cli_usage(help, EXIT_CODE_USAGE);
	if (limits != (o->mode == MODE_PRUNE))
		return log_err(-EINVAL, "--prune needs --days or --bytes, or both; nothing else takes them");
	return o->json && o->mode != MODE_LIST ? log_err(-EINVAL, "--json goes with --list") : 0;
}

int cmd_store(int argc, char **argv)
{
	static const struct option options[] = { { "results", required_argument, NULL, 'r' },
						 { "list", no_argument, NULL, MODE_LIST },
						 { "json", no_argument, NULL, 'j' },
						 { "tag", required_argument, NULL, MODE_TAG },
						 { "untag", required_argument, NULL, MODE_UNTAG },
						 { "remove", no_argument, NULL, MODE_REMOVE },
						 { "prune", no_argument, NULL, MODE_PRUNE },
						 { "days", required_argument, NULL, 'd' },
						 { "bytes", required_argument, NULL, 'b' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	struct options o = { .results = "results", .mode = MODE_TAKE };
	struct store *store;
	int opt, err;

	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		if (option(&o, opt))
			return EXIT_CODE_USAGE;
	}
	o.args = argv + optind;
	if (check(&o, argc - optind))
		return EXIT_CODE_USAGE;
	err = store_open_in(o.results, o.mode == MODE_TAKE, &store);
	if (err)
		return exit_code_of(err);
	err = act(store, &o);
	store_close(store);
	return exit_code_of(err);
}
