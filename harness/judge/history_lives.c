/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which series began or ended while their machine went on, and which of them may be one, renamed. */
#include <stdlib.h>
#include <string.h>
#include "judge/history.h"
#include "util/mem.h"

/* How many nights with a value each machine has, by name. */
struct machine {
	const char *host; /* or NULL */
	unsigned nights;
};

struct machines {
	struct machine *of;
	size_t nr;
};

static int compare_names(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int by_storing(const void *a, const void *b)
{
	const struct history_run *x = *(struct history_run *const *)a, *y = *(struct history_run *const *)b;

	return x->stored < y->stored ? -1 : 1;
}

static int by_machine(const void *a, const void *b)
{
	int order = compare_names((*(struct history_run *const *)a)->host,
				  (*(struct history_run *const *)b)->host);

	return order ? order : by_storing(a, b);
}

static int by_name(const void *a, const void *b)
{
	return compare_names(((const struct machine *)a)->host, ((const struct machine *)b)->host);
}

static unsigned nights_of(const struct machines *m, const char *host)
{
	const struct machine *found =
		bsearch(&(struct machine){ .host = host }, m->of, m->nr, sizeof(*m->of), by_name);

	return found->nights;
}

static void count_night(struct machines *m, struct history_run *run)
{
	if (!m->nr || compare_names(m->of[m->nr - 1].host, run->host)) {
		m->of = mem_grow(m->of, m->nr, sizeof(*m->of));
		m->of[m->nr++] = (struct machine){ .host = run->host };
	}
	if (run->valued)
		run->place = ++m->of[m->nr - 1].nights;
}

/* Sorted twice, since the nights of many machines are stored in turn. */
static void order_runs(struct history *h, struct machines *m)
{
	if (h->nr_runs)
		qsort(h->run, h->nr_runs, sizeof(struct history_run *), by_machine);
	for (size_t i = 0; i < h->nr_runs; i++)
		count_night(m, h->run[i]);
	if (h->nr_runs)
		qsort(h->run, h->nr_runs, sizeof(struct history_run *), by_storing);
}

static void find_ends(const struct machines *m, struct history_series *s)
{
	const struct history_run *first = NULL, *last = NULL;

	for (size_t i = 0; i < s->nr; i++)
		if (s->night[i].values) {
			first = first ? first : s->night[i].run;
			last = s->night[i].run;
		}
	s->begun = first && first->place > 1 ? first : NULL;
	s->ended = last && nights_of(m, s->host) - last->place >= HISTORY_GONE ? last : NULL;
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
	struct machines m = { 0 };

	order_runs(h, &m);
	for (size_t i = 0; i < h->nr; i++)
		find_ends(&m, &h->series[i]);
	free(m.of);
	for (size_t i = 0; i < h->nr; i++) {
		struct history_series *s = &h->series[i], *next = s->ended ? only_one(h, s, true) : NULL;

		if (next && only_one(h, next, false) == s) {
			s->renamed = next;
			next->renamed = s;
		}
	}
}
