/* SPDX-License-Identifier: GPL-2.0-or-later */
/* exact: what single operations cost, in instructions. */
#include "exact.h"
#include "../kit.h"

#include <unistd.h>

long cost_depth;

/* The kernel frees programs and maps of the policy before this one when it comes to it, which must not be
 * counted.
 */
#define SETTLE_S 2

static const struct variant {
	const char *name, *summary;
	int (*run)(long n, struct cost *cost);
	long n, depth;
} variants[] = {
	{ "pipe", "a switch between two processes by two pipes", cost_pipe, 9000, 0 },
	{ "pinned", "the same on one CPU of several", cost_pinned, 9000, 0 },
	{ "ring-4", "a switch among 4 tasks that hand on a byte", cost_ring, 36000, 4 },
	{ "ring-100", "a switch among 100 tasks that hand on a byte", cost_ring, 36000, 100 },
	{ "ring-1000", "a switch among 1,000 tasks that hand on a byte", cost_ring, 36000, 1000 },
	{ "yield-3", "a switch among 3 tasks that only yield", cost_yield, 27000, 3 },
	{ "yield-10", "a switch among 10 tasks that only yield", cost_yield, 27000, 10 },
	{ "yield-100", "a switch among 100 tasks that only yield", cost_yield, 27000, 100 },
	{ "yield-400", "a switch among 400 tasks that only yield", cost_yield, 27000, 400 },
	{ "timer", "a wakeup of a task that sleeps on an idle CPU", cost_timer, 4500, 0 },
	{ "message", "a message of hackbench, from the difference of two lengths", cost_message, 40, 0 },
	{ "fork", "fork, exec, exit and wait of a process", cost_fork, 108, 0 },
	{ "change", "a change to SCHED_BATCH or back of a task that waits in the queue", cost_change, 45000,
	  0 },
};

#define NR_VARIANTS (sizeof(variants) / sizeof(*variants))

static int exact_describe(void)
{
	printf("summary what single operations cost, in instructions\nprimary cost\ntimeout_s 600\nidentity 1\n"
	       "typical_s 1\ndefault no\n");
	for (size_t i = 0; i < NR_VARIANTS; i++)
		printf("variant %s %s\n", variants[i].name, variants[i].summary);
	return 0;
}

static int take_variant(const struct variant *v)
{
	struct cost cost = { 0 };

	cost_depth = v->depth;
	sleep(SETTLE_S);
	if (counter_open() || v->run(v->n, &cost))
		return 1;
	cost_report(&cost);
	return 0;
}

static int exact_run(void)
{
	const char *name = getenv("SCXB_VARIANT") ?: "";

	for (size_t i = 0; i < NR_VARIANTS; i++)
		if (!strcmp(name, variants[i].name))
			return take_variant(&variants[i]);
	return kit_fail("unknown variant '%s'", name);
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "nothing"))
		return 0;
	return kit_main(argc, argv, exact_describe, exact_run);
}
