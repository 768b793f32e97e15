/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "judge/fleet_cells.h"
#include "util/fs.h"
#include "util/mem.h"

static int import_runs(struct store *s, char **files)
{
	int err = 0;

	for (; *files && !err; files++) {
		unsigned taken;

		err = store_import(s, *files, &taken);
		if (!err)
			printf("%s: %u %s taken\n", *files, taken, taken == 1 ? "run" : "runs");
	}
	return err;
}

/* A slip in the name of the first file must not leave an empty store behind. */
static int open_store(const char *results, const char *file, struct store **store)
{
	char *path = mem_printf("%s/scxbench.db", results);
	int err = fs_exists(path) ? 0 : store_import_check(file);

	free(path);
	return err ? err : store_open_in(results, STORE_CREATE, store);
}

static int call_import(struct call *call)
{
	const char *results = NULL;
	struct store *store;
	int err;

	if (!options_parse(call, &results))
		return call->code;
	err = open_store(results, call->word[0], &store);
	if (err)
		return exit_code_of(err);
	err = import_runs(store, call->word);
	if (!err)
		err = fleet_keep(store);
	store_close(store);
	return exit_code_of(err);
}

const struct command cmd_import = {
	.name = "import",
	.summary = "add the runs of an exported file, for example from another machine",
	.argp = { .parser = options_pass_on,
		  .args_doc = "FILE...",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 }, { 0 } },
		  .doc = "Adds the runs of files that 'scxbench export' wrote to DIR/scxbench.db, each "
			 "file as a whole or not at all. Runs that are there already stay as they are, "
			 "so importing twice changes nothing. A different run with the same id is "
			 "refused.\n\n"
			 "Imported runs have no files in DIR/runs: keep FILE in case the database must "
			 "be made again." },
	.least = 1,
	.most = -1,
	.exits = "0 ok\n"
		 "2 usage, or another run has the same id\n"
		 "3 a file is damaged, or the store can't be written\n",
	.examples = "scxbench import all.scxb\nscxbench import --results fleet host1.scxb host2.scxb\n",
	.run = call_import,
};
