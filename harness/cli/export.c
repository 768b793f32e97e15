/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "cli/command.h"
#include "store/store.h"
#include "util/mem.h"

/* Ids of the named runs, as a NULL-terminated list. */
static int find_all(struct store *s, char **names, char **ids)
{
	int err = 0;

	for (; *names && !err; names++, ids++)
		err = store_find(s, *names, NULL, ids);
	return err;
}

static int export_runs(struct store *s, const char *file, char **names, int nr)
{
	char **ids = mem_zalloc((size_t)nr + 1, sizeof(*ids));
	int err = find_all(s, names, ids);

	if (!err)
		err = store_export(s, file, ids);
	for (int i = 0; i < nr; i++)
		free(ids[i]);
	free(ids);
	return err;
}

static int call_export(struct call *call)
{
	const char *results = NULL;
	struct store *store;
	int err;

	if (!options_parse(call, &results))
		return call->code;
	err = store_open_in(results, STORE_READ, &store);
	if (err)
		return exit_code_of(err);
	err = export_runs(store, call->word[0], call->word + 1, call->nr_words - 1);
	store_close(store);
	return exit_code_of(err);
}

const struct command cmd_export = {
	.name = "export",
	.summary = "write runs into one file",
	.argp = { .parser = options_pass_on,
		  .args_doc = "FILE [RUN...]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 }, { 0 } },
		  .doc = "Writes runs of DIR/scxbench.db (default: all) into one new FILE, which "
			 "'scxbench import' takes on another machine. RUN is an id, a tag or 'latest'. "
			 "Logs are left out. FILE is an SQLite database, like the store itself." },
	.least = 1,
	.most = -1,
	.exits = "0 ok\n2 usage, FILE exists, or the run does not exist\n3 the store can't be read\n",
	.examples = "scxbench export all.scxb\nscxbench export nights.scxb last-good latest\n",
	.run = call_export,
};
