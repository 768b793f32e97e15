/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "report/report.h"
#include "util/log.h"

static const char help[] = "usage: scxbench report [--results DIR] [--list] [RUN]\n\n"
			   "Makes DIR/report/index.html of a run in the store (default: the latest) and prints\n"
			   "its comparison. --list names the runs.\n";

int cli_report(const char *home, const char *results, struct store *store, const char *id)
{
	struct store_run run;
	char *text = NULL, out[4200];
	int err = store_load(store, id, &run);

	if (err)
		return err;
	snprintf(out, sizeof(out), "%s/report", results);
	err = report_write(home, &run, out);
	if (!err)
		err = report_text(&run, &text);
	if (!err)
		printf("%s\n%s/index.html\n", text, out);
	free(text);
	store_run_free(&run);
	return err;
}

static int list(struct store *store)
{
	struct store_line *line;
	size_t nr;
	int err = store_list(store, &line, &nr);

	if (err)
		return err;
	for (size_t i = 0; i < nr; i++)
		printf("%-24s  %-8s %-7s %5u samples, %u not ok  %s\n", line[i].id, line[i].plan, line[i].where,
		       line[i].samples, line[i].not_ok, line[i].kernel ? line[i].kernel : "");
	store_list_free(line, nr);
	return 0;
}

int cmd_report(int argc, char **argv)
{
	static const struct option options[] = { { "results", required_argument, NULL, 'r' },
						 { "list", no_argument, NULL, 'l' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	const char *results = "results";
	bool want_list = false;
	struct store *store = NULL;
	char path[4200];
	int opt, err;

	while ((opt = getopt_long(argc, argv, "r:lh", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		if (opt == '?')
			return EXIT_CODE_USAGE;
		if (opt == 'r')
			results = optarg;
		want_list |= opt == 'l';
	}
	if (argc - optind > 1)
		return cli_usage(help, EXIT_CODE_USAGE);
	snprintf(path, sizeof(path), "%s/scxbench.db", results);
	err = store_open(path, false, &store);
	if (err)
		return cli_exit_code(err);
	err = want_list ? list(store) : cli_report(cli_home(), results, store, argv[optind]);
	store_close(store);
	return cli_exit_code(err);
}
