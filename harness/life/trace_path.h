/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The critical path to a task's last sleep (or its end, which is one): what had to happen first, followed
 * backwards. While the task ran, that is its part; from its wakeup until it ran, it waited for a CPU; at the
 * wakeup the path goes over to the waker, at what that did then, or for a new task to the one that forked it.
 * After a sleep that no task ended, but an interrupt (a timer, a device) or a task of another class, it goes
 * on with the same task. Where the records do not say it, the rest of the path is unknown. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "life/trace_links.h"

enum path_state {
	PATH_RUNNING,
	PATH_WAITING, /* runnable, without a CPU */
	PATH_ASLEEP,  /* until no task of the class woke it */
	PATH_UNKNOWN,
	NR_PATH
};
extern const char *const path_state_name[NR_PATH];  /* "running" */
extern const char *const path_state_words[NR_PATH]; /* the same in a sentence: "waiting for a CPU" */

struct path_part {
	uint64_t from_ns, to_ns; /* CLOCK_MONOTONIC */
	enum path_state state;
	uint32_t tid; /* 0: unknown */
	char comm[LIFE_COMM];
	char by[LIFE_COMM]; /* asleep: the task of another class that woke it; "": an interrupt */
};

/* Its parts follow each other without a gap. Neighbours differ in task or state. */
struct trace_path {
	struct path_part *part; /* in order of time */
	size_t nr;
	uint64_t begin_ns, end_ns; /* begin: the trace's */
	uint64_t ns[NR_PATH];	   /* sums of the parts; together end_ns - begin_ns */
	uint32_t tid; /* the task that it leads to; 0: there is no path, as no such task went to sleep */
	char comm[LIFE_COMM];
};

/* of: the task's id or name; NULL: the last one that went to sleep. */
void trace_path_of(const struct trace *t, const struct trace_link *link, const char *of,
		   struct trace_path *p);
void trace_path_free(struct trace_path *p);
