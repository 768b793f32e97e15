/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is a run, at worst, within a threshold of its baseline? */
#include "cli/regress.h"
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "cli/cli.h"
#include "judge/regress.h"
#include "util/log.h"
#include "util/mem.h"

static const char help[] =
	"usage: scxbench regress [OPTIONS] [RUN]\n\n"
	"The gate: judges a run (its id, a tag; default: the latest) against a baseline, policy by policy, each\n"
	"as its ratio to the fair of its own run, so a machine that got slower accuses nobody. It passes only if\n"
	"every primary metric of the baseline is shown to be no more than the threshold worse.\n\n"
	"  -b, --baseline NAME     a run or a tag (default: " REGRESS_LAST_GOOD ", of the run's machine)\n"
	"      --nights N          the last N runs before it, of the same machine, plan and work: what varies from\n"
	"                          night to night is then in the intervals\n"
	"  -t, --threshold SHARE   5% for all, WORKLOAD=3% for one, WORKLOAD:METRIC=10% gates that metric too;\n"
	"                          repeatable (default: 5%)\n"
	"      --margin SHARE      of equivalence, for the verdict beside; in the same form (default: the run's)\n"
	"      --junit FILE        JUnit XML as well\n"
	"      --json              JSON instead of the page\n"
	"      --bless             after a pass, tag the run " REGRESS_LAST_GOOD "\n"
	"      --results DIR       where the store is (default: results)\n\n"
	"Exit: 0 pass; 1 a regression, a missing metric, a failed or ejected sample; 2 usage, or not comparable;\n"
	"4 inconclusive: too few blocks (it says how many), no baseline yet, or the run has not ended\n";

enum { OPT_NIGHTS = 256, OPT_MARGIN, OPT_JUNIT, OPT_JSON, OPT_BLESS, OPT_WHERE_RESULTS };
static const struct option options[] = {
	{ "baseline", required_argument, NULL, 'b' },
	{ "nights", required_argument, NULL, OPT_NIGHTS },
	{ "threshold", required_argument, NULL, 't' },
	{ "margin", required_argument, NULL, OPT_MARGIN },
	{ "junit", required_argument, NULL, OPT_JUNIT },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "bless", no_argument, NULL, OPT_BLESS },
	{ "results", required_argument, NULL, OPT_WHERE_RESULTS },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static int take_nights(struct regress_options *o, const char *text)
{
	uint64_t n;

	if (parse_number("--nights", text, 1000, &n))
		return -EINVAL;
	if (n < 2)
		return log_err(-EINVAL,
			       "--nights %s: how far nights lie apart takes 2 at least; for one: --baseline",
			       text);
	o->nights = (unsigned)n;
	return 0;
}

static int take_option(struct regress_options *o, int opt, const char *arg)
{
	switch (opt) {
	case 'b':
		return o->baseline = arg, 0;
	case OPT_NIGHTS:
		return take_nights(o, arg);
	case 't':
		return limits_parse("--threshold", arg, &o->threshold);
	case OPT_MARGIN:
		return limits_parse("--margin", arg, &o->margin);
	case OPT_JUNIT:
		return o->junit = arg, 0;
	case OPT_JSON:
		return o->json = true, 0;
	case OPT_BLESS:
		return o->bless = true, 0;
	default:
		return -EINVAL;
	}
}

int cmd_regress(int argc, char **argv)
{
	struct regress_options o = { 0 };
	const char *results = "results";
	struct store *store = NULL;
	int opt, err = 0, code;

	while (!err && (opt = getopt_long(argc, argv, "b:t:h", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		if (opt == OPT_WHERE_RESULTS)
			results = optarg;
		else
			err = take_option(&o, opt, optarg);
	}
	if (!err && argc - optind > 1)
		err = log_err(-EINVAL, "regress judges one run: see 'scxbench regress --help'");
	if (!err && o.baseline && o.nights)
		err = log_err(-EINVAL, "--baseline and --nights: choose one");
	if (!err)
		err = store_open_in(results, false, &store);
	o.run = argv[optind];
	code = err ? exit_code_of(err) : regress_run(store, &o);
	store_close(store);
	limits_free(&o.threshold);
	limits_free(&o.margin);
	return code;
}
