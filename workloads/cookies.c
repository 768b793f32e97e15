/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cookies: groups of CPU-bound tasks, each with a core-scheduling cookie of its own.
 *
 * SMT siblings may only run tasks of one cookie at a time. When a sibling switches to another cookie, the
 * kernel looks for a task of that cookie that waits on this CPU's runqueue and runs it, dispatched or not: a
 * core-sched pick, the one way out of custody that no other workload takes. It needs groups: for a task that
 * is alone with its cookie no other could be picked. Such tasks, one per CPU, are the variant "turns":
 * siblings can only take turns, and the policy's core_sched_before decides which is next.
 *
 * Forced idle is part of the result: a policy that keeps tasks of one cookie together gets more done.
 * least_share shows whether that disadvantaged a task: 100 % is an equal share of all that was done.
 */
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>
#include "kit.h"
#include "kit/cookie.h"
#include "kit/together.h"

#define SECONDS 2
#define CHUNK 20000

/* The work of one task, on its own cache line. */
struct work {
	_Alignas(128) uint64_t chunks;
};

struct shape {
	long groups, tasks; /* tasks per group */
};

struct shared {
	struct together together;
	struct shape shape;
	struct work work[];
};

struct member {
	struct shared *shared;
	long group;
};

static struct shape shape(void)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "";
	long cpus = kit_env("SCXB_CPUS", 1);

	if (!strcmp(variant, "turns"))
		return (struct shape){ cpus, 1 };
	return (struct shape){ cpus < 3 ? 3 : cpus, 5 };
}

static int cookies_describe(void)
{
	printf("summary CPU-bound tasks with core-scheduling cookies (needs CONFIG_SCHED_CORE and SMT)\n"
	       "primary done\ndefault no\nsettle_s 5\n"
	       "typical_s %.1f\ntimeout_s %ld\nidentity duration=%lds\n"
	       "variant groups five tasks share a cookie, a group per CPU\n"
	       "variant turns a task per CPU, each with its own cookie: SMT siblings take turns\n",
	       SECONDS * kit_scale() + 0.5, 30 + 10 * kit_scale(), SECONDS * kit_scale());
	return 0;
}

static void cookies_task(long number, int gate, void *arg)
{
	const struct member *of = arg;
	struct work *work = &of->shared->work[of->group * of->shared->shape.tasks + number];
	volatile uint32_t x = 1;

	together_wait(gate);
	while (together_goes_on(&of->shared->together)) {
		for (int i = 0; i < CHUNK; i++)
			x = x * 1664525 + 1013904223;
		work->chunks++;
	}
}

static void cookies_group(long number, int gate, void *arg)
{
	struct shared *shared = arg;
	struct member of = { shared, number };

	if (cookie_new())
		_exit(kit_fail("no core-scheduling cookie: %s", strerror(errno)));
	together_tasks(shared->shape.tasks, gate, cookies_task, &of);
}

static void cookies_report(const struct work *work, long nr)
{
	uint64_t sum = 0, least = UINT64_MAX;

	for (long i = 0; i < nr; i++) {
		sum += work[i].chunks;
		if (work[i].chunks < least)
			least = work[i].chunks;
	}
	fprintf(kit_results(), "metric done chunks/s higher %.1f\n", (double)sum / (SECONDS * kit_scale()));
	fprintf(kit_results(), "metric work_done chunk none %lu\n", sum);
	fprintf(kit_results(), "metric least_share %% higher %.1f\n", sum ? 100.0 * least * nr / sum : 0);
}

static int cookies_run(void)
{
	struct shape want = shape();
	long nr = want.groups * want.tasks;
	const char *lacks = cookie_lacks();
	struct shared *shared;

	if (lacks)
		return kit_fail("%s", lacks);
	shared = mmap(NULL, sizeof(*shared) + nr * sizeof(*shared->work), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return kit_fail("no memory: %s", strerror(errno));
	shared->shape = want;
	shared->together.seconds = SECONDS * kit_scale();
	if (together_start(&shared->together, want.groups, cookies_group, shared) || !together_reap())
		return kit_fail("a task failed");
	cookies_report(shared->work, nr);
	return 0;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, cookies_describe, cookies_run);
}
