/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/custody.h"
#include "export/history_files.h"
#include "report/history_page.h"
#include "report/terminal.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

static const char help[] =
	"usage: scxbench history [OPTIONS]\n\n"
	"How every policy fared over all stored runs, as ratios to the same night's fair: where its level changed,\n"
	"and what differed between the runs there. Without a choice of series it also writes\n"
	"DIR/report/history.html.\n\n"
	"  --host ID --policy NAME --workload NAME   only these; as the table names them\n"
	"  --metric NAME        this metric; default: the primary one of each workload\n"
	"  --all                every metric\n"
	"  --since YYYY-MM-DD   only runs from that day on (UTC); changes are looked for in these alone\n"
	"  --json               for programs, keys in results/README.md\n"
	"  --csv FILE           a line a night of each series\n"
	"  --openmetrics FILE   the latest night, for node_exporter's textfile collector (a name in .prom)\n"
	"  --otava FILE         for Apache Otava: a line a run, a column a series, of one machine\n"
	"  --results DIR        where the store is; default: results\n\n"
	"Files are replaced as a whole. With --csv, --openmetrics or --otava nothing is printed.\n";

enum {
	OPT_HOST = 256,
	OPT_POLICY,
	OPT_WORKLOAD,
	OPT_METRIC,
	OPT_ALL,
	OPT_SINCE, /* choose series */
	OPT_JSON,
	OPT_CSV,
	OPT_METRICS,
	OPT_OTAVA, /* say where to */
};

struct wish {
	const char *results;
	struct store_filter filter;
	bool chosen; /* not all that the page is to show */
	bool json;
	const char *csv, *openmetrics, *otava; /* files, or NULL */
};

static int parse_day(const char *text, int64_t *ns)
{
	struct tm tm = { 0 };
	const char *end = strptime(text, "%Y-%m-%d", &tm);

	if (!end || *end)
		return log_err(-EINVAL, "--since %s: a day is wanted, as in 2026-11-22", text);
	*ns = (int64_t)timegm(&tm) * 1000000000;
	return 0;
}

static int take_option(struct wish *w, int opt)
{
	const char **texts[] = { &w->filter.host, &w->filter.policy, &w->filter.workload, &w->filter.metric };

	w->chosen |= opt >= OPT_HOST && opt <= OPT_SINCE;
	switch (opt) {
	case OPT_HOST ... OPT_METRIC:
		*texts[opt - OPT_HOST] = optarg;
		return 0;
	case OPT_SINCE:
		return parse_day(optarg, &w->filter.since_ns);
	case OPT_JSON:
		w->json = true;
		return 0;
	case OPT_CSV:
		w->csv = optarg;
		return 0;
	case OPT_METRICS:
		w->openmetrics = optarg;
		return 0;
	case OPT_OTAVA:
		w->otava = optarg;
		return 0;
	case OPT_ALL:
		return 0;
	case 'r':
		w->results = optarg;
		return 0;
	}
	return -EINVAL;
}

/* Takes the text over. A device or a pipe would be replaced by a file, so they are refused. */
static int write_file(const char *path, char *text)
{
	struct stat st;
	int err = -EINVAL;

	if (!stat(path, &st) && !S_ISREG(st.st_mode)) {
		log_err(err, "%s is no file that can be replaced: give the name of a file", path);
	} else {
		err = fs_write_durable(path, text, strlen(text));
		if (err)
			log_err(err, "can't write %s: %s", path, strerror(-err));
	}
	free(text);
	return err;
}

static int write_otava(const char *path, const struct history *h)
{
	size_t left_out;
	char *text;
	int err;

	for (size_t i = 1; i < h->nr; i++)
		if (strcmp(history_host(&h->series[i]), history_host(&h->series[0])))
			return log_err(
				-EINVAL,
				"--otava: the runs are of several machines: choose one with --host, e.g. "
				"--host %s",
				history_host(&h->series[0]));
	text = history_otava(h, &left_out);
	err = write_file(path, text);
	if (!err && left_out)
		log_warn(
			"%zu of %zu runs are not in %s: they lack a value of some series, and Otava takes no empty "
			"cell; fewer series (--policy, --workload) may hold more",
			left_out, h->nr_runs, path);
	return err;
}

static int write_files(const struct wish *w, const struct history *h)
{
	int err = 0;

	if (w->csv)
		err = write_file(w->csv, history_csv(h));
	if (!err && w->openmetrics)
		err = write_file(w->openmetrics, history_openmetrics(h));
	if (!err && w->otava)
		err = write_otava(w->otava, h);
	return err;
}

static int write_page(const char *home, const struct history *h, const char *results)
{
	char *out = mem_printf("%s/report", results);
	int err = history_page(home, h, out);

	free(out);
	return err;
}

static int show(const struct wish *w, const struct history *h)
{
	char *text;
	int err = 0;

	if (!h->nr)
		return log_err(-ENOENT,
			       "no stored run has such a series: 'scxbench report --list' names the runs, "
			       "'scxbench history' their series");
	if (w->csv || w->openmetrics || w->otava)
		err = write_files(w, h);
	if (!w->json && (w->csv || w->openmetrics || w->otava))
		return err;
	if (!err && !w->json && !w->chosen)
		err = write_page(home_dir(), h, w->results);
	if (err)
		return err;
	text = w->json ? history_json(h) : history_text(h);
	puts(text);
	free(text);
	if (!w->json && !w->chosen)
		printf("%s/report/history.html\n", w->results);
	return 0;
}

static int open_and_show(const struct wish *w)
{
	struct store *store = NULL;
	struct history h = { 0 };
	int err = store_open_in(w->results, false, &store);

	if (!err)
		err = history_make(store, &w->filter, &h);
	if (!err)
		err = show(w, &h);
	history_free(&h);
	store_close(store);
	return exit_code_of(err);
}

int cli_history_page(const char *home, const char *results, struct store *store)
{
	struct store_filter filter = { .primary_only = true, .comparisons = true };
	struct history h;
	bool several = false;
	int err = history_make(store, &filter, &h);

	for (size_t i = 0; i < h.nr; i++)
		several |= h.series[i].nr > 1;
	if (!err && several)
		err = write_page(home, &h, results);
	history_free(&h);
	return err;
}

int cmd_history(int argc, char **argv)
{
	static const struct option options[] = { { "host", required_argument, NULL, OPT_HOST },
						 { "policy", required_argument, NULL, OPT_POLICY },
						 { "workload", required_argument, NULL, OPT_WORKLOAD },
						 { "metric", required_argument, NULL, OPT_METRIC },
						 { "all", no_argument, NULL, OPT_ALL },
						 { "since", required_argument, NULL, OPT_SINCE },
						 { "json", no_argument, NULL, OPT_JSON },
						 { "csv", required_argument, NULL, OPT_CSV },
						 { "openmetrics", required_argument, NULL, OPT_METRICS },
						 { "otava", required_argument, NULL, OPT_OTAVA },
						 { "results", required_argument, NULL, 'r' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	struct wish w = { .results = "results", .filter = { .comparisons = true } };
	bool all = false;
	int opt;

	while ((opt = getopt_long(argc, argv, "r:h", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		all |= opt == OPT_ALL;
		if (take_option(&w, opt))
			return EXIT_CODE_USAGE;
	}
	if (optind < argc)
		return cli_usage(help, EXIT_CODE_USAGE);
	w.filter.primary_only = !all && !w.filter.metric;
	return open_and_show(&w);
}
