/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stints and wakeups of a window are made steps of the tasks' lives, which is what a critical path is
 * found in. Every class is watched alike here, so no waker is outside.
 */
#include "figures/lanes_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "life/trace_lives.h"
#include "util/mem.h"

/* In the order of things that happen at the same time. */
enum event_kind { STOPS, WAKES, RUNS };

struct event {
	uint64_t ns;
	enum event_kind kind;
	size_t of; /* place of the stint or wakeup */
};

struct maker {
	const struct switches *s;
	struct event *event;
	size_t nr;
	struct known {
		uint32_t point, steps;
		bool seen;
	} *known; /* by tid */
	struct trace trace;
};

static bool is_task(const struct stint *s)
{
	return s->tid && (s->of == STINT_WORKLOAD || s->of == STINT_OTHER);
}

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->of > y->of) - (x->of < y->of);
}

static void list_events(struct maker *m)
{
	const struct switches *s = m->s;

	m->event = mem_zalloc(2 * s->nr + s->wakeups + 1, sizeof(*m->event));
	for (size_t i = 0; i < s->nr; i++) {
		if (!is_task(&s->stint[i]))
			continue;
		m->event[m->nr++] = (struct event){ s->stint[i].from_ns, RUNS, i };
		m->event[m->nr++] = (struct event){ s->stint[i].to_ns, STOPS, i };
	}
	for (size_t i = 0; i < s->wakeups; i++)
		m->event[m->nr++] = (struct event){ s->wakeup[i].at_ns, WAKES, i };
	qsort(m->event, m->nr, sizeof(*m->event), by_time);
}

static void put_step(struct maker *m, uint64_t ns, const struct stint *s, uint32_t to)
{
	struct known *k = &m->known[s->tid % TRACE_MAX_TID];
	struct life_step step = { .head = { ns, LIFE_STEP, s->cpu },
				  .flags = LIFE_SLEEP_FLAG,
				  .tid = s->tid,
				  .tgid = s->tid,
				  .from = k->point,
				  .to = to,
				  .on = s->cpu,
				  .nr = k->steps++ };

	memcpy(step.comm, s->comm, sizeof(step.comm));
	k->point = to;
	trace_add(&m->trace, &step, sizeof(step));
}

/* When a task was put on a run queue is not recorded; its wakeup is, and the path waits from there. */
static void put_run(struct maker *m, uint64_t ns, const struct stint *s)
{
	uint32_t point = m->known[s->tid % TRACE_MAX_TID].point;

	if (point == LIFE_unseen || point == LIFE_quiescent) {
		put_step(m, ns, s, LIFE_runnable);
		put_step(m, ns, s, LIFE_dispatched);
	}
	put_step(m, ns, s, LIFE_running);
}

static void put_stop(struct maker *m, uint64_t ns, const struct stint *s)
{
	put_step(m, ns, s, LIFE_stopping);
	put_step(m, ns, s, s->slept ? LIFE_quiescent : LIFE_dispatched);
}

static void put_wake(struct maker *m, const struct wakeup *w)
{
	struct life_wake wake = { .head = { w->at_ns, LIFE_WAKE, w->cpu },
				  .waker = w->waker,
				  .wakee = w->tid,
				  .nr = m->known[w->waker % TRACE_MAX_TID].steps - 1 };

	trace_add(&m->trace, &wake, sizeof(wake));
}

/* Who runs without a wakeup in the window before it could run since the window began. */
static void put_waiting(struct maker *m)
{
	for (size_t i = 0; i < m->nr; i++) {
		const struct event *e = &m->event[i];
		const struct stint *s = e->kind == WAKES ? NULL : &m->s->stint[e->of];
		struct known *k = &m->known[(s ? s->tid : m->s->wakeup[e->of].tid) % TRACE_MAX_TID];

		if (s && !k->seen) {
			put_step(m, 0, s, LIFE_runnable);
			put_step(m, 0, s, LIFE_dispatched);
		}
		k->seen = true;
	}
}

static void put_events(struct maker *m)
{
	for (size_t i = 0; i < m->nr; i++) {
		const struct event *e = &m->event[i];

		if (e->kind == WAKES)
			put_wake(m, &m->s->wakeup[e->of]);
		else if (e->kind == RUNS)
			put_run(m, e->ns, &m->s->stint[e->of]);
		else
			put_stop(m, e->ns, &m->s->stint[e->of]);
	}
}

/* The task of the workload that went to sleep last; 0: none did. */
static uint32_t last_sleeper(const struct switches *s)
{
	const struct stint *last = NULL;

	for (size_t i = 0; i < s->nr; i++) {
		const struct stint *t = &s->stint[i];

		if (t->of == STINT_WORKLOAD && t->slept && (!last || t->to_ns > last->to_ns))
			last = t;
	}
	return last ? last->tid : 0;
}

void lanes_path(const struct switches *s, struct trace_path *p)
{
	struct maker m = { .s = s };
	struct trace_link *link;
	char of[16];

	*p = (struct trace_path){ 0 };
	snprintf(of, sizeof(of), "%u", last_sleeper(s));
	if (!s->woken || !strcmp(of, "0"))
		return;
	m.known = mem_zalloc(TRACE_MAX_TID, sizeof(*m.known));
	list_events(&m);
	put_waiting(&m);
	put_events(&m);
	link = trace_links_of(&m.trace);
	trace_path_of(&m.trace, link, of, p);
	free(link);
	trace_free(&m.trace);
	free(m.event);
	free(m.known);
}

static const char *woken_by(const struct trace_path *p, size_t part)
{
	if (p->part[part].state == PATH_ASLEEP)
		return "an interrupt";
	return part ? p->part[part - 1].comm : "";
}

struct path_link *lanes_path_links(const struct trace_path *p, size_t *nr)
{
	struct path_link *link = mem_zalloc(p->nr + 1, sizeof(*link));

	*nr = 0;
	for (size_t i = 0; i < p->nr; i++) {
		const struct path_part *part = &p->part[i];

		if (!i || part->tid != part[-1].tid || part->state == PATH_ASLEEP)
			link[(*nr)++] = (struct path_link){ .first = part, .by = woken_by(p, i) };
		link[*nr - 1].ns[part->state] += part->to_ns - part->from_ns;
	}
	return link;
}
