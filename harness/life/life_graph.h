/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The observed life of tasks: how often each edge was taken and how long it took, from the metrics
 * "life.FROM.TO" and the histograms of that name. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "text/buf.h"
#include "record/metrics.h"

struct life_seen {
	unsigned from, to; /* enum life_point */
	bool legal;
	double count;
	double median_ns; /* NAN: too few, or not listed */
};

struct life_graph {
	struct life_seen *edge; /* by from, then by to */
	size_t nr, illegal;
	double missed; /* events that were not seen; NAN: not watched */
};

/* Edges from unseen are left out: they only show when the watching began. */
void life_graph_make(const struct metrics *m, struct life_graph *g);
void life_graph_free(struct life_graph *g);

/* How it is drawn. An edge that the kernel does not have is red and dashed. */
struct life_look {
	const char *title; /* lines of any bytes */
	bool dark;
};
void life_graph_dot(struct buf *b, const struct life_graph *g, const struct life_look *look);
/* The same in words, for readers who can't see it: edges with their counts, unlisted edges first. */
void life_graph_words(struct buf *b, const struct life_graph *g);
/* "1.2 us" */
void life_time(struct buf *b, double ns);

/* Text as a string of the dot language; it may contain any byte. A newline begins a line. */
void dot_text(struct buf *b, const char *text);
