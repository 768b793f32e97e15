/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs that a report must bear: hostile names, nothing proven, too few and too many of everything. */
#pragma once
#include "fake_run.h"

#define ODD_NAME "<script>alert(1)</script>"
#define ODD_PATH "../../x"

/* Every byte but NUL, in the order that no encoding likes. */
static inline char *odd_bytes(void)
{
	char *text = mem_zalloc(257, 1);

	for (int i = 1; i < 256; i++)
		text[i - 1] = (char)(256 - i);
	return text;
}

static inline void odd_set(char **text, const char *to)
{
	free(*text);
	*text = mem_strdup(to);
}

static inline void odd_rename_policy(struct store_run *run, unsigned policy, const char *to)
{
	char *was = mem_strdup(run->run.policies[policy]);

	odd_set(&run->run.policies[policy], to);
	for (size_t i = 0; i < run->nr; i++)
		if (!strcmp(run->sample[i].policy, was))
			odd_set(&run->sample[i].policy, to);
	free(was);
}

static inline void odd_rename_workload(struct store_run *run, unsigned work, const char *to)
{
	char *was = mem_strdup(run->run.workloads[work]);

	odd_set(&run->run.workloads[work], to);
	for (size_t i = 0; i < run->nr; i++)
		if (!strcmp(run->sample[i].workload, was))
			odd_set(&run->sample[i].workload, to);
	free(was);
}

/* Leaves what the predicate says; what goes is freed. */
static inline void odd_keep_policies(struct store_run *run, unsigned first, unsigned nr)
{
	size_t kept = 0;

	for (size_t i = 0; i < run->nr; i++) {
		bool keep = false;

		for (unsigned p = first; p < first + nr; p++)
			keep |= !strcmp(run->sample[i].policy, run->run.policies[p]);
		if (keep)
			run->sample[kept++] = run->sample[i];
		else
			record_free(&run->sample[i]);
	}
	run->nr = kept;
	for (unsigned p = 0; p < FAKE_POLICIES; p++)
		if (p < first || p >= first + nr)
			free(run->run.policies[p]);
	memmove(run->run.policies, run->run.policies + first, nr * sizeof(char *));
	run->run.policies[nr] = NULL;
	run->run.planned = (unsigned)kept;
}

/* Metrics with this prefix are not there. */
static inline void odd_drop_metrics(struct store_run *run, const char *prefix)
{
	for (size_t i = 0; i < run->nr; i++) {
		struct metrics *m = &run->sample[i].metrics, left = { 0 };

		for (size_t k = 0; k < m->nr; k++) {
			const struct metric *x = &m->metric[k];

			if (!strncmp(x->name, prefix, strlen(prefix)))
				continue;
			if (isnan(x->value))
				metrics_absent(&left, x->name, x->unit, x->absent);
			else
				metrics_add(&left, x->name, x->unit, x->better, x->value);
		}
		left.hist = m->hist;
		left.nr_hists = m->nr_hists;
		m->hist = NULL;
		m->nr_hists = 0;
		metrics_free(m);
		*m = left;
	}
}

static inline struct store_run odd_real(void)
{
	struct store_run run = fake_run(7);

	fake_faults(&run);
	return run;
}

static inline struct store_run odd_hostile(void)
{
	struct store_run run = odd_real();
	char *bytes = odd_bytes();

	odd_rename_policy(&run, 1, ODD_NAME);
	odd_rename_policy(&run, 2, ODD_PATH);
	odd_rename_workload(&run, 0, ODD_PATH);
	odd_rename_workload(&run, 2, ODD_NAME);
	odd_rename_policy(&run, 3, bytes);
	odd_set(&run.run.command, bytes);
	odd_set(&run.run.env[0].value, bytes);
	odd_set(&run.sample[30].why, bytes);
	run.sample[30].status = STATUS_VOID;
	odd_set(&run.sample[30].violations, bytes);
	record_take_proof(&run.sample[30], proof_named("task", bytes, false));
	free(bytes);
	return run;
}

static inline struct store_run odd_void(void)
{
	struct store_run run = fake_run(3);

	for (size_t i = 0; i < run.nr; i++) {
		run.sample[i].status = STATUS_VOID;
		odd_set(&run.sample[i].why, "state after attach: disabled");
	}
	return run;
}

static inline struct store_run odd_fair_alone(void)
{
	struct store_run run = fake_run(7);

	odd_keep_policies(&run, 0, 1);
	return run;
}

static inline struct store_run odd_without_fair(void)
{
	struct store_run run = fake_run(7);

	odd_keep_policies(&run, 4, 1);
	return run;
}

static inline struct store_run odd_one_block(void)
{
	return fake_run(1);
}

/* Copies of the last policy's samples under new names, until there are so many policies. */
static inline void odd_multiply(struct store_run *run, unsigned nr)
{
	run->run.policies = mem_resize(run->run.policies, (nr + 1) * sizeof(char *));
	for (unsigned p = FAKE_POLICIES; p < nr; p++) {
		run->run.policies[p] = mem_printf("prioq:slice_us=%u", 100 * p);
		for (unsigned b = 1; b <= run->run.blocks; b++)
			for (unsigned w = 0; w < FAKE_WORKLOADS; w++) {
				fake_sample(run, FAKE_POLICIES - 1, w, b);
				odd_set(&run->sample[run->nr - 1].policy, run->run.policies[p]);
			}
	}
	run->run.policies[nr] = NULL;
	run->run.planned = (unsigned)run->nr;
}

static inline struct store_run odd_crowd(void)
{
	struct store_run run = fake_run(6);

	odd_multiply(&run, 64);
	return run;
}

static inline struct store_run odd_no_custody(void)
{
	struct store_run run = fake_run(6);

	odd_drop_metrics(&run, "custody.");
	return run;
}

static inline struct store_run odd_no_perf(void)
{
	struct store_run run = fake_run(6);

	odd_drop_metrics(&run, "perf.");
	return run;
}

static inline struct store_run odd_nothing(void)
{
	struct store_run run = fake_run(2);

	for (size_t i = 0; i < run.nr; i++)
		record_free(&run.sample[i]);
	run.nr = 0;
	return run;
}

/* Each policy switches more often than the one before it. */
static inline struct store_run odd_moved(void)
{
	struct store_run run = fake_run(15);

	for (size_t i = 0; i < run.nr; i++)
		for (unsigned p = 0; p < FAKE_POLICIES; p++)
			if (!strcmp(run.sample[i].policy, run.run.policies[p]))
				metrics_add(&run.sample[i].metrics, "sched.switches", "count", BETTER_NONE,
					    1e6 * (p + 1) * fake_noise());
	return run;
}

/* Numbers of any length and of both signs, or all the same, in long units; and it goes on. */
static inline struct store_run odd_wide(void)
{
	static const double scale[FAKE_WORKLOADS] = { 1e6, 1e-6, 1e9, -1, 0 };
	static const char *const unit[FAKE_WORKLOADS] = { "us", "us", "messages/s", "%", "s" };
	struct store_run run = fake_run(3);

	for (size_t i = 0; i < run.nr; i++)
		for (unsigned w = 0; w < FAKE_WORKLOADS; w++) {
			struct metrics *m = &run.sample[i].metrics;

			if (strcmp(run.sample[i].workload, run.run.workloads[w]))
				continue;
			m->metric[0].value = m->metric[0].value * scale[w] + (scale[w] == 0);
			odd_set(&m->metric[0].unit, unit[w]);
			for (size_t k = 0; w == 0 && k < m->hist[0].nr; k++) {
				m->hist[0].bins[k].low *= m->hist[0].bins[k].low;
				m->hist[0].bins[k].high *= m->hist[0].bins[k].high;
			}
		}
	run.run.planned += 50;
	return run;
}

/* 10,000 timed samples and the instrumented ones. */
static inline struct store_run odd_many(void)
{
	return fake_run(10000 / FAKE_POLICIES / FAKE_WORKLOADS);
}

static const struct odd {
	const char *name;
	struct store_run (*make)(void);
	bool without_tools; /* neither gnuplot nor dot */
} odds[] = {
	{ "no-gnuplot", odd_real, true },
	{ "real", odd_real, false },
	{ "hostile", odd_hostile, false },
	{ "void", odd_void, false },
	{ "fair-alone", odd_fair_alone, false },
	{ "without-fair", odd_without_fair, false },
	{ "one-block", odd_one_block, false },
	{ "crowd", odd_crowd, false },
	{ "no-custody", odd_no_custody, false },
	{ "no-perf", odd_no_perf, false },
	{ "nothing", odd_nothing, false },
	{ "moved", odd_moved, false },
	{ "wide", odd_wide, false },
	{ "many", odd_many, false },
};
#define NR_ODDS (sizeof(odds) / sizeof(*odds))

/* As in the report's folder: its name is its id. */
static inline struct store_run odd_run(const struct odd *odd)
{
	struct store_run run = odd->make();

	odd_set(&run.run.id, odd->name);
	return run;
}
