/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"
#include "cli/cli.h"
#include "util/log.h"

static const char help[] =
	"usage: scxbench bench [OPTIONS]\n\n"
	"Runs every workload under every policy in randomised blocks, proves each sample, stores all.\n\n"
	"  -s, --policy POLICY    fair, a policy of 'scxbench list', NAME:KNOB=VALUE,..., a path to a\n"
	"                         .bpf.o, or 'cmd:COMMAND'; repeatable (default: fair and all of this repo)\n"
	"  -w, --workload NAME    repeatable (default: those marked for it)\n"
	"  -p, --plan NAME        demo or decide (default: decide, under emulation demo)\n"
	"  -b, --blocks N         samples of each policy and workload, 1 to 1000\n"
	"      --seed N           order of the samples; the same seed, the same order\n"
	"      --no-instrumented  leave out the extra samples that cost-account each BPF op\n"
	"  -n, --dry-run          print the plan and how long it takes\n"
	"      --results DIR      where results go (default: results)\n"
	"      --run-id ID        name of the run (default: date, time and seed)\n"
	"      --files-only       leave the run as files; 'scxbench store' takes them in later\n"
	"      --where TEXT       how the report calls this place (default: native)\n";

static const struct option options[] = {
	{ "policy", required_argument, NULL, 's' },
	{ "workload", required_argument, NULL, 'w' },
	{ "plan", required_argument, NULL, 'p' },
	{ "blocks", required_argument, NULL, 'b' },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "no-instrumented", no_argument, NULL, OPT_NO_INSTRUMENTED },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "results", required_argument, NULL, OPT_RESULTS },
	{ "run-id", required_argument, NULL, OPT_RUN_ID },
	{ "files-only", no_argument, NULL, OPT_FILES_ONLY },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

int bench_number(const char *name, const char *text, uint64_t max, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	if (errno || end == text || *end || text[0] == '-' || *value > max)
		return log_err(-EINVAL, "%s '%s': give a whole number from 0 to %llu", name, text,
			       (unsigned long long)max);
	return 0;
}

static int append(const char **list, const char *item)
{
	for (int i = 0; i < BENCH_MAX_POLICIES; i++)
		if (!list[i]) {
			list[i] = item;
			return 0;
		}
	return log_err(-EINVAL, "more than %d policies or workloads in one run", BENCH_MAX_POLICIES);
}

/* The id becomes a directory's name. */
static int run_id(const char *id)
{
	for (const char *c = id; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			return log_err(-EINVAL, "run id '%s': use letters, digits, '-', '_' and '.'", id);
	return !*id || *id == '.' ? log_err(-EINVAL, "run id '%s': begin with a letter or a digit", id) : 0;
}

static int blocks(struct bench_options *o, const char *text)
{
	uint64_t n;

	if (bench_number("--blocks", text, 1000, &n))
		return -EINVAL;
	if (!n)
		return log_err(-EINVAL, "--blocks 0: at least one block is needed");
	o->blocks = n;
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
		return blocks(o, arg);
	case OPT_SEED:
		o->seeded = true;
		return bench_number("--seed", arg, UINT64_MAX, &o->seed);
	case OPT_NO_INSTRUMENTED:
		return o->no_instrumented = true, 0;
	case 'n':
		return o->dry_run = true, 0;
	case OPT_RESULTS:
		return o->results = arg, 0;
	case OPT_RUN_ID:
		return run_id(o->run_id = arg);
	case OPT_FILES_ONLY:
		return o->files_only = true, 0;
	case OPT_WHERE:
		return o->where = arg, 0;
	default:
		return -EINVAL;
	}
}

int bench_options(int argc, char **argv, struct bench_options *o)
{
	int opt;

	*o = (struct bench_options){ .results = "results", .where = "native" };
	while ((opt = getopt_long(argc, argv, "s:w:p:b:nh", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK) + 1;
		if (opt == '?' || bench_option(o, opt, optarg))
			return EXIT_CODE_USAGE + 1;
	}
	if (optind < argc) {
		log_err(-EINVAL, "'%s' is no option of bench: see 'scxbench bench --help'", argv[optind]);
		return EXIT_CODE_USAGE + 1;
	}
	return 0;
}
