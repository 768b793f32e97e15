/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run as the store would give it: five policies, five workloads, every kind of sample; always the same. */
#pragma once
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "store/store.h"
#include "util/mem.h"

#define FAKE_POLICIES 5
#define FAKE_WORKLOADS 5

static char **fake_list(const char *const *names, size_t nr)
{
	char **list = mem_zalloc(nr + 1, sizeof(*list));

	for (size_t i = 0; i < nr; i++)
		list[i] = mem_strdup(names[i]);
	return list;
}

static double fake_noise(void)
{
	return exp(0.02 * ((double)random() / RAND_MAX - 0.5));
}

/* Most wakeups are short, some long, few very long. */
static void fake_latency(struct metrics *m, double scale)
{
	struct hist *h = metrics_hist(m, "latency", "us");

	for (unsigned us = 1; us < 400; us++) {
		double x = us / scale,
		       count = 30000 * exp(-(x - 12) * (x - 12) / 40) + 4e6 / (x * x * x * x + 1e3);

		hist_add(h, us, us + 1, (uint64_t)count);
	}
}

static void fake_ledger(struct metrics *m, unsigned policy, unsigned block)
{
	double periods = 20000 + 100 * policy + block;

	if (policy == 3) {
		metrics_absent(m, "custody.entry_dsq", "count", "the object has no map scxb_cpu");
		return;
	}
	metrics_add(m, policy == 4 ? "custody.entry_own" : "custody.entry_dsq", "count", BETTER_NONE,
		    periods);
	metrics_add(m, "custody.entry_select", "count", BETTER_NONE, 1000);
	metrics_add(m, "custody.exit_dispatch", "count", BETTER_NONE, periods - 500);
	metrics_add(m, "custody.exit_change", "count", BETTER_NONE, 1500);
	metrics_add(m, "custody.exit_inferred", "count", BETTER_NONE, 0);
	metrics_add(m, "custody.double_entry", "count", BETTER_NONE, policy == 2 && block == 2 ? 3 : 0);
	metrics_add(m, "custody.lost_race", "count", BETTER_NONE, 7);
	for (unsigned i = 0; i < 20; i++)
		hist_add(i ? &m->hist[m->nr_hists - 1] : metrics_hist(m, "custody_ns.dispatch", "ns"),
			 1000 << i, 2000 << i, 100000 >> i);
}

/* The last edge of the last policy is one that the kernel does not have. */
static void fake_life(struct metrics *m, unsigned policy)
{
	static const char *const edge[] = { "life.enqueue.custody",    "life.custody.dispatched",
					    "life.dispatched.running", "life.running.stopping",
					    "life.stopping.enqueue",   "life.custody.running" };

	if (!policy) {
		metrics_absent(m, "life.missed", "count", "fair gives no task into custody");
		return;
	}
	metrics_add(m, "life.missed", "count", BETTER_NONE, 0);
	for (unsigned i = 0; i < 5 + (policy == 4); i++) {
		metrics_add(m, edge[i], "count", BETTER_NONE, 40000 >> (2 * i));
		hist_add(metrics_hist(m, edge[i], "ns"), 500 << i, 1000 << i, 40000 >> (2 * i));
	}
}

static void fake_collected(struct metrics *m, struct record *r)
{
	metrics_absent(m, "perf.cycles", "count", "this CPU has no hardware counters");
	metrics_add(m, "perf.context-switches", "count", BETTER_NONE, 1234567 * fake_noise());
	metrics_add(m, "psi.cpu_some", "us", BETTER_LOWER, 812345 * fake_noise());
	metrics_add(m, "sched.run_delay", "ns", BETTER_LOWER, 93211 * fake_noise());
	if (!r->instrumented)
		return;
	metrics_add(m, "bpf.ns.enqueue", "ns", BETTER_LOWER, 312 * fake_noise());
	metrics_add(m, "bpf.op.enqueue", "count", BETTER_NONE, 421337);
	metrics_add(m, "bpf.ns.dispatch", "ns", BETTER_LOWER, 845 * fake_noise());
	metrics_add(m, "bpf.op.dispatch", "count", BETTER_NONE, 99120);
}

/* Ratios to fair that the generator puts in: policy by workload. */
static const double fake_ratio[FAKE_POLICIES][FAKE_WORKLOADS] = {
	{ 1, 1, 1, 1, 1 },	  { 0.9, 1.3, 1.02, 1, 1.1 }, { 0.8, 0.9, 0.97, 1, 1.05 },
	{ 1.5, 1.2, 0.95, 1, 1 }, { 1.1, 0.85, 1.4, 1, 0.9 },
};
static const double fake_base[FAKE_WORKLOADS] = { 48, 95, 3.2, 4.1, 22 };

static void fake_sample(struct store_run *run, unsigned policy, unsigned work, unsigned block)
{
	struct record *r;
	double value = fake_base[work] * fake_ratio[policy][work] * fake_noise();

	run->sample = mem_grow(run->sample, run->nr, sizeof(*run->sample));
	r = &run->sample[run->nr++];
	*r = (struct record){ .seq = (unsigned)run->nr,
			      .block = block,
			      .instrumented = !block,
			      .policy = mem_strdup(run->run.policies[policy]),
			      .workload = mem_strdup(run->run.workloads[work]),
			      .elapsed_s = 5,
			      .window_s = 4 };
	record_take_proof(r, proof_named("state after attach", "enabled", true));
	record_take_proof(r, proof_named("ops name", r->policy, true));
	metrics_add(&r->metrics, run->run.primary[work], work < 2 ? "us" : "s", BETTER_LOWER, value);
	if (work < 2)
		fake_latency(&r->metrics, fake_ratio[policy][work] * (work + 1));
	if (policy)
		fake_ledger(&r->metrics, policy, block);
	fake_collected(&r->metrics, r);
	if (r->instrumented)
		fake_life(&r->metrics, policy);
}

static void fake_fail(struct record *r, enum status status, const char *why)
{
	r->status = status;
	r->why = mem_strdup(why);
}

/* One sample each that is void, ejected and failed; the proof and the texts have what must be escaped. */
static inline void fake_faults(struct store_run *run)
{
	struct record *r = &run->sample[FAKE_POLICIES * FAKE_WORKLOADS + 2];

	fake_fail(r, STATUS_VOID, "the ledger does not balance: 3 violations");
	record_take_proof(r,
			  proof_named("violations", "3 of double_entry by \"<b>stress & \xff\x01\"", false));
	r->violations = mem_strdup("[{\"kind\": \"double_entry\", \"pid\": 4711, \"comm\": \"<script>\"}]");
	r = &run->sample[FAKE_POLICIES * FAKE_WORKLOADS + 8];
	fake_fail(r, STATUS_EJECTED, "the kernel threw the policy out");
	r->ejection = (struct ejection){ 1026,
					 0,
					 mem_strdup("runnable task stall"),
					 mem_strdup("kworker/0:1[33] failed to run for 30.1s"),
					 mem_strdup("CPU 0: nr_run=3 flags=0x1"),
					 31.25 };
	fake_fail(&run->sample[14], STATUS_FAILED, "the workload exited with 2: see its log");
}

static inline struct store_run fake_run(unsigned blocks)
{
	static const char *const policies[] = { "fair", "fifo", "vtime:slice_us=3000", "locality", "prioq" };
	static const char *const works[] = { "cyclictest", "cyclictest-loaded", "hackbench-pipe",
					     "hackbench-socket", "build" };
	static const char *const primary[] = { "latency.p99", "latency.p99", "time", "time", "time" };
	struct store_run run = { .run = { .id = mem_strdup("20261122-164501-7f3a"),
					  .plan = mem_strdup("demo"),
					  .command = mem_strdup(
						  "scxbench bench --plan demo --seed 42 -s 'vtime'"),
					  .where = mem_strdup("lab"),
					  .emulated = true,
					  .seed = 42,
					  .blocks = blocks } };

	srandom(1);
	run.run.policies = fake_list(policies, FAKE_POLICIES);
	run.run.workloads = fake_list(works, FAKE_WORKLOADS);
	run.run.primary = fake_list(primary, FAKE_WORKLOADS);
	run.run.env = mem_zalloc(2, sizeof(*run.run.env));
	run.run.env[run.run.nr_env++] =
		(struct pair){ mem_strdup("kernel"), mem_strdup("7.3.4+deb13-cloud-amd64") };
	run.run.env[run.run.nr_env++] = (struct pair){ mem_strdup("fair"), mem_strdup("EEVDF") };
	for (unsigned b = 1; b <= blocks; b++)
		for (unsigned i = 0; i < FAKE_POLICIES * FAKE_WORKLOADS; i++)
			fake_sample(&run, i % FAKE_POLICIES, i / FAKE_POLICIES, b);
	for (unsigned i = 0; i < FAKE_POLICIES * FAKE_WORKLOADS; i++)
		if (i % FAKE_POLICIES)
			fake_sample(&run, i % FAKE_POLICIES, i / FAKE_POLICIES, 0);
	run.run.planned = (unsigned)run.nr;
	return run;
}
