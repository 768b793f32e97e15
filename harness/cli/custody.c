/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every policy under the storm: does each ledger balance to the last task? */
#include "cli/custody.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/role.h"
#include "export/custody_json.h"
#include "judge/ledgers.h"
#include "judge/runs.h"
#include "report/pages.h"
#include "report/report.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"

#define DURATION_S "15"
#define MAX_DURATION_S 86400

struct custody {
	struct bench b; /* first: its purpose's functions get it */
	const char *seconds;
	bool show, json;
};

enum { OPT_SHOW = 256, OPT_POSSIBLE, OPT_ATTACH_LIMIT };

const struct argp_option custody_rows[] = {
	{ "duration", 'd', "S", 0, "seconds of storm under each policy (default: " DURATION_S ")", 0 },
	{ "policy", 's', "POLICY", 0,
	  "as in bench; one without a ledger is audited from outside; repeatable (default: all of this repo)",
	  0 },
	{ "workload", 'w', "WORKLOAD", 0, "instead of storm", 0 },
	{ "where-possible", OPT_POSSIBLE, NULL, 0, "leave out policies that this kernel can't run", 0 },
	{ "attach-limit", OPT_ATTACH_LIMIT, "T", 0, "as in bench, for a 'cmd:' (default: 60s)", 0 },
	{ "show", OPT_SHOW, NULL, 0,
	  "take no run: show the named runs, or the latest of each kernel, side by side", 0 },
	{ 0 },
};

error_t custody_take(int key, char *arg, struct argp_state *state)
{
	struct custody *c = state->input;
	uint64_t seconds;
	double limit;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &c->b.opt;
		return state->child_inputs[1] = &c->json, 0;
	case 'd':
		return parse_count("--duration", c->seconds = arg, (struct counts){ 1, MAX_DURATION_S },
				   &seconds);
	case 's':
		return run_option_add(c->b.opt.policy, arg);
	case 'w':
		return run_option_add(c->b.opt.workload, arg);
	case OPT_POSSIBLE:
		return c->b.opt.where_possible = true, 0;
	case OPT_ATTACH_LIMIT:
		return parse_duration("--attach-limit", c->b.opt.attach_limit = arg, BENCH_MOST_ATTACH_HOURS,
				      &limit);
	case OPT_SHOW:
		return c->show = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static char *command_of(const struct bench *b)
{
	static const char *const own[] = { "STORM_RATE", "STORM_MIX", "STORM_HOTPLUG", NULL };
	const struct custody *c = (const struct custody *)b;
	char *begin, *text;
	size_t len;
	FILE *f = open_memstream(&begin, &len);

	for (int i = 0; own[i]; i++)
		if (getenv(own[i])) {
			fprintf(f, "%s=", own[i]);
			bench_put_word(f, getenv(own[i]));
			fputc(' ', f);
		}
	fprintf(f,
		bench_in_lab(b) && b->opt.outside == OUTSIDE_FOREIGN && !b->opt.attach_limit
			? "make %s WHERE=lab DURATION=%s SEED=%llu"
			: "scxbench %s --duration %s --seed %llu",
		b->verb, c->seconds, (unsigned long long)b->run.seed);
	if (b->opt.attach_limit)
		fprintf(f, " --attach-limit %s", b->opt.attach_limit);
	fclose(f);
	text = bench_command_of(b, begin, NULL);
	free(begin);
	return text;
}

static int custody_check(const struct bench *b)
{
	for (unsigned i = 0; i < b->nr_policies; i++) {
		if (b->policy[i].kind == POLICY_FAIR)
			return log_err(-CAUSE_USAGE, "fair takes no task into custody: leave it out");
		if (b->policy[i].parent && (b->opt.outside == OUTSIDE_EVERY || b->foreign[i]))
			return log_err(-CAUSE_USAGE,
				       "policy %s is below another: custody is audited of a root alone",
				       b->policy[i].text);
	}
	return b->nr_workloads == 1 ? 0
				    : log_err(-CAUSE_USAGE, "%s runs one workload: give -w once", b->verb);
}

/* -CAUSE_FAILED: a ledger does not balance, a violation was seen or a sample is missing. */
static int print_ledgers(const struct store_run *run, size_t nr, bool json)
{
	char *text = json ? custody_json(run, nr) : report_custody_text(run, nr, grid_terminal());
	int err = 0;

	printf(json ? "%s\n" : "%s", text);
	free(text);
	for (size_t i = 0; i < nr; i++)
		if (ledgers_fail(&run[i]))
			err = -CAUSE_FAILED;
	return err;
}

/* The runs with these names, or the latest of each kernel. */
static int show_ledgers(const struct pages *p, char *const *name, bool json)
{
	struct store_run *run;
	size_t nr;
	int err = runs_custody(p->store, name, &nr, &run);

	if (!err && !nr)
		err = log_err(-CAUSE_NOT_FOUND, "no custody run in %s yet: 'scxbench custody' takes one",
			      p->results);
	if (!err)
		err = print_ledgers(run, nr, json);
	runs_free(run, nr);
	return err;
}

static int show_all(const struct pages *p, char *const *name, bool json)
{
	bool made;
	int err = show_ledgers(p, name, json), failed;

	if ((err && err != -CAUSE_FAILED) || !pages_wanted(p))
		return err;
	failed = pages_custody(p, &made);
	if (!failed && made && !json)
		printf("\n%s/report/custody.html\n", p->results);
	return failed ? failed : err;
}

/* What fails is in the samples, and so in the exit code. */
static int custody_show(const struct bench *b, struct store *store)
{
	const struct pages p = { b->home, b->opt.results, store, NULL, NULL };
	char *const id[] = { b->run.id, NULL };
	int err = show_all(&p, id, ((const struct custody *)b)->json);

	return err == -CAUSE_FAILED ? 0 : err;
}

static int show_stored(const struct custody *c, char *const *name)
{
	struct pages p = { home_dir(), c->b.opt.results, NULL, NULL, NULL };
	int err = store_open_in(p.results, STORE_READ, &p.store);

	if (!err)
		err = show_all(&p, name, c->json);
	store_close(p.store);
	return exit_code_of(err);
}

static const struct plan_kind plan = { .name = RUN_CUSTODY_PLAN, .blocks = 1 };
static const struct purpose purpose = {
	.plan = &plan,
	.command = command_of,
	.check = custody_check,
	.failed = ledgers_fail_sample,
	.show = custody_show,
};

/* The storm reads its duration from its environment, also when it only says how long it would take. */
static int take_run(struct custody *c)
{
	char *seconds = mem_printf("STORM_SECONDS=%s", c->seconds);
	const char *const env[] = { seconds, NULL };
	int code;

	c->b.opt.workload_env = env;
	if (!c->b.opt.workload[0])
		c->b.opt.workload[0] = "storm";
	code = session_main(&c->b);
	free(seconds);
	return code;
}

int custody_call(struct call *call, enum outside_wish outside)
{
	static struct custody c = { .b = { .purpose = &purpose,
					   .opt = { RUN_DEFAULTS, .no_instrumented = true } } };

	c.b.verb = call->command->name;
	c.b.opt.outside = outside;
	c.seconds = getenv("STORM_SECONDS") ?: DURATION_S;
	if (!options_parse(call, &c))
		return call->code;
	if (c.show)
		return show_stored(&c, call->word);
	if (call->nr_words)
		return exit_code_of(options_wrong(call->command, "unexpected word '%s'", call->word[0]));
	return take_run(&c);
}

static int call_custody(struct call *call)
{
	return custody_call(call, OUTSIDE_FOREIGN);
}

const struct command cmd_custody = {
	.name = "custody",
	.summary = "check that every policy gives back each task, exactly once",
	.argp = { .options = custody_rows,
		  .parser = custody_take,
		  .args_doc = "[--show [RUN...]]",
		  .children = CUSTODY_CHILDREN,
		  .doc = "Runs every policy under the storm, a workload that changes and moves tasks "
			 "while they are queued, and prints each custody ledger: entries, exits by "
			 "cause, tasks still inside, violations, time in custody. A policy that keeps no "
			 "ledger (any object, any command) is audited from outside, as by 'scxbench audit'.\n\n"
			 "STORM_RATE, STORM_MIX and STORM_HOTPLUG in the environment set up the storm: "
			 "see workloads/README.md." },
	.kernel = KERNEL_CHECKED,
	.most = -1,
	.exits = CUSTODY_EXIT_CODES,
	.examples = "scxbench custody\n"
		    "scxbench custody -s fifo --duration 60\n"
		    "scxbench custody --show\tthe latest run of each kernel\n",
	.run = call_custody,
};
