/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "cli/cli.h"
#include "util/log.h"

static const char help[] =
	"usage: scxbench bench [OPTIONS]\n"
	"       scxbench bench --resume RUN [--results DIR] [--files-only]\n\n"
	"Runs every workload under every policy in randomised blocks, proves each sample, stores all.\n\n"
	"  -s, --policy POLICY    fair, a policy of 'scxbench list', NAME:KNOB=VALUE,..., a path to a\n"
	"                         .bpf.o, or 'cmd:COMMAND'; repeatable (default: fair and all of this repo)\n"
	"  -w, --workload NAME    repeatable (default: those marked for it)\n"
	"  -p, --plan NAME        demo, decide or nightly (default: decide, under emulation demo)\n"
	"  -b, --blocks N         samples of each policy and workload, 1 to 1000\n"
	"      --precision P      take blocks until the 95 % interval of every policy's ratio to fair is at most\n"
	"                         P to either side, as in 1%; --blocks is then the most (default: 200)\n"
	"      --time-budget T    begin no block that would end later, as in 90s, 30m or 8h; it counts the time\n"
	"                         that samples take, also those before an interruption\n"
	"      --restarts K       deal the blocks out to K boots of the machine (in the lab, which can boot)\n"
	"      --aa, --no-aa      fair twice, which shows the noise of this machine, or not (default: as the\n"
	"                         plan says)\n"
	"      --no-warmup        leave out each workload's first sample of a boot, which is no data point\n"
	"      --no-instrumented  leave out the extra samples that cost-account each BPF op\n"
	"      --seed N           order of the samples; the same seed, the same order\n"
	"      --resume RUN       go on with a run that was interrupted, as it was planned, where it stopped\n"
	"  -n, --dry-run          print the plan and how long it takes\n"
	"      --results DIR      where results go (default: results)\n"
	"      --run-id ID        name of the run (default: date, time and a random number)\n"
	"      --files-only       leave the run as files; 'scxbench store' takes them in later\n"
	"      --host SETTINGS    governor=NAME,turbo=off,thp=never,irqbalance=off: as the machine shall be\n"
	"                         in the run; put back after it (default: as it is)\n"
	"      --where TEXT       how the report calls this place (default: native)\n";

enum { OPT_PRECISION = OPT_OWN, OPT_BUDGET, OPT_RESTARTS, OPT_AA, OPT_NO_AA, OPT_NO_WARMUP, OPT_RESUME };

static const struct option options[] = {
	{ "policy", required_argument, NULL, 's' },
	{ "workload", required_argument, NULL, 'w' },
	{ "plan", required_argument, NULL, 'p' },
	{ "blocks", required_argument, NULL, 'b' },
	{ "precision", required_argument, NULL, OPT_PRECISION },
	{ "time-budget", required_argument, NULL, OPT_BUDGET },
	{ "restarts", required_argument, NULL, OPT_RESTARTS },
	{ "aa", no_argument, NULL, OPT_AA },
	{ "no-aa", no_argument, NULL, OPT_NO_AA },
	{ "no-warmup", no_argument, NULL, OPT_NO_WARMUP },
	{ "no-instrumented", no_argument, NULL, OPT_NO_INSTRUMENTED },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "resume", required_argument, NULL, OPT_RESUME },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "results", required_argument, NULL, OPT_RESULTS },
	{ "run-id", required_argument, NULL, OPT_RUN_ID },
	{ "files-only", no_argument, NULL, OPT_FILES_ONLY },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "host", required_argument, NULL, OPT_HOST },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static int append(const char **list, const char *item)
{
	for (int i = 0; i < BENCH_MAX_POLICIES; i++)
		if (!list[i]) {
			list[i] = item;
			return 0;
		}
	return log_err(-EINVAL, "more than %d policies or workloads in one run", BENCH_MAX_POLICIES);
}

int bench_run_id(const char *id)
{
	return run_id_valid(id)
		       ? 0
		       : log_err(-EINVAL,
				 "run id '%s': begin with a letter or a digit, go on with these and '-', '_', '.'",
				 id);
}

/* At least one. */
static int count(const char *name, const char *text, unsigned *value)
{
	uint64_t n;

	if (parse_number(name, text, BENCH_MAX_BLOCKS, &n))
		return -EINVAL;
	if (!n)
		return log_err(-EINVAL, "%s 0: at least one is needed", name);
	*value = n;
	return 0;
}

int bench_option(struct bench_options *o, int opt, const char *arg)
{
	switch (opt) {
	case 's':
		return append(o->policy, arg);
	case 'w':
		return append(o->workload, arg);
	case 'p':
		o->plan = arg;
		return 0;
	case 'b':
		return count("--blocks", arg, &o->blocks);
	case OPT_SEED:
		o->seeded = true;
		return parse_number("--seed", arg, UINT64_MAX, &o->seed);
	case OPT_NO_INSTRUMENTED:
		return o->no_instrumented = true, 0;
	case 'n':
		return o->dry_run = true, 0;
	case OPT_RESULTS:
		return o->results = arg, 0;
	case OPT_RUN_ID:
		return bench_run_id(o->run_id = arg);
	case OPT_FILES_ONLY:
		return o->files_only = true, 0;
	case OPT_HOST:
		return host_wish_parse(&o->wish, o->host = arg);
	case OPT_WHERE:
		return o->where = arg, 0;
	default:
		return -EINVAL;
	}
}

/* What only a comparison has. */
static int own_option(struct bench_options *o, int opt, const char *arg)
{
	double value;

	switch (opt) {
	case OPT_PRECISION:
		return parse_percent("--precision", o->precision = arg, &value);
	case OPT_BUDGET:
		return parse_duration("--time-budget", o->time_budget = arg, &value);
	case OPT_RESTARTS:
		return count("--restarts", arg, &o->restarts);
	case OPT_AA:
	case OPT_NO_AA:
		o->aa = opt == OPT_AA;
		return o->no_aa = !o->aa, 0;
	case OPT_NO_WARMUP:
		return o->no_warmup = true, 0;
	case OPT_RESUME:
		return bench_run_id(o->resume = arg);
	default:
		return bench_option(o, opt, arg);
	}
}

static bool plans(const struct bench_options *o)
{
	return o->policy[0] || o->workload[0] || o->plan || o->blocks || o->precision || o->time_budget ||
	       o->restarts || o->aa || o->no_aa || o->no_warmup || o->no_instrumented || o->seeded ||
	       o->run_id;
}

/* Options that do not go together. */
static int check(const struct bench_options *o)
{
	if (o->resume && plans(o))
		return log_err(-EINVAL,
			       "--resume %s goes on as that run was planned: leave out what plans another",
			       o->resume);
	if (o->restarts > 1 && (o->precision || o->time_budget))
		return log_err(-EINVAL,
			       "--restarts deals out a number of blocks that is known: use --blocks, not %s",
			       o->precision ? "--precision" : "--time-budget");
	return 0;
}

int bench_options(int argc, char **argv, struct bench_options *o)
{
	int opt;

	*o = (struct bench_options){ .results = "results", .where = "native" };
	while ((opt = getopt_long(argc, argv, "s:w:p:b:nh", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK) + 1;
		if (opt == '?' || own_option(o, opt, optarg))
			return EXIT_CODE_USAGE + 1;
	}
	if (optind < argc) {
		log_err(-EINVAL, "'%s' is no option of bench: see 'scxbench bench --help'", argv[optind]);
		return EXIT_CODE_USAGE + 1;
	}
	return check(o) ? EXIT_CODE_USAGE + 1 : 0;
}
