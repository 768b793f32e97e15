/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every policy under the storm: does each ledger balance to the last task? */
#include "cli/custody.h"
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/role.h"
#include "run/bench.h"
#include "cli/cli.h"
#include "judge/ledgers.h"
#include "report/report.h"
#include "store/store.h"
#include "util/log.h"

#define DURATION_S "15"

static const char help[] =
	"usage: scxbench custody [OPTIONS]\n"
	"       scxbench custody --show [--json] [--results DIR] [RUN...]\n\n"
	"Runs every policy under the storm, a workload that changes and moves tasks while they are queued, and\n"
	"prints each custody ledger: entries, exits by cause, still inside, violations, time in custody. Exit code 1\n"
	"when a ledger does not balance on a kernel that tells of every exit, or a violation was seen.\n\n"
	"  -d, --duration S       seconds of storm under each policy (default: " DURATION_S ")\n"
	"  -s, --policy POLICY    as in bench, of those that keep a ledger; repeatable (default: all of this repo)\n"
	"  -w, --workload NAME    instead of storm\n"
	"      --seed N           of the order and of the storm\n"
	"  -n, --dry-run          print the plan and how long it takes\n"
	"      --json             print JSON\n"
	"      --show             take no run: print those named side by side, or the latest of each kernel\n"
	"      --results DIR      where results go (default: results)\n"
	"      --run-id ID        name of the run (default: date, time and a random number)\n"
	"      --files-only       leave the run as files; 'scxbench store' takes them in later\n"
	"      --where TEXT       how the report calls this place (default: native)\n\n"
	"STORM_RATE, STORM_MIX and STORM_HOTPLUG in the environment are the storm's own: see workloads/README.md.\n";

enum { OPT_SHOW = OPT_OWN, OPT_JSON };

static const struct option options[] = {
	{ "duration", required_argument, NULL, 'd' },
	{ "policy", required_argument, NULL, 's' },
	{ "workload", required_argument, NULL, 'w' },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "show", no_argument, NULL, OPT_SHOW },
	{ "results", required_argument, NULL, OPT_RESULTS },
	{ "run-id", required_argument, NULL, OPT_RUN_ID },
	{ "files-only", no_argument, NULL, OPT_FILES_ONLY },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static bool want_show, want_json;

/* The storm reads it from its environment, also when it tells how long it takes. */
static int duration(const char *text)
{
	uint64_t s;

	if (parse_number("--duration", text, 86400, &s))
		return -EINVAL;
	if (!s)
		return log_err(-EINVAL, "--duration 0: give it a second at least");
	setenv("STORM_SECONDS", text, 1);
	return 0;
}

static int take_option(struct bench_options *o, int opt, const char *arg)
{
	switch (opt) {
	case 'd':
		return duration(arg);
	case OPT_SHOW:
		return want_show = true, 0;
	case OPT_JSON:
		return want_json = true, 0;
	default:
		return bench_option(o, opt, arg);
	}
}

/* In the lab the program is not called by hand: there it is make that repeats a run. */
static char *command(const struct bench *b)
{
	static const char *const own[] = { "STORM_RATE", "STORM_MIX", "STORM_HOTPLUG", NULL };
	bool lab = !strcmp(b->opt.where, "lab");
	char *text;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	for (int i = 0; own[i]; i++)
		if (getenv(own[i]))
			fprintf(f, "%s=%s ", own[i], getenv(own[i]));
	fprintf(f,
		lab ? "make custody WHERE=lab DURATION=%s SEED=%llu SCHEDULERS=\""
		    : "scxbench custody --duration %s --seed %llu",
		getenv("STORM_SECONDS"), (unsigned long long)b->run.seed);
	for (unsigned i = 0; i < b->nr_policies; i++)
		fprintf(f, lab ? "%s%s" : "%s -s '%s'", lab && i ? " " : "", b->policy[i].text);
	fprintf(f, lab ? "\" WORKLOADS=%s" : " -w %s", b->workload[0]->name);
	fclose(f);
	return text;
}

static int check(const struct bench *b)
{
	for (unsigned i = 0; i < b->nr_policies; i++) {
		if (b->policy[i].kind == POLICY_FAIR)
			return log_err(-EINVAL, "fair takes no task into custody: leave it out");
		if (policy_is_foreign(&b->policy[i]))
			return log_err(-EINVAL, "policy %s keeps no custody ledger: see schedulers/README.md",
				       b->policy[i].text);
	}
	return b->nr_workloads == 1 ? 0 : log_err(-EINVAL, "custody runs one workload: give -w once");
}

static int show_pages(const char *home, struct store *store, const struct custody_show *what)
{
	bool made;
	int err = custody_show(store, what), failed;

	if (err && err != -ENODATA)
		return err;
	failed = custody_page(home, what->results, store, &made);
	if (!failed && made && !what->json)
		printf("\n%s/report/custody.html\n", what->results);
	return failed ? failed : err;
}

static int show(const struct bench *b, struct store *store)
{
	char *const id[] = { b->run.id, NULL };
	struct custody_show what = { b->opt.results, id, want_json };
	int err = show_pages(b->home, store, &what);

	return err == -ENODATA ? 0 : err;
}

static int show_stored(const struct bench_options *o, char *const *id)
{
	struct custody_show what = { o->results, id, want_json };
	struct store *store = NULL;
	int err = store_open_in(o->results, false, &store);

	if (!err)
		err = show_pages(home_dir(), store, &what);
	store_close(store);
	return exit_code_of(err);
}

static const struct plan_kind plan = { .name = RUN_CUSTODY_PLAN, .blocks = 1 };
static const struct purpose custody = {
	.plan = &plan,
	.command = command,
	.check = check,
	.failed = ledgers_fail_sample,
	.show = show,
};

int cmd_custody(int argc, char **argv)
{
	static struct bench b = { .verb = "custody", .purpose = &custody };
	int opt;

	b.opt = (struct bench_options){ .results = "results", .where = "native", .no_instrumented = true };
	setenv("STORM_SECONDS", DURATION_S, 0);
	while ((opt = getopt_long(argc, argv, "d:s:w:nh", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		if (opt == '?' || take_option(&b.opt, opt, optarg))
			return EXIT_CODE_USAGE;
	}
	if (want_show)
		return show_stored(&b.opt, argv + optind);
	if (optind < argc) {
		log_err(-EINVAL, "'%s' is no option of custody: see 'scxbench custody --help'", argv[optind]);
		return EXIT_CODE_USAGE;
	}
	if (!b.opt.workload[0])
		b.opt.workload[0] = "storm";
	return session_main(&b);
}
