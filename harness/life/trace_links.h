/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the records of a trace hang together: which step of a task follows which, which wakeup made it
 * runnable, when it then ran. Pure. Nothing is linked over a step that was lost.
 */
#pragma once
#include <stddef.h>
#include "life/trace_records.h"

/* Of the record at the same place. Each is a place + 1, always of an earlier record but ran; 0: none. */
struct trace_link {
	size_t before; /* of a step: the task's last one. Of a wakeup: the waker's last one, what it was at */
	size_t wake;   /* of a step to runnable: the wakeup that it follows */
	size_t ran;    /* of a wakeup: the step with which the task got a CPU */
};

/* Of each record; the caller's to free. */
struct trace_link *trace_links_of(const struct trace *t);

/* Is it a task's step to sleep? The other steps to quiescent are changes of its place. */
bool trace_sleeps(const struct life_step *s);
/* Is it a step to runnable after a change of the task's place, and so without a wakeup? */
bool trace_is_change(const struct life_step *s);
