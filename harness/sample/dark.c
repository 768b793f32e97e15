/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/dark.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "util/affinity.h"
#include "util/clock.h"
#include "util/mem.h"

#define STACK_SIZE (64 * 1024) /* the caller's memory is locked */

struct dark {
	pthread_t thread;
	struct affinity cpu;
	double begun, longest, back;
	atomic_bool runs, over, done;
};

static void *probe_run(void *arg)
{
	struct dark *d = arg;
	double last, now;
	bool over;

	prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
	affinity_set(&d->cpu);
	last = clock_s();
	d->runs = true;
	do {
		over = d->over;
		clock_sleep(DARK_WAKE_S);
		now = clock_s();
		d->longest = now - last > d->longest ? now - last : d->longest;
		last = now;
	} while (!over);
	d->back = now - d->begun;
	d->done = true;
	return NULL;
}

/* Of those that we may use: the first that is not this one. */
static struct affinity choose_cpu(void)
{
	struct affinity all = { 0 }, one = { 0 };
	int nr = 0, *cpus, here = sched_getcpu();

	affinity_get(&all);
	cpus = affinity_list(&all, &nr);
	if (nr)
		affinity_add(&one, cpus[nr > 1 && cpus[0] == here]);
	free(cpus);
	return one;
}

/* In the ordinary class, whichever is the caller's; the caller alone gets signals. */
static int start_probe(struct dark *d)
{
	struct sched_param ordinary = { 0 };
	sigset_t all, before;
	pthread_attr_t attr;
	int err;

	sigfillset(&all);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attr, SCHED_OTHER);
	pthread_attr_setschedparam(&attr, &ordinary);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	err = pthread_create(&d->thread, &attr, probe_run, d);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return err;
}

static bool comes(const atomic_bool *what)
{
	double end = clock_s() + DARK_LIMIT_S;

	while (!*what && clock_s() < end)
		clock_sleep(DARK_WAKE_S);
	return *what;
}

struct dark *dark_begin(void)
{
	struct dark *d = mem_zalloc(1, sizeof(*d));

	d->cpu = choose_cpu();
	if (start_probe(d)) {
		free(d);
		return NULL;
	}
	comes(&d->runs);
	d->begun = clock_s();
	return d;
}

static void add_seen(const struct dark *d, struct metrics *m, const char *name, double value)
{
	if (d->done)
		metrics_add(m, name, "s", BETTER_LOWER, value);
	else
		metrics_absent(m, name, "s", "the probe did not run within a second");
}

void dark_look(struct dark *d, struct metrics *m, const char *name)
{
	if (!d)
		return;
	d->over = true;
	comes(&d->done);
	add_seen(d, m, name, d->longest);
}

void dark_back(const struct dark *d, struct metrics *m, const char *name)
{
	if (d)
		add_seen(d, m, name, d->back);
}

void dark_free(struct dark *d)
{
	if (!d)
		return;
	d->over = true;
	pthread_join(d->thread, NULL);
	free(d);
}
