/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "../kit/tenant.h"

/*
 * requests.c: a thread per CPU, each of which has a request to answer every 10 ms, whether or not it is done
 * with the last one, which takes an amount of CPU time. Latency counts from when a request was due to its
 * end.
 */
#define REQUEST_PERIOD_S 0.01
struct requests;
struct requests *requests_make(double seconds); /* room for so long; NULL: logged */
/* The body of a tenant; arg is the struct requests. They begin at once. */
void requests_body(void *arg);
/* Sets the CPU time of each request from now on. */
void requests_cost(struct requests *r, double seconds);
/* From now on all are kept, for requests_sorted(). */
void requests_keep(struct requests *r);
/*
 * The 95th percentile, in us, of the requests that ended since the last call and those that are due, which
 * count with their time so far; 0: there was none.
 */
double requests_latency(struct requests *r);
/* All latencies that were kept, ascending; the caller frees them. */
double *requests_sorted(struct requests *r, size_t *nr);

/* balance.c: the controller, on a group; it gets a latency now and then. */
int balance_begin(const char *group, double target_us);
void balance_tell(double latency_us);
/* How many changes it made; -1: it was not started, or it gave up and logged why. */
long balance_end(void);
