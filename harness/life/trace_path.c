/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/trace_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "life/trace_lives.h"
#include "util/mem.h"

const char *const path_state_name[NR_PATH] = {
	[PATH_RUNNING] = "running",
	[PATH_WAITING] = "waiting",
	[PATH_ASLEEP] = "asleep",
	[PATH_UNKNOWN] = "unknown",
};

const char *const path_state_words[NR_PATH] = {
	[PATH_RUNNING] = "running",
	[PATH_WAITING] = "waiting for a CPU",
	[PATH_ASLEEP] = "asleep with no waker",
	[PATH_UNKNOWN] = "unknown",
};

/* The way back. Its places (trace_links.h) only decrease, so it ends. */
struct walk {
	const struct trace *t;
	const struct trace_link *link;
	struct trace_path *path; /* its parts are the last one first, until the end */
	uint64_t now;		 /* all after that is done */
};

static const struct life_step *step_at(const struct walk *w, size_t place)
{
	return &w->t->record[place - 1].step;
}

static const struct trace_link *link_at(const struct walk *w, size_t place)
{
	return &w->link[place - 1];
}

static bool is_same(const struct path_part *a, const struct path_part *b)
{
	return a->tid == b->tid && a->state == b->state;
}

/* Back until from_ns, or the trace's begin; clocks of two CPUs may differ by a little. */
static void put_part(struct walk *w, uint64_t from_ns, struct path_part part)
{
	struct trace_path *p = w->path;

	part.from_ns = from_ns < p->begin_ns ? p->begin_ns : from_ns;
	part.to_ns = w->now;
	if (part.from_ns >= w->now)
		return;
	w->now = part.from_ns;
	p->ns[part.state] += part.to_ns - part.from_ns;
	if (p->nr && is_same(&p->part[p->nr - 1], &part)) {
		p->part[p->nr - 1].from_ns = part.from_ns;
		return;
	}
	p->part = mem_grow(p->part, p->nr, sizeof(*p->part));
	p->part[p->nr++] = part;
}

static struct path_part part_of(const struct life_step *s, enum path_state state)
{
	struct path_part part = { .state = state, .tid = s->tid };

	memcpy(part.comm, s->comm, sizeof(part.comm));
	return part;
}

/* From the step to the next; unknown out of the class, and asleep without a wakeup. */
static enum path_state state_between(const struct life_step *s, const struct life_step *next)
{
	if (trace_is_running(s->to) || (s->to == LIFE_stopping && trace_sleeps(next)))
		return PATH_RUNNING;
	return trace_is_waiting(s->to) || (s->to == LIFE_quiescent && !trace_sleeps(s)) ? PATH_WAITING
											: PATH_UNKNOWN;
}

/* To the task's step before, if what it did since is known; returns its place or 0. */
static size_t go_back(struct walk *w, size_t place)
{
	size_t before = link_at(w, place)->before;
	enum path_state state = before ? state_between(step_at(w, before), step_at(w, place)) : PATH_UNKNOWN;

	if (state == PATH_UNKNOWN)
		return 0;
	put_part(w, step_at(w, before)->head.ns, part_of(step_at(w, before), state));
	return before;
}

/* The task's step to the sleep that ended with the step to runnable; 0: it did not sleep, it is new. */
static size_t sleep_before(const struct walk *w, size_t runnable)
{
	size_t before = link_at(w, runnable)->before;

	if (before && step_at(w, before)->to == LIFE_select_cpu)
		before = link_at(w, before)->before;
	return before && trace_sleeps(step_at(w, before)) ? before : 0;
}

static size_t sleep_through(struct walk *w, size_t slept, const struct life_wake *wake)
{
	struct path_part part;

	if (!slept)
		return 0;
	part = part_of(step_at(w, slept), PATH_ASLEEP);
	memcpy(part.by, wake->from, sizeof(part.by));
	put_part(w, step_at(w, slept)->head.ns, part);
	return slept;
}

/* From a task's step to runnable over to its waker. A wakeup before its sleep was complete takes effect then.
 */
static size_t go_over(struct walk *w, size_t runnable)
{
	size_t woken = link_at(w, runnable)->wake, slept = sleep_before(w, runnable), waker;
	const struct life_wake *wake;
	uint64_t at;

	if (!woken)
		return 0;
	wake = &w->t->record[woken - 1].wake;
	waker = link_at(w, woken)->before;
	at = slept && step_at(w, slept)->head.ns > wake->head.ns ? step_at(w, slept)->head.ns : wake->head.ns;
	put_part(w, at, part_of(step_at(w, runnable), PATH_WAITING));
	if (!wake->waker || wake->outside)
		return sleep_through(w, slept, wake);
	if (!waker || !trace_is_running(step_at(w, waker)->to))
		return 0;
	put_part(w, step_at(w, waker)->head.ns, part_of(step_at(w, waker), PATH_RUNNING));
	return waker;
}

static void walk_back(struct walk *w, size_t place)
{
	while (place && w->now > w->path->begin_ns) {
		const struct life_step *s = step_at(w, place);

		if (s->to == LIFE_runnable && !trace_is_change(s))
			place = go_over(w, place);
		else
			place = go_back(w, place);
	}
	put_part(w, w->path->begin_ns, (struct path_part){ .state = PATH_UNKNOWN });
}

static void reverse(struct trace_path *p)
{
	for (size_t i = 0; i < p->nr / 2; i++) {
		struct path_part other = p->part[i];

		p->part[i] = p->part[p->nr - 1 - i];
		p->part[p->nr - 1 - i] = other;
	}
}

static bool is_meant(const struct life_step *s, const char *of)
{
	char tid[16];

	snprintf(tid, sizeof(tid), "%u", s->tid);
	return !of || !strcmp(tid, of) || !strncmp(s->comm, of, LIFE_COMM - 1);
}

static size_t last_sleep(const struct trace *t, const char *of)
{
	for (size_t i = t->nr; i; i--) {
		const struct life_step *s = &t->record[i - 1].step;

		if (s->head.kind == LIFE_STEP && trace_sleeps(s) && s->head.ns > t->begin_ns &&
		    is_meant(s, of))
			return i;
	}
	return 0;
}

void trace_path_of(const struct trace *t, const struct trace_link *link, const char *of, struct trace_path *p)
{
	size_t end = last_sleep(t, of);
	struct walk w = { t, link, p, 0 };

	*p = (struct trace_path){ .begin_ns = t->begin_ns, .end_ns = t->begin_ns };
	if (!end)
		return;
	p->tid = step_at(&w, end)->tid;
	memcpy(p->comm, step_at(&w, end)->comm, sizeof(p->comm));
	p->end_ns = w.now = step_at(&w, end)->head.ns;
	walk_back(&w, end);
	reverse(p);
}

void trace_path_free(struct trace_path *p)
{
	free(p->part);
	*p = (struct trace_path){ 0 };
}
