/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "../kit/tenant.h"

/*
 * requests.c: a thread a CPU, each of which has a request to answer every 10 ms, whether it is done with the
 * last or not, in an amount of CPU time. Latency is from when a request was due to its end.
 */
#define REQUEST_PERIOD_S 0.01
struct requests;
struct requests *requests_make(double seconds); /* room for so long; NULL: told */
/* A body of a tenant; begins at once. */
void requests_body(void *requests);
/* CPU time of each request from now on. */
void requests_cost(struct requests *r, double seconds);
/* From now on all are kept, for requests_sorted(). */
void requests_keep(struct requests *r);
/*
 * The 95th percentile, in us, of those that ended since the last time and those that are due, which count
 * with the time so far; 0: there was none.
 */
double requests_latency(struct requests *r);
/* The same of all that were kept, ascending; the caller's to free. */
double *requests_sorted(struct requests *r, size_t *nr);

/* balance.c: the controller, on a group; told of a latency now and then. */
int balance_begin(const char *group, double target_us);
void balance_tell(double latency_us);
/* How many changes it made; -1: none was begun, or it gave up and said why. */
long balance_end(void);
