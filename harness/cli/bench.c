/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "cli/report.h"
#include "cli/run_options.h"
#include "report/report.h"
#include "text/grid.h"
#include "util/log.h"

enum {
	OPT_PRECISION = 256,
	OPT_BUDGET,
	OPT_ATTACH_LIMIT,
	OPT_RESTARTS,
	OPT_BOOT,
	OPT_BASELINE,
	OPT_AA,
	OPT_NO_AA,
	OPT_NO_WARMUP,
	OPT_NO_INSTRUMENTED,
	OPT_AUDIT_CUSTODY,
	OPT_WATCH_BUDGET,
	OPT_RESUME,
	OPT_HOST,
	OPT_USER,
	OPT_POSSIBLE
};

static const struct argp_option rows[] = {
	{ NULL, 0, NULL, 0, "What is measured:", 1 },
	{ "policy", 's', "POLICY", 0,
	  "fair, a policy of 'scxbench list', NAME:KNOB=VALUE,... (fair has base_slice_us and features), a path to a .bpf.o, or 'cmd:COMMAND'; "
	  "with :below=POLICY it is attached to the workload's cgroup alone, below that one (Linux 7.3); "
	  "each also as NAME=POLICY, which gives it that name in the run; "
	  "repeatable (default: fair and all of 'scxbench list' that need not be named)",
	  1 },
	{ "workload", 'w', "WORKLOAD", 0,
	  "one of 'scxbench list', or a path with a slash to your own (with all its variants, or '#VARIANT'); "
	  "repeatable (default: those in the default plan)",
	  1 },
	{ "baseline", OPT_BASELINE, "POLICY", 0,
	  "compare the others with this one of the policies, by its name (default: fair)", 1 },
	{ "aa", OPT_AA, NULL, 0, "take the baseline twice, which shows the noise of this machine", 1 },
	{ "no-aa", OPT_NO_AA, NULL, 0, "take the baseline once (default: as the plan says)", 1 },
	{ "no-warmup", OPT_NO_WARMUP, NULL, 0,
	  "leave out the first sample of each workload in a boot, which is not a data point", 1 },
	{ "no-instrumented", OPT_NO_INSTRUMENTED, NULL, 0,
	  "leave out the extra samples that measure the cost of each op", 1 },
	{ "audit-custody", OPT_AUDIT_CUSTODY, NULL, 0,
	  "audit custody from outside in the extra samples, of every policy, also of commands, which then have "
	  "such samples; see 'scxbench audit'",
	  1 },
	{ "watch-budget", OPT_WATCH_BUDGET, "P", 0,
	  "use no figure of an extra sample in which watching took more than P of its CPU time, as in 10% "
	  "(default: 20%)",
	  1 },
	{ "host", OPT_HOST, "SETTINGS", 0,
	  "set up the machine for the run and restore it afterwards: "
	  "governor=NAME,epp=NAME,turbo=off,thp=never and irqbalance=off, with commas (default: as it is)",
	  1 },
	{ "user", OPT_USER, "USER", 0,
	  "run workloads as this user, a name or a number, but for those that need root; policies are loaded and "
	  "their commands run as root (default: the user who called sudo, else nobody)",
	  1 },
	{ "where-possible", OPT_POSSIBLE, NULL, 0,
	  "leave out policies that this kernel can't run, and say why in the report", 1 },
	{ "attach-limit", OPT_ATTACH_LIMIT, "T", 0,
	  "the sample of a 'cmd:' has failed when its scheduler is not attached after T, as in 90s or 5m "
	  "(default: 60s)",
	  1 },
	{ NULL, 0, NULL, 0, "How many samples:", 2 },
	{ "plan", 'p', "PLAN", 0,
	  "quick, demo, decide or nightly (default: decide; demo under emulation); exact is the exact lab's",
	  2 },
	{ "blocks", 'b', "N", 0, "samples of each policy and workload, 1 to 1000", 2 },
	{ "precision", OPT_PRECISION, "P", 0,
	  "take blocks until the interim interval of each policy's ratio to the baseline, which may be looked at "
	  "after every block, is at most P to either side, as in 1%; --blocks is then the limit "
	  "(default: 200)",
	  2 },
	{ "time-budget", OPT_BUDGET, "T", 0,
	  "begin no block that would end after T, as in 90s, 30m or 8h; only the time of samples "
	  "counts, with those before an interruption",
	  2 },
	{ "restarts", OPT_RESTARTS, "K", 0,
	  "spread the blocks over K boots, in the lab, which can boot; at least 6 for a verdict", 2 },
	{ "boot", OPT_BOOT, "K", 0,
	  "take the share of boot K alone: its samples have the numbers that they have in the whole run", 2 },
	{ "resume", OPT_RESUME, "RUN", 0, "continue an interrupted run as it was planned", RUN_GROUP },
	{ 0 },
};

/* Options that are kept as they are. */
static const char **bench_word(struct bench_options *o, int key)
{
	return key == 'p' ? &o->plan : key == OPT_USER ? &o->user : &o->baseline;
}

static bool *bench_flag(struct bench_options *o, int key)
{
	return key == OPT_NO_WARMUP  ? &o->no_warmup
	       : key == OPT_POSSIBLE ? &o->where_possible
				     : &o->no_instrumented;
}

static error_t bench_count(struct bench_options *o, int key, const char *arg)
{
	if (key == 'b')
		return run_option_count("--blocks", arg, &o->blocks);
	if (key == OPT_RESTARTS)
		return run_option_count("--restarts", arg, &o->restarts);
	return run_option_count("--boot", arg, &o->boot);
}

/* Measures are kept as given, once they are known to be good. */
static error_t bench_number(struct bench_options *o, int key, const char *arg)
{
	double value;

	if (key == OPT_PRECISION)
		return parse_percent("--precision", o->precision = arg, BENCH_PRECISION, &value);
	if (key == OPT_BUDGET)
		return parse_duration("--time-budget", o->time_budget = arg, BENCH_MOST_HOURS, &value);
	if (key == OPT_WATCH_BUDGET)
		return parse_percent("--watch-budget", o->watch_budget = arg, BENCH_WATCH_BUDGET, &value);
	if (key == OPT_ATTACH_LIMIT)
		return parse_duration("--attach-limit", o->attach_limit = arg, BENCH_MOST_ATTACH_HOURS,
				      &value);
	return bench_count(o, key, arg);
}

static void bench_twin(struct bench_options *o, bool wanted)
{
	o->aa = wanted;
	o->no_aa = !wanted;
}

static error_t bench_take(int key, char *arg, struct argp_state *state)
{
	struct bench_options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		return state->child_inputs[0] = o, 0;
	case 's':
		return run_option_add(o->policy, arg);
	case 'w':
		return run_option_add(o->workload, arg);
	case 'p':
	case OPT_BASELINE:
	case OPT_USER:
		return *bench_word(o, key) = arg, 0;
	case 'b':
	case OPT_RESTARTS:
	case OPT_BOOT:
	case OPT_PRECISION:
	case OPT_BUDGET:
	case OPT_ATTACH_LIMIT:
	case OPT_WATCH_BUDGET:
		return bench_number(o, key, arg);
	case OPT_AA:
	case OPT_NO_AA:
		return bench_twin(o, key == OPT_AA), 0;
	case OPT_NO_WARMUP:
	case OPT_NO_INSTRUMENTED:
	case OPT_POSSIBLE:
		return *bench_flag(o, key) = true, 0;
	case OPT_AUDIT_CUSTODY:
		return o->outside = OUTSIDE_INSTRUMENTED, 0;
	case OPT_RESUME:
		return run_option_id(o->resume = arg);
	case OPT_HOST:
		return host_wish_parse(&o->wish, o->host = arg);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static bool plans_another(const struct bench_options *o)
{
	return o->policy[0] || o->workload[0] || o->plan || o->blocks || o->precision || o->time_budget ||
	       o->restarts || o->boot || o->baseline || o->aa || o->no_aa || o->no_warmup ||
	       o->no_instrumented || o->outside || o->seeded || o->run_id || o->user || o->where_possible ||
	       o->attach_limit || o->watch_budget;
}

/* Options that exclude each other. */
static int bench_check(const struct bench_options *o)
{
	if (o->resume && plans_another(o))
		return log_err(-CAUSE_USAGE,
			       "--resume %s continues that run as it was planned: leave out options "
			       "that plan a run",
			       o->resume);
	if (o->no_instrumented && (o->outside || o->watch_budget))
		return log_err(-CAUSE_USAGE, "%s the extra samples, which --no-instrumented leaves out",
			       o->outside ? "--audit-custody audits" : "--watch-budget is about");
	if (o->restarts > 1 && (o->precision || o->time_budget))
		return log_err(-CAUSE_USAGE,
			       "--restarts spreads a known number of blocks over boots: use --blocks, "
			       "not %s",
			       o->precision ? "--precision" : "--time-budget");
	if (o->boot > (o->restarts ? o->restarts : 1))
		return log_err(-CAUSE_USAGE, "--boot %u: --restarts %u has no such boot", o->boot,
			       o->restarts ? o->restarts : 1);
	return 0;
}

/* Warm-ups and instrumented samples are not data points, so they decide nothing. */
static bool not_ok(const struct record *r)
{
	return r->status != STATUS_OK && !r->warmup && !r->instrumented;
}

static int bench_show(const struct bench *b, struct store *store)
{
	return report_show(&(struct pages){ b->home, b->opt.results, store, NULL, NULL }, b->run.id);
}

/* A table without a page, for the run goes on. */
static void bench_look(const struct bench *b, struct store *store)
{
	struct store_run run;
	char *text;

	if (store_load(store, b->run.id, &run))
		return;
	if (!report_text(&run, grid_terminal(), &text)) {
		fprintf(stderr, "%s\n", text);
		free(text);
	}
	store_run_free(&run);
}

static const struct purpose compare = { .fair = true,
					.retakes = true,
					.command = bench_command,
					.failed = not_ok,
					.show = bench_show,
					.look = bench_look };

static int call_bench(struct call *call)
{
	static struct bench b = { .verb = "bench", .purpose = &compare, .opt = { RUN_DEFAULTS } };

	if (!options_parse(call, &b.opt))
		return call->code;
	return bench_check(&b.opt) ? EXIT_CODE_USAGE : session_main(&b);
}

const struct command cmd_bench = {
	.name = "bench",
	.summary = "measure workloads under each policy, in random order",
	.argp = { .options = rows,
		  .parser = bench_take,
		  .children = (const struct argp_child[]){ { &options_run, 0, NULL, 0 }, { 0 } },
		  .doc = "Runs every workload under every policy in randomised blocks, proves each "
			 "sample, stores all, and makes the report.\n\n"
			 "An interrupted run keeps the samples that ended. --resume continues it, "
			 "without any option that would plan another run.\n\n"
			 "SIGUSR1 makes it show the samples so far, as a table on standard error, before "
			 "it takes the next one. In the lab it does nothing." },
	.kernel = KERNEL_CHECKED,
	.exits = "0 every sample is good\n"
		 "1 a sample failed\n"
		 "2 usage\n"
		 "3 this machine can't\n"
		 "130 interrupted; what ended is kept\n",
	.examples = "scxbench bench --plan quick\n"
		    "scxbench bench -s fair -s vtime:slice_us=3000 -w hackbench-pipe\n"
		    "scxbench bench --precision 1% --time-budget 8h\n",
	.run = call_bench,
};
