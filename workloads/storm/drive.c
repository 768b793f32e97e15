/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A driver for each kind of change, in SCHED_FIFO, or it would wait with the tasks that it changes. Together
 * they take at most 40 % of the machine, so that tasks can run in between, even a task that may use only one
 * CPU.
 *
 * At a given rate the weights divide the changes; without one they divide the drivers' CPU time.
 */
#include <math.h>
#include <pthread.h>
#include <time.h>
#include "../kit.h"
#include "../kit/undo.h"
#include "storm.h"
#include "util/clock.h"

#define SHARE 0.4	/* of all CPUs, for all drivers */
#define MAX_SHARE 0.5	/* of one CPU, for one driver */
#define TURN_NS 1000000 /* a driver pauses after this much work */
#define PRIORITY 2	/* above the one task that a driver may have put into FIFO */

struct driver {
	struct storm *storm;
	const struct kind *kind;
	pthread_t thread;
	bool runs;
	uint64_t random, done, caught;
	double share;	    /* of one CPU */
	uint64_t period_ns; /* between two changes, at least */
};

/* splitmix64 */
static uint64_t draw_number(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static void drive_change(struct driver *d)
{
	struct draw draw = { .who = draw_number(&d->random), .how = draw_number(&d->random) };
	enum outcome outcome = d->kind->change(d->storm, draw);

	d->done += outcome != REFUSED;
	d->caught += outcome == CAUGHT;
}

static void *driver_main(void *arg)
{
	struct driver *d = arg;
	uint64_t rested = clock_ns_of(CLOCK_THREAD_CPUTIME_ID), begun, worked, took;

	if (!go_realtime(PRIORITY))
		kit_fail("SCHED_FIFO is not permitted for a driver: run as root");
	while (!__atomic_load_n(&d->storm->stop, __ATOMIC_RELAXED)) {
		begun = clock_ns();
		drive_change(d);
		worked = clock_ns_of(CLOCK_THREAD_CPUTIME_ID) - rested;
		if (worked > TURN_NS) {
			clock_sleep(worked * (1 / d->share - 1) / 1e9);
			rested = clock_ns_of(CLOCK_THREAD_CPUTIME_ID);
		}
		took = clock_ns() - begun;
		if (took < d->period_ns)
			clock_sleep((d->period_ns - took) / 1e9);
	}
	return NULL;
}

static void drive_plan(struct driver *d, unsigned weight, unsigned sum)
{
	const struct storm *s = d->storm;

	d->share = fmin(SHARE * s->cpus * weight / sum, MAX_SHARE);
	if (s->o.rate)
		d->period_ns = 1e9 * sum / weight / s->o.rate;
	if (d->period_ns < d->kind->gap_us * 1000ULL)
		d->period_ns = d->kind->gap_us * 1000ULL;
}

static int drive_start(struct storm *s, struct driver *drivers)
{
	unsigned sum = 0;

	for (int k = 0; k < STORM_NR_KINDS; k++)
		sum += s->absent[k] ? 0 : s->o.weight[k];
	for (int k = 0; k < STORM_NR_KINDS; k++) {
		struct driver *d = &drivers[k];

		*d = (struct driver){ .storm = s, .kind = &storm_kinds[k], .random = s->o.seed * 31 + k };
		if (s->absent[k])
			continue;
		drive_plan(d, s->o.weight[k], sum);
		if (pthread_create(&d->thread, NULL, driver_main, d))
			return kit_fail("a driver can't be started");
		d->runs = true;
	}
	return sum ? 0 : kit_fail("none of the requested kinds of change can be made here");
}

int drive(struct storm *s, struct counts *counts)
{
	struct driver drivers[STORM_NR_KINDS] = { 0 };
	int err = drive_start(s, drivers);

	if (!err)
		clock_sleep(s->o.seconds);
	__atomic_store_n(&s->stop, true, __ATOMIC_RELAXED);
	for (int k = 0; k < STORM_NR_KINDS; k++) {
		if (drivers[k].runs)
			pthread_join(drivers[k].thread, NULL);
		counts->done[k] = drivers[k].done;
		counts->caught[k] = drivers[k].caught;
	}
	return err;
}
