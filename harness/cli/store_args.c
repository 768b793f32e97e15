/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <getopt.h>
#include <stddef.h>

#include "cli/cli.h"
#include "cli/store.h"

bool store_args(int argc, char **argv, const char *help, struct store_args *args)
{
	static const struct option options[] = { { "results", required_argument, NULL, 'r' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	int opt;

	*args = (struct store_args){ .results = "results", .code = EXIT_CODE_USAGE };
	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (opt == 'h')
			args->code = cli_usage(help, EXIT_CODE_OK);
		if (opt != 'r')
			return false;
		args->results = optarg;
	}
	args->rest = argv + optind;
	args->nr = argc - optind;
	if (!args->nr)
		cli_usage(help, EXIT_CODE_USAGE);
	return args->nr;
}
