/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The plan: drawn from the options, estimated, printed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

/* What may end the run before all its blocks are taken. */
static int resolve_end(struct bench *b)
{
	int err = 0;

	b->precision = b->budget_s = NAN;
	if (b->opt.precision)
		err = parse_percent("--precision", b->opt.precision, BENCH_PRECISION, &b->precision);
	if (!err && b->opt.time_budget)
		err = parse_duration("--time-budget", b->opt.time_budget, BENCH_MOST_HOURS, &b->budget_s);
	if (!err && b->opt.attach_limit)
		err = parse_duration("--attach-limit", b->opt.attach_limit, BENCH_MOST_ATTACH_HOURS,
				     &b->attach_limit_s);
	if (!err && b->opt.precision && bench_find(b, ARM_BASELINE) < 0)
		err = log_err(-CAUSE_USAGE,
			      "--precision is about ratios to fair, which is not among the policies: "
			      "add -s fair, or name another --baseline");
	return err;
}

static unsigned blocks(const struct bench *b)
{
	return b->opt.blocks ? b->opt.blocks : b->opt.precision ? BENCH_OPEN_BLOCKS : b->kind->blocks;
}

static int resolve_restarts(struct bench *b)
{
	b->spec.restarts = b->opt.restarts ? b->opt.restarts : 1;
	if (b->spec.restarts > b->spec.blocks)
		return log_err(-CAUSE_USAGE,
			       "--restarts %u: there are only %u blocks for these boots: give --blocks too",
			       b->spec.restarts, b->spec.blocks);
	if (b->spec.restarts > 1 && strcmp(b->opt.where, "lab"))
		return log_err(
			-CAUSE_USAGE,
			"--restarts %u needs the lab, which can boot by itself: 'make %s WHERE=lab "
			"ARGS=\"--restarts %u\"'; here, take a run after each boot and compare the runs",
			b->spec.restarts, b->verb, b->spec.restarts);
	return 0;
}

int bench_draw(struct bench *b)
{
	int err = resolve_end(b);

	b->warmup = b->kind->warmup && !b->opt.no_warmup;
	b->opt.no_instrumented |= b->kind->bare;
	if (!err && b->kind->bare && (b->opt.outside == OUTSIDE_INSTRUMENTED || b->opt.watch_budget))
		err = log_err(-CAUSE_USAGE, "%s the extra samples, which plan %s has not: take another plan",
			      b->opt.watch_budget ? "--watch-budget is about" : "--audit-custody audits",
			      b->kind->name);
	for (unsigned i = 0; i < b->nr_policies; i++)
		b->instrument[i] = !b->opt.no_instrumented && bench_arm(b, i) != ARM_TWIN;
	b->spec = (struct plan_spec){
		.policies = b->nr_policies,
		.workloads = b->nr_workloads,
		.blocks = blocks(b),
		.instrument = b->instrument,
		.seed = b->run.seed,
	};
	if (!err)
		err = resolve_restarts(b);
	return err ? err : plan_make(&b->spec, &b->plan);
}

void bench_expect(const struct bench *b, double *seconds)
{
	for (unsigned i = 0; i < b->nr_workloads; i++)
		seconds[i] = b->workload[i]->typical_s + BENCH_OVERHEAD_S;
}

unsigned bench_planned(const struct bench *b, unsigned boots)
{
	unsigned most = boots > b->spec.restarts ? boots : b->spec.restarts;

	return (unsigned)b->plan.nr + (b->warmup ? most * b->nr_workloads : 0);
}

/* Of the plan, and of a warm-up for each boot. */
static double estimate(const struct bench *b)
{
	double seconds[BENCH_MAX_POLICIES], total;

	bench_expect(b, seconds);
	total = plan_estimate(&b->plan, 0, seconds);
	for (unsigned i = 0; i < b->nr_workloads && b->warmup; i++)
		total += b->spec.restarts * seconds[i];
	return total;
}

static void print_head(const struct bench *b)
{
	long s = (long)estimate(b);

	printf("plan %s, seed %llu: %u policies x %u workloads x %u blocks, %u samples, %s %ld min %02ld s\n",
	       b->kind->name, (unsigned long long)b->run.seed, b->nr_policies, b->nr_workloads,
	       b->spec.blocks, bench_planned(b, 1),
	       b->opt.precision || b->opt.time_budget ? "at most about" : "about", s / 60, s % 60);
	if (b->spec.restarts > 1)
		printf("the blocks are divided among %u boots\n", b->spec.restarts);
	if (b->opt.precision)
		printf("ends when every policy's ratio to %s is known to +-%s\n", bench_baseline(b),
		       b->opt.precision);
	if (b->opt.time_budget)
		printf("ends when the samples have taken %s\n", b->opt.time_budget);
	if (b->opt.watch_budget)
		printf("refuses figures of extra samples in which watching took more than %s of the CPU time\n",
		       b->opt.watch_budget);
	if (bench_has_prospect(b)) {
		char *prospect = bench_prospect_in(b);

		printf("%s\n", prospect);
		free(prospect);
	}
}

static void add_item(struct grid *g, const struct bench *b, const struct plan_item *it)
{
	char *number = mem_printf("%u", g->rows + 1), **cell = grid_row(g, true, number);

	cell[1] = it->warmup	     ? mem_strdup("block warm-up")
		  : it->instrumented ? mem_strdup("block instr.")
				     : mem_printf("block %u", it->block);
	cell[2] = mem_strdup(b->workload[it->workload]->name);
	cell[3] = mem_strdup(b->policy[it->policy].text);
	free(number);
}

static void add_warmup(struct grid *g, const struct bench *b, unsigned boot)
{
	struct plan plan;

	if (b->warmup && !plan_warmup(&b->spec, boot, &plan)) {
		for (size_t i = 0; i < plan.nr; i++)
			add_item(g, b, &plan.item[i]);
		plan_free(&plan);
	}
}

void bench_print_plan(const struct bench *b)
{
	static const struct grid_column columns[] = { { NULL, GRID_NUMBER, 4 },
						      { NULL, GRID_TEXT, 0 },
						      { NULL, GRID_TEXT, 0 },
						      { NULL, GRID_PROSE, 0 } };
	unsigned boot = 0;
	struct grid g;

	print_head(b);
	grid_begin(&g, columns, 4);
	for (size_t i = 0; i < b->plan.nr; i++) {
		if (b->plan.item[i].boot != boot)
			add_warmup(&g, b, boot = b->plan.item[i].boot);
		add_item(&g, b, &b->plan.item[i]);
	}
	grid_print(&g);
	grid_free(&g);
}
