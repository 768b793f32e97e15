/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frames.h"
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include "../kit.h"
#include "util/clock.h"

#define FEW 10
#define READY_S 0.2 /* until the load is under way */

unsigned frames_add(struct frames *f, double from_tick, double frame_time)
{
	unsigned missed = (unsigned)(from_tick / FRAME_S);

	f->time[f->nr++] = frame_time;
	latency_add(&f->times, (uint64_t)(frame_time * 1e9));
	for (unsigned tick = 0; tick <= missed; tick++)
		latency_add(&f->latency, (uint64_t)((from_tick - tick * FRAME_S) * 1e9));
	f->missed += missed;
	f->stutters += frame_time >= 2 * FRAME_S;
	return missed + 1;
}

static int slower_first(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y) - (x > y);
}

double frames_low(const struct frames *f, double share)
{
	size_t nr = (size_t)((double)f->nr * share);
	double *sorted, sum = 0;

	if (nr < FEW)
		return NAN;
	sorted = malloc(f->nr * sizeof(*sorted));
	if (!sorted)
		return NAN;
	memcpy(sorted, f->time, f->nr * sizeof(*sorted));
	qsort(sorted, f->nr, sizeof(*sorted), slower_first);
	for (size_t i = 0; i < nr; i++)
		sum += sorted[i];
	free(sorted);
	return (double)nr / sum;
}

struct loop {
	struct frames frames;
	double begin, end, work;
	pthread_t thread;
};

static void make_frame(double work)
{
	uint64_t end = clock_ns_of(CLOCK_THREAD_CPUTIME_ID) + (uint64_t)(work * 1e9);

	while (clock_ns_of(CLOCK_THREAD_CPUTIME_ID) < end)
		for (volatile int i = 0; i < 1000; i++)
			;
}

/* The end of the frame before the first one is taken to be its tick plus the work. */
static void *frames_loop(void *arg)
{
	struct loop *l = arg;
	double tick = l->begin, last = tick - FRAME_S + l->work;

	while (tick < l->end) {
		double now;

		clock_sleep_until(tick);
		make_frame(l->work);
		now = clock_s();
		tick += FRAME_S * frames_add(&l->frames, now - tick, now - last);
		last = now;
	}
	return NULL;
}

/* The loops' ticks are spread over the period. */
static bool loop_start(struct loop *l, int index, double begin, double seconds)
{
	l->begin = begin + FRAME_S * index / FRAME_LOOPS;
	l->end = l->begin + seconds;
	l->frames.time = calloc((size_t)(seconds / FRAME_S) + 2, sizeof(double));
	return l->frames.time && !pthread_create(&l->thread, NULL, frames_loop, l);
}

static void merge_loop(struct frames *into, const struct frames *f)
{
	memcpy(into->time + into->nr, f->time, f->nr * sizeof(*f->time));
	latency_merge(&into->latency, &f->latency);
	latency_merge(&into->times, &f->times);
	into->nr += f->nr;
	into->missed += f->missed;
	into->stutters += f->stutters;
}

int frames_take(struct frames *f, double seconds, double work)
{
	static struct loop loop[FRAME_LOOPS];
	double begin = clock_s() + READY_S;

	f->time = calloc(FRAME_LOOPS * ((size_t)(seconds / FRAME_S) + 2), sizeof(double));
	if (!f->time || prctl(PR_SET_TIMERSLACK, 1))
		return kit_fail("the loops can't be set up: %s", strerror(errno));
	for (int i = 0; i < FRAME_LOOPS; i++) {
		loop[i].work = work;
		if (!loop_start(&loop[i], i, begin, seconds))
			return kit_fail("a loop can't be started: %s", strerror(errno));
	}
	for (int i = 0; i < FRAME_LOOPS; i++) {
		pthread_join(loop[i].thread, NULL);
		merge_loop(f, &loop[i].frames);
	}
	return 0;
}
