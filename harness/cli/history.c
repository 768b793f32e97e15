/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "cli/outputs.h"
#include "export/history_files.h"
#include "report/history_page.h"
#include "report/pages.h"
#include "report/terminal.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"

enum {
	OPT_HOST = 256,
	OPT_POLICY,
	OPT_WORKLOAD,
	OPT_METRIC,
	OPT_ALL,
	OPT_SINCE, /* up to here they choose series */
	OPT_CSV,
	OPT_METRICS,
	OPT_OTAVA,
};

static const struct argp_option rows[] = {
	{ NULL, 0, NULL, 0, "Which series, as the table names them:", 1 },
	{ "host", OPT_HOST, "ID", 0, "only this machine", 1 },
	{ "policy", OPT_POLICY, "POLICY", 0, "only this policy", 1 },
	{ "workload", OPT_WORKLOAD, "WORKLOAD", 0, "only this workload", 1 },
	{ "metric", OPT_METRIC, "NAME", 0, "this metric (default: the primary one of each workload)", 1 },
	{ "all", OPT_ALL, NULL, 0, "every metric", 1 },
	{ "since", OPT_SINCE, "DAY", 0,
	  "only runs from that day on, YYYY-MM-DD in UTC; only these are searched for changes", 1 },
	{ NULL, 0, NULL, 0, "What is written, each file as a whole:", 2 },
	{ "csv", OPT_CSV, "FILE", 0, "one line per night of each series", 2 },
	{ "openmetrics", OPT_METRICS, "FILE", 0,
	  "the latest night, for node_exporter's textfile collector (a name in .prom)", 2 },
	{ "otava", OPT_OTAVA, "FILE", 0,
	  "for Apache Otava: one line per run, one column per series, of "
	  "one machine",
	  2 },
	{ 0 },
};

struct wish {
	const char *results;
	struct store_filter filter;
	bool all;    /* metrics */
	bool chosen; /* not everything that the page shows */
	bool json;
	const char *csv, *openmetrics, *otava; /* files, or NULL */
};

/* timegm() takes the 31st of February for the 3rd of March. */
static bool is_day(const char *text, struct tm *tm)
{
	const char *end = strptime(text, "%Y-%m-%d", tm);
	int day = tm->tm_mday;

	if (!end || *end || strlen(text) != strlen("2026-11-22"))
		return false;
	timegm(tm);
	return tm->tm_mday == day;
}

/* The years are those whose nanoseconds have room. */
static int parse_day(const char *text, int64_t *ns)
{
	struct tm tm = { 0 };

	if (!is_day(text, &tm) || tm.tm_year < 70 || tm.tm_year > 300)
		return log_err(-CAUSE_USAGE, "--since %s: give a day, as in 2026-11-22, from 1970 to 2200",
			       text);
	*ns = (int64_t)timegm(&tm) * 1000000000;
	return 0;
}

static error_t history_take(int key, char *arg, struct argp_state *state)
{
	struct wish *w = state->input;
	const char **texts[] = { &w->filter.host, &w->filter.policy, &w->filter.workload, &w->filter.metric };

	w->chosen |= key >= OPT_HOST && key <= OPT_SINCE;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &w->results;
		return state->child_inputs[1] = &w->json, 0;
	case OPT_HOST ... OPT_METRIC:
		return *texts[key - OPT_HOST] = arg, 0;
	case OPT_ALL:
		return w->all = true, 0;
	case OPT_SINCE:
		return parse_day(arg, &w->filter.since_ns);
	case OPT_CSV:
		return w->csv = arg, 0;
	case OPT_METRICS:
		return w->openmetrics = arg, 0;
	case OPT_OTAVA:
		return w->otava = arg, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int write_otava(const char *path, const struct history *h)
{
	size_t left_out;
	char *text;
	int err;

	for (size_t i = 1; i < h->nr; i++)
		if (strcmp(history_host(&h->series[i]), history_host(&h->series[0])))
			return log_err(
				-CAUSE_USAGE,
				"--otava: the runs are of several machines: choose one with --host, e.g. "
				"--host %s",
				history_host(&h->series[0]));
	text = history_otava(h, &left_out);
	err = output_put(path, text);
	if (!err && left_out)
		log_warn("%zu of %zu runs are not in %s: they lack a value of some series, and Otava "
			 "takes no empty cell; choose fewer series (--policy, --workload) to keep more "
			 "runs",
			 left_out, h->nr_runs, path);
	return err;
}

static int write_files(const struct wish *w, const struct history *h)
{
	int err = 0;

	if (w->csv)
		err = output_put(w->csv, history_csv(h));
	if (!err && w->openmetrics)
		err = output_put(w->openmetrics, history_openmetrics(h));
	if (!err && w->otava)
		err = write_otava(w->otava, h);
	return err;
}

/* Where the page went, NULL for no page; the caller's to free. */
static int write_page(const struct wish *w, const struct history *h, char **page)
{
	const struct pages p = { .results = w->results };
	char *dir = pages_dir(&p);
	int err = 0;

	*page = NULL;
	if (pages_wanted(&p)) {
		err = history_page(home_dir(), h, dir);
		*page = mem_printf("%s/history.html", dir);
	}
	free(dir);
	return err;
}

static int history_show(const struct wish *w, const struct history *h)
{
	char *text, *page = NULL;
	int err = 0;

	if (!h->nr)
		return log_err(-CAUSE_NOT_FOUND,
			       "no stored run has such a series: 'scxbench report --list' names the runs, "
			       "'scxbench history' their series");
	if (w->csv || w->openmetrics || w->otava)
		err = write_files(w, h);
	if (!w->json && (w->csv || w->openmetrics || w->otava))
		return err;
	if (!err && !w->json && !w->chosen)
		err = write_page(w, h, &page);
	text = err ? NULL : w->json ? history_json(h) : history_text(h, grid_terminal());
	if (text)
		puts(text);
	if (text && page)
		puts(page);
	free(text);
	free(page);
	return err;
}

static int open_and_show(const struct wish *w)
{
	struct store *store = NULL;
	struct history h = { 0 };
	const struct output outputs[] = { { "--csv", w->csv },
					  { "--openmetrics", w->openmetrics },
					  { "--otava", w->otava } };
	int err = outputs_check(outputs, 3);

	if (!err)
		err = store_open_in(w->results, STORE_READ, &store);
	if (!err)
		err = history_make(store, &w->filter, &h);
	if (!err)
		err = history_show(w, &h);
	history_free(&h);
	store_close(store);
	return exit_code_of(err);
}

static int call_history(struct call *call)
{
	struct wish w = { .filter = { .comparisons = true } };

	if (!options_parse(call, &w))
		return call->code;
	w.filter.primary_only = !w.all && !w.filter.metric;
	return open_and_show(&w);
}

const struct command cmd_history = {
	.name = "history",
	.summary = "show every policy over all runs, and where its level changed",
	.argp = { .options = rows,
		  .parser = history_take,
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Shows how every policy did over all stored runs, as ratios to the same "
			 "night's fair, where its level changed, and what differed between the runs "
			 "there. Without a choice of series it also writes DIR/report/history.html.\n\n"
			 "With --csv, --openmetrics or --otava it prints nothing." },
	.exits = "0 ok\n2 usage, or no run has such a series\n",
	.examples = "scxbench history\n"
		    "scxbench history --policy vtime --since 2026-09-01 --json\n"
		    "scxbench history --csv all.csv --otava otava.csv\n",
	.run = call_history,
};
