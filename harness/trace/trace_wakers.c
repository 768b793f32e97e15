/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_wakers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "stats/stats.h"
#include "util/mem.h"

static struct trace_pair *pair_of(struct trace_wakers *w, const char from[LIFE_COMM],
				  const char to[LIFE_COMM])
{
	size_t i = 0;

	while (i < w->nr &&
	       (strncmp(w->pair[i].from, from, LIFE_COMM) || strncmp(w->pair[i].to, to, LIFE_COMM)))
		i++;
	if (i == w->nr) {
		w->pair = mem_grow(w->pair, w->nr, sizeof(*w->pair));
		w->pair[w->nr] = (struct trace_pair){ 0 };
		memcpy(w->pair[w->nr].from, from, LIFE_COMM);
		memcpy(w->pair[w->nr++].to, to, LIFE_COMM);
	}
	return &w->pair[i];
}

void trace_wakers_add(struct trace_wakers *w, const char from[LIFE_COMM], const char to[LIFE_COMM],
		      double wait_ns)
{
	struct trace_pair *pair = pair_of(w, from, to);

	pair->count++;
	w->total++;
	if (isnan(wait_ns))
		return;
	pair->wait_ns = mem_grow(pair->wait_ns, pair->waits, sizeof(*pair->wait_ns));
	pair->wait_ns[pair->waits++] = wait_ns;
}

static void sum_up(struct trace_pair *pair)
{
	pair->median_ns = stats_median(pair->wait_ns, pair->waits);
	pair->total_ns = pair->most_ns = pair->waits ? 0 : NAN;
	for (size_t i = 0; i < pair->waits; i++) {
		pair->total_ns += pair->wait_ns[i];
		pair->most_ns = fmax(pair->most_ns, pair->wait_ns[i]);
	}
}

/* Equal counts are in the order of names, so that the same trace gives the same text. */
static int by_count(const void *a, const void *b)
{
	const struct trace_pair *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strncmp(x->from, y->from, LIFE_COMM) ?: strncmp(x->to, y->to, LIFE_COMM);
}

void trace_wakers_end(struct trace_wakers *w)
{
	for (size_t i = 0; i < w->nr; i++)
		sum_up(&w->pair[i]);
	if (w->nr)
		qsort(w->pair, w->nr, sizeof(*w->pair), by_count);
}

void trace_wakers_of(const struct trace *t, const struct trace_link *link, struct trace_wakers *w)
{
	static const char nobody[LIFE_COMM];

	*w = (struct trace_wakers){ 0 };
	for (size_t i = 0; i < t->nr; i++) {
		const struct life_wake *wake = &t->record[i].wake;
		size_t ran = link[i].ran;

		if (wake->head.kind == LIFE_WAKE)
			trace_wakers_add(w, wake->waker ? wake->from : nobody, wake->to,
					 ran ? (double)(int64_t)(t->record[ran - 1].head.ns - wake->head.ns)
					     : NAN);
	}
	trace_wakers_end(w);
}

void trace_wakers_free(struct trace_wakers *w)
{
	for (size_t i = 0; i < w->nr; i++)
		free(w->pair[i].wait_ns);
	free(w->pair);
	*w = (struct trace_wakers){ 0 };
}
