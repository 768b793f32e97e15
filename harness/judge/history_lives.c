/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which series began or ended while their machine went on, and which of them may be one, renamed. */
#include <stdlib.h>
#include "judge/history.h"

static int by_storing(const void *a, const void *b)
{
	const struct history_run *x = *(struct history_run *const *)a, *y = *(struct history_run *const *)b;

	return x->stored < y->stored ? -1 : 1;
}

/* The place of the machine's latest night before h->run[end] that has one; mostly that is the one before. */
static unsigned last_place(const struct history *h, size_t end, const char *host)
{
	while (end-- > 0)
		if (h->run[end]->place && history_same(h->run[end]->host, host))
			return h->run[end]->place;
	return 0;
}

static void order_runs(struct history *h)
{
	if (h->nr_runs)
		qsort(h->run, h->nr_runs, sizeof(struct history_run *), by_storing);
	for (size_t i = 0; i < h->nr_runs; i++)
		if (h->run[i]->valued)
			h->run[i]->place = last_place(h, i, h->run[i]->host) + 1;
}

static void find_ends(const struct history *h, struct history_series *s)
{
	const struct history_run *first = NULL, *last = NULL;

	for (size_t i = 0; i < s->nr; i++)
		if (s->night[i].values) {
			first = first ? first : s->night[i].run;
			last = s->night[i].run;
		}
	s->begun = first && first->place > 1 ? first : NULL;
	s->ended = last && last_place(h, h->nr_runs, s->host) - last->place >= HISTORY_GONE ? last : NULL;
}

/* b goes on where a ended, and one name is another. */
static bool may_follow(const struct history_series *a, const struct history_series *b)
{
	return a->ended && b->begun && history_same(a->host, b->host) &&
	       a->ended->place + 1 == b->begun->place &&
	       history_same(a->workload, b->workload) + history_same(a->metric, b->metric) +
			       history_same(a->policy, b->policy) ==
		       2;
}

/* The only one that follows s, or that s follows. */
static struct history_series *only_one(const struct history *h, const struct history_series *s, bool follows)
{
	struct history_series *found = NULL;

	for (size_t i = 0; i < h->nr; i++) {
		struct history_series *other = &h->series[i];

		if (!(follows ? may_follow(s, other) : may_follow(other, s)))
			continue;
		if (found)
			return NULL;
		found = other;
	}
	return found;
}

void history_lives(struct history *h)
{
	order_runs(h);
	for (size_t i = 0; i < h->nr; i++)
		find_ends(h, &h->series[i]);
	for (size_t i = 0; i < h->nr; i++) {
		struct history_series *s = &h->series[i], *next = s->ended ? only_one(h, s, true) : NULL;

		if (next && only_one(h, next, false) == s) {
			s->renamed = next;
			next->renamed = s;
		}
	}
}
