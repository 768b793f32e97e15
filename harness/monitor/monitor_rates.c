/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor_rates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "collect/bpf.h"
#include "monitor/monitor_groups.h"
#include "record/abi_name.h"
#include "stats/stats.h"
#include "util/mem.h"

static const double percentile[MONITOR_NR_PERCENTILES] = { 0.5, 0.99, 0.999 };

static struct monitor_wait wait_of(const struct scxb_hist *hist)
{
	struct metrics m = { 0 };
	struct monitor_wait w;

	bpf_hist(&m, "wait", "ns", hist);
	w.periods = (double)hist_total(&m.hist[0]);
	for (int i = 0; i < MONITOR_NR_PERCENTILES; i++)
		w.ns[i] = stats_hist_quantile(&m.hist[0], percentile[i]);
	metrics_free(&m);
	return w;
}

static const struct monitor_wait no_wait = { NAN, { NAN, NAN, NAN } };

static const struct scxb_hist *hist_of(const struct scxb_cpu *sum, const struct scxb_rare_hist *rare,
				       int cause)
{
	return cause == SCXB_CAUSE_dispatch ? &sum->dispatch_ns : &rare->hist[cause];
}

/* As in a record that was changed: fewer periods than before are no periods of an interval. */
static bool goes_back(const struct scxb_hist *before, const struct scxb_hist *now)
{
	for (int i = 0; i < SCXB_HIST_SLOTS; i++)
		if (now->slot[i] < before->slot[i])
			return true;
	return false;
}

static void waits_of(const struct scxb_cpu *sum, const struct scxb_rare_hist *rare,
		     struct monitor_wait wait[SCXB_NR_CAUSES])
{
	for (int i = 0; i < SCXB_NR_CAUSES; i++)
		wait[i] = wait_of(hist_of(sum, rare, i));
}

/* Some counters go down: workload_ns, when a task leaves. */
static double rate_of(uint64_t rise, const struct monitor_rates *r)
{
	return (double)(int64_t)rise / r->seconds;
}

static void add_counters(const struct monitor_shot *before, struct monitor_rates *r)
{
	struct scxb_rare_hist rare = r->now->rare;
	struct scxb_cpu d = r->now->sum;

	bpf_since(&rare, &before->rare, sizeof(rare));
	bpf_since(&d, &before->sum, sizeof(d));
	for (int i = 0; i < SCXB_NR_OPS; i++)
		r->op[i].per_s = rate_of(d.op[i], r);
	for (int i = 0; i < SCXB_NR_COUNTS; i++)
		r->count[i] = rate_of(d.count[i], r);
	for (int i = 0; i < SCXB_NR_CUSTODY; i++)
		r->custody[i] = rate_of(d.custody[i], r);
	waits_of(&d, &rare, r->last);
	for (int i = 0; i < SCXB_NR_CAUSES; i++)
		if (goes_back(hist_of(&before->sum, &before->rare, i),
			      hist_of(&r->now->sum, &r->now->rare, i)))
			r->last[i] = no_wait;
}

static void no_counters(struct monitor_rates *r)
{
	for (int i = 0; i < SCXB_NR_OPS; i++)
		r->op[i] = (struct monitor_cost){ NAN, NAN };
	for (int i = 0; i < SCXB_NR_COUNTS; i++)
		r->count[i] = NAN;
	for (int i = 0; i < SCXB_NR_CUSTODY; i++)
		r->custody[i] = NAN;
	for (int i = 0; i < SCXB_NR_CAUSES; i++)
		r->last[i] = r->ever[i] = no_wait;
}

/* Programs are in the same order in both shots, because it is the same policy. */
static void add_costs(const struct monitor_shot *before, struct monitor_rates *r)
{
	for (int i = 0; i < r->now->nr_ops && i < before->nr_ops; i++) {
		const struct monitor_op *a = &before->op[i], *b = &r->now->op[i];
		double calls = b->calls - a->calls;
		int op = 0;

		while (op < SCXB_NR_OPS && strcmp(abi_op[op], b->name))
			op++;
		if (op == SCXB_NR_OPS)
			continue;
		if (isnan(r->op[op].per_s))
			r->op[op].per_s = calls / r->seconds;
		if (calls)
			r->op[op].ns = (b->ns - a->ns) / calls;
	}
}

static void add_idle(const struct monitor_shot *before, struct monitor_rates *r)
{
	r->idle = mem_zalloc(r->now->nr_cpus + 1, sizeof(*r->idle));
	for (int i = 0; i < r->now->nr_cpus; i++) {
		const struct monitor_cpu *b = &r->now->cpu[i],
					 *a = before && i < before->nr_cpus ? &before->cpu[i] : b;
		double idle = b->idle - a->idle, total = b->total - a->total;

		r->idle[i] = b->total > a->total && b->idle >= a->idle ? idle / total : NAN;
	}
}

void monitor_rates(const struct monitor_shot *before, const struct monitor_shot *now, struct monitor_rates *r)
{
	bool same;

	if (before && before->when_ns >= now->when_ns)
		before = NULL;
	same = before && *now->policy && before->enable_seq == now->enable_seq &&
	       !strcmp(before->policy, now->policy);
	*r = (struct monitor_rates){ .now = now, .seconds = NAN };
	no_counters(r);
	if (before)
		r->seconds = (now->when_ns - before->when_ns) / 1e9;
	r->counted = same && before->counted && now->counted;
	if (r->counted)
		add_counters(before, r);
	if (same)
		add_costs(before, r);
	if (now->counted) {
		waits_of(&now->sum, &now->rare, r->ever);
		r->violations = custody_total(&now->sum, CUSTODY_VIOLATIONS);
	}
	add_idle(before, r);
	monitor_tasks(before, r);
	monitor_groups(before, r);
	monitor_queues(r);
}

void monitor_rates_free(struct monitor_rates *r)
{
	free(r->idle);
	free(r->queue);
	free(r->task);
	free(r->group);
	*r = (struct monitor_rates){ 0 };
}

const struct mon_task *monitor_running(const struct monitor_shot *shot, int cpu)
{
	for (size_t i = 0; i < shot->nr_tasks; i++)
		if (shot->task[i].flags & MON_ON_CPU && shot->task[i].cpu == (__u32)cpu)
			return &shot->task[i];
	return NULL;
}
