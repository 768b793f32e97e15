/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches the attached policy and the tasks under it, or what another top recorded of them: as a screen, as
 * plain lines, as JSON. What is shown is made by pure functions of rates and a look, wherever their shots are
 * from. The rest is inside this room only.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include "monitor/monitor_rates.h"
#include "text/grid.h"
#include "top/top_history.h"
#include "topology/topology.h"

enum top_view {
	VIEW_POLICY,
	VIEW_QUEUES,
	VIEW_CUSTODY,
	VIEW_CPUS,
	VIEW_NODES,
	VIEW_TASKS,
	VIEW_CGROUPS,
	VIEW_HISTORY,
	NR_VIEWS
};
extern const char *const top_views[NR_VIEWS + 1]; /* NULL-terminated */

/* Of tasks and cgroups; numbers the largest first, names and ids the smallest. */
enum top_sort { SORT_RUN, SORT_WAIT, SORT_MOVES, SORT_CUSTODY, SORT_WEIGHT, SORT_TID, SORT_NAME, NR_SORTS };
extern const char *const top_sorts[NR_SORTS + 1];

struct top_look {
	enum top_view view;
	enum top_sort sort;
	bool reverse;
	char filter[64]; /* "": all */
};

struct top_options {
	const char *object; /* path of monitor.bpf.o */
	FILE *out;	    /* a terminal gets the screen */
	const char *record; /* path of a file to make; NULL: none */
	const char *replay; /* path of such a file, which is shown instead of this machine; NULL: none */
	bool once, json;
	bool costs;	 /* have the kernel measure the ops */
	bool all;	 /* of plain lines every view, not one */
	double interval; /* s */
	struct top_look look;
};

/*
 * Until the person or a signal ends it (-CAUSE_INTERRUPTED), or one interval, or plain lines have shown a
 * whole record. Other causes are logged.
 */
int top_run(const struct top_options *o);

/* Leaves out what does not fit the filter (a part of comm or cgroup path, or a thread id) and puts the rest
 * in order. */
void top_arrange(struct monitor_rates *r, const struct top_look *look);
/* What a cgroup is sorted by, and the order of numbers: the larger first, what is not known last. */
double top_group_number(const struct monitor_group *g, enum top_sort sort);
int top_by_number(double x, double y);

struct top_size {
	int lines, columns;
	bool utf8; /* it can show more than ASCII */
};

/* All that a view is made of. */
struct top_data {
	const struct monitor_rates *rates; /* arranged */
	const struct topology *topology;
	const struct top_look *look;
	const char *where; /* of a record: which of its looks this is; NULL: it is now */
	struct top_past past;
	struct top_size size; /* of the screen; plain lines have 80 columns */
};

/* Four lines, the same in every view. */
#define TOP_SUMMARY 4
void top_summary(struct buf *b, const struct top_data *d);
/* Makes the view's table, the caller's to free. */
void top_table(struct grid *g, const struct top_data *d, enum top_view view);
void top_custody_table(struct grid *g, const struct top_data *d);
void top_cgroups_table(struct grid *g, const struct top_data *d);
void top_nodes_table(struct grid *g, const struct top_data *d);
void top_history_table(struct grid *g, const struct top_data *d);
json_t *top_json(const struct top_data *d);

/* The share of the CPUs that is not idle, custody periods that began a second; NAN: not known. */
double top_busy(const struct monitor_rates *r);
double top_entered(const struct monitor_rates *r);

/* Cells: a name, a cgroup's path, a share in percent, a number, a time; "-" for NAN. */
char *top_name(const struct mon_task *t);
char *top_path(const struct top_data *d, uint64_t cgroup);
char *top_share(double share);
char *top_number(double value);
char *top_time(double ns);

/* The screen. Returns what the person wants next. */
enum top_wish { WISH_NEXT, WISH_REDRAW, WISH_STEP, WISH_QUIT };
enum top_typing { TYPING_NOTHING, TYPING_FILTER, TYPING_FIND };
struct top_screen {
	struct top_look *look;
	size_t first;  /* line at the top of the table */
	char find[64]; /* marks the lines that have it, in any case; "": none */
	long hit;      /* which of them is kept in sight: any number, counted round */
	bool follow;   /* until the person scrolls */
	enum top_typing typing;
	bool paused, help;
	bool steps; /* it shows a record */
	long step;  /* of WISH_STEP: looks forward or back */
};

/* What a screen shows: a line for each of its lines, in printable text that fits. Pure. */
enum top_style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_BAR, STYLE_HEADS, STYLE_FOUND };
struct top_line {
	char *text;
	enum top_style style;
};
struct top_line *top_page(struct top_screen *s, const struct top_data *d);
void top_page_free(struct top_line *line, int lines);

int top_screen_begin(void);
void top_screen_draw(struct top_screen *s, const struct top_data *d);
/* A key, or none within so many ms. */
enum top_wish top_screen_key(struct top_screen *s, int ms);
void top_screen_end(void);
