/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "../kit/latency.h"

/* schbench's own, by its letters. */
struct options {
	long message_threads; /* -m */
	long threads;	      /* -t: workers of each message thread */
	long runtime_s;	      /* -r */
	long rps;	      /* -R: requests per second of all; 0: at saturation */
	long footprint_kb;    /* -F: of a worker's matrices */
	long operations;      /* -n: multiplications of them in a request */
	long sleep_us;	      /* -s: in a request, before the work */
	bool real;	      /* schbench itself is to be run */
};

/* Of SCXB_VARIANT and SCHBENCH_OPTIONS. 0, or 1 and the reason on stderr. */
int options_read(struct options *o);

/* A request's work: the product of two matrices. */
struct matrices {
	unsigned long *data;
	long size;
};
bool matrices_make(struct matrices *m, long kb);
void matrices_multiply(const struct matrices *m);

struct seen {
	struct latency wakeup, request;
	uint64_t answered;   /* within the time */
	uint64_t unanswered; /* were due, and not even answered in as much time again */
};
/* Runs the threads, and adds what they have seen. 0, or 1 and the reason on stderr. */
int threads_run(const struct options *o, struct seen *seen);

/* Runs schbench itself and reports its final results. 0, or 1 and the reason on stderr. */
int real_run(const struct options *o);
