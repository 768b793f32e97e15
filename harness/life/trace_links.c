/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/trace_links.h"

#include <stdlib.h>
#include "life/trace_lives.h"
#include "util/mem.h"

/* What is known of the task with an id; places as in trace_link. */
struct known {
	size_t last;  /* its last step */
	size_t slept; /* its last step to sleep */
	size_t wake;  /* its last wakeup, which no step to runnable has followed yet */
	size_t waits; /* the wakeup after which it waits for a CPU */
};

struct linker {
	const struct trace *t;
	struct trace_link *link;
	struct known *known; /* by tid */
};

bool trace_sleeps(const struct life_step *s)
{
	return s->to == LIFE_quiescent && s->flags & LIFE_SLEEP_FLAG;
}

bool trace_is_change(const struct life_step *s)
{
	return s->to == LIFE_runnable && s->from == LIFE_quiescent && !(s->flags & LIFE_SLEEP_FLAG);
}

static struct known *of(struct linker *l, uint32_t tid)
{
	return &l->known[tid % TRACE_MAX_TID];
}

/*
 * A task may be woken while it goes to sleep, so its wakeup may stand before that. Where something was not
 * recorded, such a one may as well be an old one that found the task awake.
 */
static size_t wakeup_of(const struct linker *l, const struct known *k)
{
	bool complete = !l->t->counts.lost && !l->t->counts.missed;

	return complete || k->wake > k->slept ? k->wake : 0;
}

static bool follows(const struct linker *l, const struct known *k, const struct life_step *s)
{
	const struct life_step *last = k->last ? &l->t->record[k->last - 1].step : NULL;

	return last && last->to == s->from && last->nr + 1 == s->nr;
}

static void link_step(struct linker *l, size_t i)
{
	const struct life_step *s = &l->t->record[i].step;
	struct trace_link *link = &l->link[i];
	struct known *k = of(l, s->tid);

	if (!follows(l, k, s))
		*k = (struct known){ .wake = k->wake, .slept = k->slept };
	link->before = k->last;
	k->last = i + 1;
	if (trace_sleeps(s)) {
		k->slept = i + 1;
	} else if (s->to == LIFE_runnable && !trace_is_change(s)) {
		link->wake = k->waits = wakeup_of(l, k);
		k->wake = 0;
	} else if (s->to == LIFE_running && k->waits) {
		l->link[k->waits - 1].ran = i + 1;
		k->waits = 0;
	} else if (s->to == LIFE_disable) {
		k->wake = k->waits = 0;
	}
}

static void link_wakeup(struct linker *l, size_t i)
{
	const struct life_wake *w = &l->t->record[i].wake;
	size_t last = w->waker && !w->outside ? of(l, w->waker)->last : 0;

	if (last && l->t->record[last - 1].step.nr == w->nr)
		l->link[i].before = last;
	of(l, w->wakee)->wake = i + 1;
}

struct trace_link *trace_links_of(const struct trace *t)
{
	struct linker l = { t, mem_zalloc(t->nr + 1, sizeof(*l.link)),
			    mem_zalloc(TRACE_MAX_TID, sizeof(*l.known)) };

	for (size_t i = 0; i < t->nr; i++) {
		if (t->record[i].head.kind == LIFE_STEP)
			link_step(&l, i);
		else if (t->record[i].head.kind == LIFE_WAKE)
			link_wakeup(&l, i);
	}
	free(l.known);
	return l.link;
}
