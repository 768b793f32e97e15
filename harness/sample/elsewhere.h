/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which threads of the workload are not in the ext class. Where its CPU time says that some ran elsewhere,
 * this says which: names and scheduling policies of the threads of its cgroup, as seen at each look. A look
 * costs a system call a thread, so there are two a second at most. What lives shorter may not be seen.
 */
#pragma once
#include "workload/workload.h"

struct elsewhere;

/* The policy is attached. */
struct elsewhere *elsewhere_begin(const struct cgroup *cgroup);
void elsewhere_look(struct elsewhere *e);
/* "2 threads 'load' in SCHED_FIFO", or why there is none to name; the caller's to free. */
char *elsewhere_text(const struct elsewhere *e);
void elsewhere_end(struct elsewhere *e); /* NULL is well */
