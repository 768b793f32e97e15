/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_run.h"

#include <stdlib.h>

#include "collect/env.h"
#include "collect/life.h"
#include "figures/life_draw.h"
#include "judge/caption.h"
#include "policy/print.h"
#include "text/buf.h"
#include "trace/trace_dot.h"
#include "trace/trace_json.h"
#include "trace/trace_text.h"
#include "trace/trace_tools.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/mem.h"

#define MAX_PAIRS 60 /* more can't be read in one picture */
#define MAX_NAMES 30

struct window {
	double seconds, until; /* until: 0 before it begins */
};

/* First called when everything is attached, which takes long under full load: the window begins here. */
static bool window_is_open(void *ctx)
{
	struct window *w = ctx;

	if (!w->until)
		w->until = clock_s() + w->seconds;
	return !interrupted() && clock_s() < w->until;
}

static int take_window(const struct trace_setup *s, struct trace *t)
{
	struct window w = { .seconds = s->seconds };
	const struct trace_window window = { .watch = { .object = s->object, .ring = s->buffer_kib * 1024 },
					     .more = window_is_open,
					     .ctx = &w };

	print_to(NULL);
	return trace_take(&window, t);
}

/* The tools begin before the window and end after it, so they have all of it. */
static int take_with_tools(const struct trace_setup *s, struct trace_found *f)
{
	pid_t perf = 0;
	int no_perf = s->perf ? perf_sched_begin(s->out, &perf) : 0;
	int no_ftrace = s->ftrace ? ftrace_begin() : 0;
	int err = take_window(s, &f->trace);

	if (s->ftrace && !no_ftrace)
		no_ftrace = ftrace_end(s->out);
	if (s->perf && !no_perf)
		no_perf = perf_sched_end(s->out, perf);
	f->tools = no_perf ?: no_ftrace;
	return err;
}

static void graph_of(struct trace_found *f)
{
	struct metrics m = { 0 };

	life_metrics(&f->trace.counts, &m);
	life_graph_make(&m, &f->graph);
	metrics_free(&m);
}

enum { LIFE, WAKERS, PATH, NR_GRAPH };

/* What each graph shows. */
static void put_texts(const struct trace_found *f, char *text[NR_GRAPH])
{
	char *to = trace_comm(f->path.comm);

	text[LIFE] = mem_printf(
		"Life of the tasks under %s: how often each step was taken, and its median time", f->policy);
	text[WAKERS] =
		mem_printf("Which task wakes which under %s, how often, and how long the woken one then "
			   "waits for a CPU (median and longest)",
			   f->policy);
	text[PATH] =
		mem_printf("Critical path to %s[%u] under %s: how long each task ran, waited for a CPU and "
			   "slept until no task woke it, and how often the path goes over, with the wait "
			   "that follows (median and longest)",
			   to, f->path.tid, f->policy);
	free(to);
}

static void put_graphs(const struct trace_found *f, const struct run *here, struct buf graph[NR_GRAPH])
{
	char *origin = caption_machine(here), *text[NR_GRAPH], *title[NR_GRAPH];

	put_texts(f, text);
	for (int i = 0; i < NR_GRAPH; i++)
		title[i] = dot_title(text[i], origin);
	life_graph_dot(&graph[LIFE], &f->graph, &(struct life_look){ .title = title[LIFE] });
	trace_wakers_dot(&graph[WAKERS], &f->wakers, MAX_PAIRS, title[WAKERS]);
	trace_path_dot(&graph[PATH], &f->path, MAX_NAMES, title[PATH]);
	for (int i = 0; i < NR_GRAPH; i++) {
		free(title[i]);
		free(text[i]);
	}
	free(origin);
}

static int write_files(struct trace_found *f)
{
	char *names[] = { [LIFE] = "life", [WAKERS] = "wakers", [PATH] = "path", NULL };
	struct buf graph[NR_GRAPH] = { 0 };
	char *path = mem_printf("%s/trace.json", f->dir);
	struct run here = { .started_ns = (int64_t)clock_ns_of(CLOCK_REALTIME) };
	int err = trace_write_json(&f->trace, &f->path, path);

	env_machine(&here);
	put_graphs(f, &here, graph);
	for (int i = 0; i < NR_GRAPH; i++) {
		if (!err)
			err = dot_write(f->dir, names[i], &graph[i]);
		free(buf_take(&graph[i]));
	}
	if (!err)
		f->no_pictures = dot_draw(f->dir, names, caption_mark(&here));
	run_free(&here);
	free(path);
	return err;
}

int trace_run(const struct trace_setup *setup, struct trace_found *f)
{
	int err;

	f->dir = setup->out;
	err = take_with_tools(setup, f);
	if (err)
		return err;
	trace_lives_of(&f->trace, &f->lives);
	f->link = trace_links_of(&f->trace);
	trace_wakers_of(&f->trace, f->link, &f->wakers);
	trace_path_of(&f->trace, f->link, setup->path_of, &f->path);
	graph_of(f);
	return write_files(f);
}

bool trace_is_legal(const struct trace_found *f)
{
	return !f->graph.illegal && !f->lives.illegal;
}

void trace_found_free(struct trace_found *f)
{
	life_graph_free(&f->graph);
	trace_path_free(&f->path);
	trace_wakers_free(&f->wakers);
	free(f->link);
	trace_lives_free(&f->lives);
	trace_free(&f->trace);
}
