/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/history_event.h"

#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

/* Of one machine, before they are dealt to nights. */
struct marks {
	struct placed {
		const struct history_run *run;
		struct history_mark mark;
	} *all;
	size_t nr;
};

static void add_mark(struct marks *m, const struct history_run *run, struct history_mark mark)
{
	m->all = mem_grow(m->all, m->nr, sizeof(*m->all));
	m->all[m->nr++] = (struct placed){ run, mark };
}

static void add_series(struct marks *m, const struct history_series *s)
{
	for (size_t i = 0; i < s->nr_points; i++) {
		const struct history_point *p = &s->point[i];
		bool incident = p->change.kind == CHANGE_INCIDENT;

		add_mark(m, s->night[p->change.at].run,
			 (struct history_mark){ incident ? MARK_INCIDENT : MARK_LEVEL, s, p });
	}
	if (s->begun)
		add_mark(m, s->begun, (struct history_mark){ MARK_BEGUN, s, NULL });
	if (s->ended)
		add_mark(m, s->ended, (struct history_mark){ MARK_ENDED, s, NULL });
}

/* A machine's runs with a value have a place in order of time each; series are in one array. */
static int by_night(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->run != y->run)
		return x->run->place < y->run->place ? -1 : 1;
	if (x->mark.kind != y->mark.kind)
		return x->mark.kind < y->mark.kind ? -1 : 1;
	return x->mark.series < y->mark.series ? -1 : x->mark.series > y->mark.series;
}

static bool same_cause(const struct history_cause *a, const struct history_cause *b)
{
	const struct history_difference *x = a->difference, *y = b->difference;

	return x->run == y->run && !strcmp(x->key, y->key) && history_same(x->was, y->was) &&
	       history_same(x->is, y->is) && (!a->of || (b->of && !strcmp(a->of->policy, b->of->policy)));
}

/* Of the nights that it may be in, the one that most marks have; its own if none has more than that. */
static const struct history_run *likeliest(const struct placed *own, const size_t *count)
{
	const struct history_point *p = own->mark.point;
	const struct history_run *found = own->run;

	if (!p || history_is_wide(p))
		return found;
	for (size_t i = p->change.low; i <= p->change.high; i++) {
		const struct history_run *run = own->mark.series->night[i].run;

		found = count[run->place] > count[found->place] ? run : found;
	}
	return found;
}

/* places: of all runs. */
static void gather_marks(struct marks *m, size_t places)
{
	size_t *count = mem_zalloc(places, sizeof(*count)); /* of marks, by the place of their night */

	for (size_t i = 0; i < m->nr; i++)
		count[m->all[i].run->place]++;
	for (size_t i = 0; i < m->nr; i++)
		m->all[i].run = likeliest(&m->all[i], count);
	free(count);
}

static void add_cause(struct history_event *e, struct history_cause cause)
{
	for (size_t i = 0; i < e->nr_causes; i++)
		if (same_cause(&e->cause[i], &cause))
			return;
	e->cause = mem_grow(e->cause, e->nr_causes, sizeof(*e->cause));
	e->cause[e->nr_causes++] = cause;
}

static void take_mark(struct history_event *e, const struct history_mark *mark)
{
	const struct history_point *p = mark->point;

	e->mark = mem_grow(e->mark, e->nr, sizeof(*e->mark));
	e->mark[e->nr++] = *mark;
	e->of_kind[mark->kind]++;
	e->wide += p && history_is_wide(p);
	for (size_t i = 0; p && i < p->nr; i++) {
		bool policy = !strcmp(p->difference[i].key, "policy");

		add_cause(e, (struct history_cause){ &p->difference[i], policy ? mark->series : NULL });
	}
}

void history_events(const struct history *h, const char *host, struct history_events *e)
{
	struct marks m = { 0 };

	*e = (struct history_events){ 0 };
	for (size_t i = 0; i < h->nr; i++)
		if (!strcmp(history_host(&h->series[i]), host))
			add_series(&m, &h->series[i]);
	gather_marks(&m, h->nr_runs + 1);
	if (m.nr)
		qsort(m.all, m.nr, sizeof(*m.all), by_night);
	for (size_t i = 0; i < m.nr; i++) {
		if (!i || m.all[i].run != m.all[i - 1].run) {
			e->event = mem_grow(e->event, e->nr, sizeof(*e->event));
			e->event[e->nr++] = (struct history_event){ .run = m.all[i].run };
		}
		take_mark(&e->event[e->nr - 1], &m.all[i].mark);
		e->of_kind[m.all[i].mark.kind]++;
	}
	free(m.all);
}

void history_events_free(struct history_events *e)
{
	for (size_t i = 0; i < e->nr; i++) {
		free(e->event[i].mark);
		free(e->event[i].cause);
	}
	free(e->event);
}
