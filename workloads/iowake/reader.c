/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stddef.h>
#include <sys/resource.h>
#include "iowake.h"
#include "util/clock.h"

#define WORK_NS 50000

static uint64_t slept(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nvcsw;
}

static void use_data(void)
{
	uint64_t end = clock_ns_of(CLOCK_THREAD_CPUTIME_ID) + WORK_NS;

	while (clock_ns_of(CLOCK_THREAD_CPUTIME_ID) < end)
		for (volatile int i = 0; i < 100; i++)
			;
}

void *reader_thread(void *arg)
{
	struct reader *r = arg;
	uint64_t since, before = slept();

	while ((since = r->await(r))) {
		latency_add(&r->waits.latency, clock_ns() - since);
		r->waits.reads++;
		use_data();
	}
	r->waits.slept = slept() - before;
	return NULL;
}

void reader_merge(struct waits *w, const struct reader *r)
{
	latency_merge(&w->latency, &r->waits.latency);
	w->reads += r->waits.reads;
	w->slept += r->waits.slept;
}
