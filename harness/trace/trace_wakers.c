/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_wakers.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "life/life_graph.h"
#include "stats/stats.h"
#include "text/buf.h"
#include "util/mem.h"

static struct trace_pair *pair_of(struct trace_wakers *w, const struct life_wake *wake)
{
	static const char nobody[LIFE_COMM];
	const char *from = wake->waker ? wake->from : nobody;
	size_t i = 0;

	while (i < w->nr &&
	       (strncmp(w->pair[i].from, from, LIFE_COMM) || strncmp(w->pair[i].to, wake->to, LIFE_COMM)))
		i++;
	if (i == w->nr) {
		w->pair = mem_grow(w->pair, w->nr, sizeof(*w->pair));
		w->pair[w->nr] = (struct trace_pair){ 0 };
		memcpy(w->pair[w->nr].from, from, LIFE_COMM);
		memcpy(w->pair[w->nr++].to, wake->to, LIFE_COMM);
	}
	return &w->pair[i];
}

/* ran: the step with which the woken task got a CPU, or NULL. */
static void trace_wakers_add(struct trace_wakers *w, const struct life_wake *wake,
			     const struct life_step *ran)
{
	struct trace_pair *pair = pair_of(w, wake);

	pair->count++;
	w->total++;
	if (!ran)
		return;
	pair->wait_ns = mem_grow(pair->wait_ns, pair->waits, sizeof(*pair->wait_ns));
	pair->wait_ns[pair->waits++] = (double)(int64_t)(ran->head.ns - wake->head.ns);
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

void trace_wakers_of(const struct trace *t, const struct trace_link *link, struct trace_wakers *w)
{
	*w = (struct trace_wakers){ 0 };
	for (size_t i = 0; i < t->nr; i++)
		if (t->record[i].head.kind == LIFE_WAKE)
			trace_wakers_add(w, &t->record[i].wake,
					 link[i].ran ? &t->record[link[i].ran - 1].step : NULL);
	for (size_t i = 0; i < w->nr; i++)
		sum_up(&w->pair[i]);
	if (w->nr)
		qsort(w->pair, w->nr, sizeof(*w->pair), by_count);
}

void trace_wakers_free(struct trace_wakers *w)
{
	for (size_t i = 0; i < w->nr; i++)
		free(w->pair[i].wait_ns);
	free(w->pair);
	*w = (struct trace_wakers){ 0 };
}

static void put_node(struct buf *b, const char comm[LIFE_COMM])
{
	char name[LIFE_COMM + 1] = { 0 };

	memcpy(name, comm, LIFE_COMM);
	dot_text(b, *name ? name : "(interrupt)");
}

static void put_waits(struct buf *b, const struct trace_pair *pair)
{
	if (!pair->waits)
		return;
	buf_put(b, "\\n");
	life_time(b, pair->median_ns);
	buf_put(b, ", most ");
	life_time(b, pair->most_ns);
}

/* The line's width: thicker for more wakeups, on a logarithmic scale. */
static double width(uint64_t count)
{
	double w = 1;

	for (; count >= 10; count /= 10)
		w += 0.6;
	return w;
}

void trace_wakers_dot(struct buf *b, const struct trace_wakers *w, size_t max, const char *title)
{
	uint64_t shown = 0;
	char *label;

	buf_put(b,
		"digraph wakers {\n\trankdir=LR labelloc=t fontname=\"DejaVu Sans\" fontsize=11 bgcolor=\"#ffffff\"\n\tnode [shape=box style=rounded fontname=\"DejaVu Sans\" fontsize=11]\n"
		"\tedge [fontname=\"DejaVu Sans\" fontsize=9]\n");
	for (size_t i = 0; i < w->nr && i < max; i++) {
		shown += w->pair[i].count;
		buf_put(b, "\t");
		put_node(b, w->pair[i].from);
		buf_put(b, " -> ");
		put_node(b, w->pair[i].to);
		buf_printf(b, " [label=\"%" PRIu64, w->pair[i].count);
		put_waits(b, &w->pair[i]);
		buf_printf(b, "\" penwidth=%.1f]\n", width(w->pair[i].count));
	}
	label = mem_printf("%s\n%" PRIu64 " of %" PRIu64 " wakeups", title, shown, w->total);
	buf_put(b, "\tlabel=");
	dot_text(b, label);
	buf_put(b, "\n}\n");
	free(label);
}
