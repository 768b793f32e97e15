/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Our own cost inside the window: our CPU time and that of the children that existed when it began (the
 * policy's holder, perf). They have not ended, so getrusage() does not count them yet.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

#define MAX_CLOCKS 32

struct source {
	clockid_t clock[MAX_CLOCKS];
	double before_s[MAX_CLOCKS];
	int nr;
	bool alone; /* the kernel does not list our children: CONFIG_PROC_CHILDREN */
};

static double read_clock(clockid_t clock)
{
	struct timespec t;

	return clock_gettime(clock, &t) ? -1 : t.tv_sec + t.tv_nsec * 1e-9;
}

static void add_clock(struct source *state, clockid_t clock)
{
	double now = read_clock(clock);

	if (now < 0 || state->nr == MAX_CLOCKS)
		return;
	state->clock[state->nr] = clock;
	state->before_s[state->nr++] = now;
}

static struct source *harness_begin(const struct source_ctx *ctx)
{
	struct source *state = mem_zalloc(1, sizeof(*state));
	char *children, *pid;
	clockid_t clock;

	(void)ctx;
	add_clock(state, CLOCK_PROCESS_CPUTIME_ID);
	state->alone = fs_read(fs_sys("/proc/thread-self/children"), &children, NULL) < 0;
	if (state->alone)
		return state;
	for (pid = strtok(children, " \n"); pid; pid = strtok(NULL, " \n"))
		if (!clock_getcpuclockid(atoi(pid), &clock))
			add_clock(state, clock);
	free(children);
	return state;
}

static void harness_end(struct source *s, struct metrics *m)
{
	struct source *state = s;
	double cpu_s = 0;

	for (int i = 0; i < state->nr; i++) {
		double now = read_clock(state->clock[i]);

		if (now > state->before_s[i])
			cpu_s += now - state->before_s[i];
	}
	if (state->alone)
		metrics_absent(m, METRIC_HARNESS_CPU, "s",
			       "this kernel does not list our children (CONFIG_PROC_CHILDREN)");
	else
		metrics_add(m, METRIC_HARNESS_CPU, "s", BETTER_LOWER, cpu_s);
	free(state);
}

const struct source_kind collect_harness = { .name = "harness", .begin = harness_begin, .end = harness_end };
