/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/store.h"
#include "store/store.h"
#include "util/mem.h"

static const char help[] =
	"usage: scxbench export [--results DIR] FILE [RUN...]\n\n"
	"Writes runs of DIR/scxbench.db (default: all) into one new FILE, which 'scxbench import' takes on another\n"
	"machine. RUN is an id, a tag or 'latest'. Logs stay behind.\n"
	"FILE is a SQLite database like the store itself.\n";

/* Ids of the runs that were named, as a NULL-terminated list. */
static int find_all(struct store *s, char **names, char **ids)
{
	int err = 0;

	for (; *names && !err; names++, ids++)
		err = store_find(s, *names, NULL, ids);
	return err;
}

static int export(struct store *s, const char *file, char **names, int nr)
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

int cmd_export(int argc, char **argv)
{
	struct store_args args;
	struct store *store;
	int err;

	if (!store_args(argc, argv, help, &args))
		return args.code;
	err = store_open_in(args.results, false, &store);
	if (err)
		return exit_code_of(err);
	err = export(store, args.rest[0], args.rest + 1, args.nr - 1);
	store_close(store);
	return exit_code_of(err);
}
