/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/store.h"
#include "store/store.h"

static const char help[] =
	"usage: scxbench import [--results DIR] FILE...\n\n"
	"Takes the runs of files that 'scxbench export' wrote into DIR/scxbench.db, each file whole or not at all.\n"
	"What is there already stays as it is, so importing twice changes nothing; another run of the same id is\n"
	"refused. Imported runs have no files in DIR/runs: keep FILE if you may have to make the database again.\n";

static int import(struct store *s, char **files)
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

int cmd_import(int argc, char **argv)
{
	struct store_args args;
	struct store *store;
	int err;

	if (!store_args(argc, argv, help, &args))
		return args.code;
	err = store_open_in(args.results, true, &store);
	if (err)
		return exit_code_of(err);
	err = import(store, args.rest);
	store_close(store);
	return exit_code_of(err);
}
