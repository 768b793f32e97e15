/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"
#include "store/store.h"
#include "util/log.h"

static const char help[] = "usage: scxbench store [--results DIR] RUN_DIR...\n\n"
			   "Takes the files of runs into DIR/scxbench.db; what is there already stays as it is.\n";

int cmd_store(int argc, char **argv)
{
	static const struct option options[] = { { "results", required_argument, NULL, 'r' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	const char *results = "results";
	struct store *store = NULL;
	char path[4200];
	int opt, err;

	while ((opt = getopt_long(argc, argv, "r:h", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		if (opt != 'r')
			return EXIT_CODE_USAGE;
		results = optarg;
	}
	if (optind == argc)
		return cli_usage(help, EXIT_CODE_USAGE);
	snprintf(path, sizeof(path), "%s/scxbench.db", results);
	err = store_open(path, true, &store);
	for (int i = optind; i < argc && !err; i++)
		err = store_take_run(store, argv[i]);
	store_close(store);
	return cli_exit_code(err);
}
