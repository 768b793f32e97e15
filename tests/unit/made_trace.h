/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trace made up of steps and wakeups, in order. Tasks are 1, 2, 3 and so on, with the names A, B, C. */
#pragma once
#include "life/trace_records.h"

#define MADE_BEGIN 1000

struct made {
	struct trace trace;
	struct made_task {
		unsigned point, steps;
	} task[16];
};

static inline void made_name(char comm[LIFE_COMM], unsigned tid)
{
	comm[0] = tid ? (char)('A' + tid - 1) : '\0';
	comm[1] = '\0';
}

/* The task's next step, to a point; it sleeps or was woken where that can be. */
static inline void made_step(struct made *m, uint64_t ns, unsigned tid, unsigned to)
{
	struct made_task *k = &m->task[tid];
	struct life_step s = { .head = { ns, LIFE_STEP, 0 },
			       .flags = LIFE_SLEEP_FLAG,
			       .tid = tid,
			       .tgid = tid,
			       .from = k->point,
			       .to = to,
			       .nr = k->steps++ };

	made_name(s.comm, tid);
	k->point = to;
	m->trace.begin_ns = MADE_BEGIN;
	trace_add(&m->trace, &s, sizeof(s));
}

/* Takes the last record back out, as if there had been no room for it. */
static inline void made_lose(struct made *m)
{
	m->trace.nr--;
	m->trace.counts.lost++;
}

/* by: a task, or 0: an interrupt. */
static inline void made_wake(struct made *m, uint64_t ns, unsigned by, unsigned tid)
{
	struct life_wake w = {
		.head = { ns, LIFE_WAKE, 0 }, .waker = by, .wakee = tid, .nr = m->task[by].steps - !!by
	};

	made_name(w.from, by);
	made_name(w.to, tid);
	trace_add(&m->trace, &w, sizeof(w));
}

/* From its wakeup to its run: 10 ns a step, then it runs from ns on. */
static inline void made_run(struct made *m, uint64_t ns, unsigned tid)
{
	static const unsigned way[] = { LIFE_select_cpu, LIFE_runnable,	  LIFE_enqueue,
					LIFE_custody,	 LIFE_dispatched, LIFE_running };

	for (unsigned i = 0; i < 6; i++)
		made_step(m, ns - (5 - i) * 10, tid, way[i]);
}

/* It goes to sleep, in 10 ns. */
static inline void made_sleep(struct made *m, uint64_t ns, unsigned tid)
{
	made_step(m, ns - 10, tid, LIFE_stopping);
	made_step(m, ns, tid, LIFE_quiescent);
}
