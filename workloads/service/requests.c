/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>
#include "../kit.h"
#include "service.h"
#include "util/clock.h"

#define QUANTILE 0.95

struct lane {			    /* of one thread */
	_Alignas(128) double begun; /* when its first request was due; 0: it does not run yet */
	long done;
};

struct requests {
	long lanes, room; /* room: requests per lane */
	double cost;	  /* CPU s */
	struct {
		long told, kept; /* the request up to which, and from which on */
	} *mine;		 /* of the measuring side, by lane */
	double *latency;	 /* s; room per lane */
	struct lane lane[];
};

struct requests *requests_make(double seconds)
{
	long lanes = kit_env("SCXB_CPUS", 1), room = seconds / REQUEST_PERIOD_S + 1;
	struct requests *r = shared_memory(sizeof(*r) + lanes * sizeof(*r->lane));

	if (!r)
		return NULL;
	r->lanes = lanes;
	r->room = room;
	r->mine = calloc(lanes, sizeof(*r->mine));
	r->latency = shared_memory(lanes * room * sizeof(*r->latency));
	return r->mine && r->latency ? r : NULL;
}

static void answer(const struct requests *r)
{
	uint64_t end = clock_ns_of(CLOCK_THREAD_CPUTIME_ID);
	double cost;

	__atomic_load(&r->cost, &cost, __ATOMIC_RELAXED);
	end += (uint64_t)(cost * 1e9);
	while (clock_ns_of(CLOCK_THREAD_CPUTIME_ID) < end)
		for (volatile int i = 0; i < 1000; i++)
			;
}

static double lane_begun(const struct lane *lane)
{
	double begun;

	__atomic_load(&lane->begun, &begun, __ATOMIC_ACQUIRE);
	return begun;
}

static double due(const struct lane *lane, long nr)
{
	return lane_begun(lane) + nr * REQUEST_PERIOD_S;
}

static void requests_serve(struct requests *r, struct lane *lane)
{
	double *latency = &r->latency[(lane - r->lane) * r->room];

	__atomic_store(&lane->begun, &(double){ clock_s() }, __ATOMIC_RELEASE);
	for (long nr = 0; nr < r->room; nr++) {
		clock_sleep_until(due(lane, nr));
		answer(r);
		latency[nr] = clock_s() - due(lane, nr);
		__atomic_store_n(&lane->done, nr + 1, __ATOMIC_RELEASE);
	}
	for (;;)
		pause();
}

struct seat {
	struct requests *requests;
	struct lane *lane;
};

static void *serve_thread(void *arg)
{
	struct seat *seat = arg;

	requests_serve(seat->requests, seat->lane);
	return NULL;
}

void requests_body(void *arg)
{
	struct requests *r = arg;
	struct seat *seat = calloc(r->lanes, sizeof(*seat));
	pthread_t thread;

	if (!seat)
		_exit(1);
	for (long i = 1; i < r->lanes; i++) {
		seat[i] = (struct seat){ r, &r->lane[i] };
		if (pthread_create(&thread, NULL, serve_thread, &seat[i]))
			_exit(1);
	}
	requests_serve(r, &r->lane[0]); /* seats end with us: NOLINT(clang-analyzer-unix.Malloc) */
}

void requests_cost(struct requests *r, double seconds)
{
	__atomic_store(&r->cost, &seconds, __ATOMIC_RELAXED);
}

static long done(const struct requests *r, long lane)
{
	return __atomic_load_n(&r->lane[lane].done, __ATOMIC_ACQUIRE);
}

void requests_keep(struct requests *r)
{
	for (long i = 0; i < r->lanes; i++)
		r->mine[i].kept = done(r, i);
}

static int requests_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The latencies of each lane, in us: requests that are done, then those that are due and not done. */
static double *requests_collect(struct requests *r, bool kept, size_t *nr)
{
	double now = clock_s(), *all = calloc(r->lanes * r->room, sizeof(*all));

	*nr = 0;
	for (long i = 0; all && i < r->lanes; i++) {
		const struct lane *lane = &r->lane[i];
		long request = kept ? r->mine[i].kept : r->mine[i].told, end = done(r, i);

		r->mine[i].told = end;
		for (; request < end; request++)
			all[(*nr)++] = 1e6 * r->latency[i * r->room + request];
		for (; lane_begun(lane) > 0 && request < r->room && due(lane, request) < now; request++)
			all[(*nr)++] = 1e6 * (now - due(lane, request));
	}
	if (all)
		qsort(all, *nr, sizeof(*all), requests_compare);
	return all;
}

double requests_latency(struct requests *r)
{
	size_t nr;
	double *all = requests_collect(r, false, &nr),
	       latency = all && nr ? all[(size_t)ceil(QUANTILE * nr) - 1] : 0;

	free(all);
	return latency;
}

double *requests_sorted(struct requests *r, size_t *nr)
{
	return requests_collect(r, true, nr);
}
