/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/trace_lives.h"

#include <stdlib.h>
#include <string.h>
#include "life/life_table.h"
#include "util/mem.h"

static struct trace_task *trace_lives_find(struct trace_lives *l, uint32_t tid)
{
	uint32_t *place;

	if (!l->place)
		l->place = mem_zalloc(TRACE_MAX_TID, sizeof(*l->place));
	place = &l->place[tid % TRACE_MAX_TID];
	if (!*place) {
		l->task = mem_grow(l->task, l->nr, sizeof(*l->task));
		l->task[l->nr++] = (struct trace_task){ .tid = tid };
		*place = l->nr;
	}
	return &l->task[*place - 1];
}

bool trace_is_running(uint32_t point)
{
	return point == LIFE_running || point == LIFE_tick;
}

bool trace_is_waiting(uint32_t point)
{
	switch (point) {
	case LIFE_runnable:
	case LIFE_enqueue:
	case LIFE_reenqueue:
	case LIFE_custody:
	case LIFE_dispatched:
	case LIFE_picked:
	case LIFE_stopping:
	case LIFE_dequeue:
	case LIFE_migrating:
		return true;
	default:
		return false;
	}
}

static void add_times(struct trace_task *t, const struct life_step *s)
{
	uint64_t ns = s->head.ns > t->since ? s->head.ns - t->since : 0;

	t->run_ns += trace_is_running(t->point) ? ns : 0;
	t->wait_ns += trace_is_waiting(t->point) ? ns : 0;
	t->custody_ns += t->point == LIFE_custody ? ns : 0;
}

static void trace_lives_keep(struct trace_lives *l, const struct life_step *s, uint32_t known)
{
	if (l->illegal++ >= TRACE_MAX_FAULTS)
		return;
	l->fault = mem_grow(l->fault, l->nr_faults, sizeof(*l->fault));
	l->fault[l->nr_faults++] = (struct trace_fault){ *s, known };
}

const struct trace_task *trace_lives_step(struct trace_lives *l, const struct life_step *s)
{
	struct trace_task *t = trace_lives_find(l, s->tid);

	if (!life_is_legal(s->from, s->to))
		trace_lives_keep(l, s, t->point);
	/* After unseen it is its first record, or another task with the id of one that is gone. */
	t->known = t->point == s->from && t->nr + 1 == s->nr;
	if (t->known)
		add_times(t, s);
	else
		l->gaps += s->from != LIFE_unseen;
	t->tgid = s->tgid;
	t->point = s->to;
	t->nr = s->nr;
	t->since = s->head.ns;
	t->steps++;
	t->runs += s->to == LIFE_running;
	memcpy(t->comm, s->comm, sizeof(t->comm));
	return t;
}

void trace_lives_of(const struct trace *t, struct trace_lives *l)
{
	*l = (struct trace_lives){ 0 };
	for (size_t i = 0; i < t->nr; i++)
		if (t->record[i].head.kind == LIFE_STEP)
			trace_lives_step(l, &t->record[i].step);
}

void trace_lives_free(struct trace_lives *l)
{
	free(l->task);
	free(l->fault);
	free(l->place);
	*l = (struct trace_lives){ 0 };
}
