/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside top/ only: a few figures of each look, for the view of the last minutes. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "monitor/monitor_rates.h"
#include "text/grid.h"

/* Looks that are shown: ten minutes of one a second. */
#define TOP_PAST 600

/* The figures, in the order in which they are shown: name, and how it is printed. */
#define TOP_FIGURES(X)                             \
	X(busy, "CPUs busy %", top_share)          \
	X(running, "tasks running", top_number)    \
	X(waiting, "tasks waiting", top_number)    \
	X(inside, "tasks in custody", top_number)  \
	X(oldest, "longest in custody", top_time)  \
	X(entered, "into custody a s", top_number) \
	X(p50, "p50 in custody", top_time)         \
	X(p99, "p99 in custody", top_time)         \
	X(moves, "migrations a s", top_number)     \
	X(cost, "CPU% of the ops", top_share)
#define TOP_ENUM_FIGURE(name, words, print) FIGURE_##name,
enum top_figure { TOP_FIGURES(TOP_ENUM_FIGURE) NR_FIGURES };

struct top_point {
	double when_s;		  /* as when_ns of the look */
	double value[NR_FIGURES]; /* NAN: not known */
};

struct top_history {
	struct top_point *point; /* freed by the owner */
	size_t nr;
	size_t dropped; /* points before these that are no longer kept */
};

/* Adds a look; rates must not be filtered. Unless all are kept, no more than twice TOP_PAST of them are. */
void top_history_add(struct top_history *h, const struct monitor_rates *r, bool all);

/* The points up to and including the look that is shown. */
struct top_past {
	const struct top_point *point;
	size_t nr;
	size_t before; /* how many looks there were before them */
};
struct top_past top_past(const struct top_history *h, size_t end);

/*
 * One figure as a line of at most so many columns, the newest on the right. A column stands for as many looks
 * as needed, by their mean, and is blank without a value. The line's greatest value has the full height, 0
 * none. In ASCII unless utf8.
 */
struct top_spark {
	enum top_figure figure;
	size_t columns;
	bool utf8;
};
char *top_spark(const struct top_past *p, const struct top_spark *how);
/* Looks of a column, when so many columns are there. */
size_t top_spark_looks(const struct top_past *p, size_t columns);
