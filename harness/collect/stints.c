/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/stints.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

static int by_time(const void *a, const void *b)
{
	const struct switches_at *x = a, *y = b;

	return (x->ns > y->ns) - (x->ns < y->ns);
}

static enum stint_of kind_of(const struct switches_at *at)
{
	if (!at->ns)
		return STINT_UNKNOWN;
	if (!at->tid)
		return STINT_IDLE;
	return at->of_workload ? STINT_WORKLOAD : STINT_OTHER;
}

/* From that switch, at the earliest from the window's beginning, up to the next one. */
static void add_stint(const struct stints_of *of, struct switches *s, const struct switches_at *at,
		      const struct switches_at *next)
{
	__u64 from = at->ns > of->from_ns ? at->ns : of->from_ns;
	struct stint new = { .from_ns = from - of->from_ns,
			     .to_ns = next->ns - of->from_ns,
			     .cpu = at->cpu,
			     .tid = at->tid,
			     .waiting = at->waiting,
			     .of = kind_of(at),
			     .slept = at->tid && next->slept,
			     .moved = -1 };

	if (next->ns <= from)
		return;
	snprintf(new.comm, sizeof(new.comm), "%.*s", (int)sizeof(at->comm),
		 new.of == STINT_WORKLOAD || new.of == STINT_OTHER ? at->comm : stint_of_name[new.of]);
	s->stint = mem_grow(s->stint, s->nr, sizeof(*s->stint));
	s->stint[s->nr++] = new;
}

/* Who had the CPU when the window began: its latest switch before that. */
static struct switches_at first_of(const struct stints_of *of, unsigned cpu)
{
	struct switches_at first = { .cpu = cpu };

	for (int i = 0; i < SWITCHES_BEFORE; i++) {
		const struct switches_at *at = &of->before[cpu * SWITCHES_BEFORE + i];

		if (at->ns > first.ns && at->ns <= of->from_ns)
			first = *at;
	}
	return first;
}

static int by_begin(const void *a, const void *b)
{
	const struct stint *x = a, *y = b;

	if (x->from_ns != y->from_ns)
		return x->from_ns < y->from_ns ? -1 : 1;
	return (x->cpu > y->cpu) - (x->cpu < y->cpu);
}

/* Of a task's stints in the order of time. */
static int by_task(const void *a, const void *b)
{
	const struct stint *x = *(struct stint *const *)a, *y = *(struct stint *const *)b;

	if (x->tid != y->tid)
		return x->tid < y->tid ? -1 : 1;
	return by_begin(x, y);
}

static int distance(const struct topology *t, unsigned from, unsigned to)
{
	const struct topology_cpu *a = topology_cpu(t, (int)from), *b = topology_cpu(t, (int)to);

	if (from == to || !a || !b)
		return -1;
	if (a->core == b->core)
		return MIGRATE_core;
	if (a->l3 == b->l3)
		return MIGRATE_l3;
	return a->node == b->node ? MIGRATE_node : MIGRATE_far;
}

static void find_moves(struct switches *s, const struct topology *t)
{
	struct stint **task = mem_zalloc(s->nr + 1, sizeof(struct stint *));
	size_t nr = 0;

	for (size_t i = 0; i < s->nr; i++)
		if (s->stint[i].tid)
			task[nr++] = &s->stint[i];
	qsort(task, nr, sizeof(*task), by_task);
	for (size_t i = 1; i < nr; i++)
		if (task[i]->tid == task[i - 1]->tid)
			task[i]->moved = distance(t, task[i - 1]->cpu, task[i]->cpu);
	free(task);
}

static void add_stints(const struct stints_of *of, struct switches *s)
{
	struct switches_at *now = mem_zalloc(of->cpus + 1, sizeof(*now)), end = { .ns = of->to_ns };

	for (unsigned cpu = 0; cpu < of->cpus; cpu++)
		now[cpu] = first_of(of, cpu);
	for (size_t i = 0; i < of->nr; i++) {
		const struct switches_at *at = &of->at[i];

		s->lost += at->ns >= of->to_ns;
		if (at->cpu >= of->cpus || at->ns < of->from_ns || at->ns >= of->to_ns)
			continue;
		add_stint(of, s, &now[at->cpu], at);
		now[at->cpu] = *at;
	}
	for (unsigned cpu = 0; cpu < of->cpus; cpu++)
		if (topology_cpu(of->topology, (int)cpu))
			add_stint(of, s, &now[cpu], &end);
	free(now);
}

static int by_waking(const void *a, const void *b)
{
	const struct switches_wake *x = a, *y = b;

	return (x->ns > y->ns) - (x->ns < y->ns);
}

static void add_wakeups(const struct stints_of *of, struct switches *s)
{
	if (of->wakes)
		qsort(of->wake, of->wakes, sizeof(*of->wake), by_waking);
	for (size_t i = 0; i < of->wakes; i++) {
		const struct switches_wake *w = &of->wake[i];

		if (w->cpu >= of->cpus || w->ns < of->from_ns || w->ns >= of->to_ns)
			continue;
		s->wakeup = mem_grow(s->wakeup, s->wakeups, sizeof(*s->wakeup));
		s->wakeup[s->wakeups++] = (struct wakeup){ w->ns - of->from_ns, w->cpu, w->waker, w->task };
	}
}

void stints_make(const struct stints_of *of, struct switches *s)
{
	*s = (struct switches){ .length_ns = of->to_ns - of->from_ns, .cpus = of->cpus, .woken = true };
	if (of->nr)
		qsort(of->at, of->nr, sizeof(*of->at), by_time);
	add_stints(of, s);
	add_wakeups(of, s);
	if (s->nr)
		qsort(s->stint, s->nr, sizeof(*s->stint), by_begin);
	find_moves(s, of->topology);
}
