/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What single operations cost, in instructions; only for the exact lab, which counts them
 * (harness/lab/exact). */
#pragma once
#include <stdint.h>

/* Maps the counter. 0, or 1 with the reason in the log: this machine does not count. */
int counter_open(void);
/* Instructions that all CPUs have executed. */
uint64_t counter_now(void);
/* The same, at both ends of what a profile shows. */
uint64_t counter_begin(void);
uint64_t counter_end(void);
/* With a profile: where the kernel has the code of BPF now, as lines of the log. */
void counter_name_code(void);

/* What is counted is counted in so many parts, and the median part is the cost: a kernel thread that works
 * once a second falls into one part of 10 ms, or into none, while each part has its timer interrupts.
 */
#define COST_PARTS 9

struct cost {
	double each;  /* instructions an operation */
	uint64_t ops; /* of all parts */
};

/* What is counted. */
struct work {
	int (*run)(long n, const void *ctx); /* n times. 0, or 1 with the reason in the log */
	const void *ctx;
	long each;		/* operations a time */
	uint64_t (*done)(void); /* how many times there have been, where that may be less than n; else NULL */
};

/* n times, in parts. 0, or 1 with the reason in the log. */
int count_parts(const struct work *w, long n, struct cost *cost);
/* As the sample's metrics, and what a profile of it needs. */
void cost_report(const struct cost *cost);

/* Each does n operations, after some that are not measured. 0, or 1 with the reason in the log. */
int cost_pipe(long n, struct cost *cost);    /* a switch between two processes by two pipes */
int cost_pinned(long n, struct cost *cost);  /* the same on the first CPU */
int cost_ring(long n, struct cost *cost);    /* a switch among cost_depth tasks that hand on a byte */
int cost_yield(long n, struct cost *cost);   /* a switch among cost_depth tasks that only yield */
int cost_timer(long n, struct cost *cost);   /* a wakeup of a task that sleeps on an idle CPU */
int cost_message(long n, struct cost *cost); /* a message of hackbench */
int cost_fork(long n, struct cost *cost);    /* fork, exec, exit and wait of a process */
int cost_change(long n,
		struct cost *cost); /* a change to SCHED_BATCH or back of a task that waits in the queue */

/* How many tasks the variant has, for cost_yield() and cost_ring(). */
extern long cost_depth;
