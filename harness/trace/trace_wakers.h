/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which task wakes which, by comm, and how long the woken one then waits for a CPU. Pure. */
#pragma once
#include "life/trace_links.h"

struct trace_pair {
	char from[LIFE_COMM], to[LIFE_COMM]; /* from "": an interrupt */
	uint64_t count;
	size_t waits; /* wakeups after which it was seen to get a CPU; the others found it awake, or are too
			 late */
	double *wait_ns;		     /* of each of them, from the wakeup on */
	double total_ns, median_ns, most_ns; /* of these; NAN: there is none */
};

struct trace_wakers {
	struct trace_pair *pair; /* the most frequent first */
	size_t nr;
	uint64_t total;
};

void trace_wakers_of(const struct trace *t, const struct trace_link *link, struct trace_wakers *w);
void trace_wakers_free(struct trace_wakers *w);
/* Adds to what began with zeros: a wakeup, and how long the woken one then waited; NAN: it is not known. */
void trace_wakers_add(struct trace_wakers *w, const char from[LIFE_COMM], const char to[LIFE_COMM],
		      double wait_ns);
void trace_wakers_end(struct trace_wakers *w); /* sums and sorts what was added */
