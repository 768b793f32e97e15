/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_print.h"
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life/life_table.h"
#include "text/grid.h"
#include "record/json.h"
#include "trace/trace_path_print.h"
#include "trace/trace_text.h"
#include "util/mem.h"
#include "util/utf8.h"

#define MOST 15 /* lines of each list; the files have all */

static double seconds(const struct trace_found *f)
{
	return (double)(f->trace.end_ns - f->trace.begin_ns) / 1e9;
}

static void print_grid(struct grid *g)
{
	printf("\n");
	grid_print(g);
	grid_free(g);
}

static void print_edges(const struct trace_found *f)
{
	static const struct grid_column heads[] = { { "edge", GRID_TEXT, 0 },
						    { "times", GRID_NUMBER, 0 },
						    { "median", GRID_NUMBER, 0 },
						    { "", GRID_TEXT, 0 } };
	struct grid g;

	grid_begin(&g, heads, 4);
	for (size_t i = 0; i < f->graph.nr; i++) {
		const struct life_seen *e = &f->graph.edge[i];
		char *label = mem_printf("%s > %s", life_point_name(e->from), life_point_name(e->to));
		char **cells = grid_row(&g, true, label);

		cells[1] = trace_number(e->count);
		cells[2] = trace_duration(e->median_ns);
		cells[3] = mem_strdup(e->legal ? "" : "NOT LISTED");
		free(label);
	}
	print_grid(&g);
}

static int by_run(const void *a, const void *b)
{
	const struct trace_task *x = a, *y = b;

	return x->run_ns < y->run_ns ? 1 : x->run_ns > y->run_ns ? -1 : (int)x->tid - (int)y->tid;
}

static void print_tasks(const struct trace_found *f)
{
	static const struct grid_column heads[] = {
		{ "task", GRID_TEXT, 0 },  { "tid", GRID_NUMBER, 0 },	 { "runs", GRID_NUMBER, 0 },
		{ "ran", GRID_NUMBER, 0 }, { "waited", GRID_NUMBER, 0 }, { "in custody", GRID_NUMBER, 0 }
	};
	struct grid g;

	qsort(f->lives.task, f->lives.nr, sizeof(*f->lives.task), by_run);
	grid_begin(&g, heads, 6);
	for (size_t i = 0; i < f->lives.nr && i < MOST; i++) {
		const struct trace_task *t = &f->lives.task[i];
		char *name = trace_comm(t->comm), **cells = grid_row(&g, true, name);

		cells[1] = mem_printf("%u", t->tid);
		cells[2] = trace_number(t->runs);
		cells[3] = trace_duration(t->run_ns);
		cells[4] = trace_duration(t->wait_ns);
		cells[5] = trace_duration(t->custody_ns);
		free(name);
	}
	print_grid(&g);
	if (f->lives.nr > MOST)
		printf("and %zu tasks more\n", f->lives.nr - MOST);
}

static void print_wakers(const struct trace_found *f)
{
	static const struct grid_column heads[] = { { "waker", GRID_TEXT, 0 },
						    { "wakee", GRID_TEXT, 0 },
						    { "times", GRID_NUMBER, 0 },
						    { "median wait", GRID_NUMBER, 0 },
						    { "longest", GRID_NUMBER, 0 } };
	struct grid g;

	if (!f->wakers.nr)
		return;
	grid_begin(&g, heads, 5);
	for (size_t i = 0; i < f->wakers.nr && i < MOST; i++) {
		const struct trace_pair *p = &f->wakers.pair[i];
		char *from = trace_comm(p->from), **cells = grid_row(&g, true, *from ? from : "(interrupt)");

		cells[1] = trace_comm(p->to);
		cells[2] = trace_number(p->count);
		cells[3] = trace_duration(p->median_ns);
		cells[4] = trace_duration(p->most_ns);
		free(from);
	}
	print_grid(&g);
	if (f->wakers.nr > MOST)
		printf("and %zu pairs more\n", f->wakers.nr - MOST);
}

static void print_faults(const struct trace_found *f)
{
	for (size_t i = 0; i < f->lives.nr_faults && i < MOST; i++) {
		const struct life_step *s = &f->lives.fault[i].step;
		char *name = trace_comm(s->comm);

		printf("violation: %s[%u] went from %s to %s at %.6f s on CPU %u, flags %#" PRIx64 "\n", name,
		       s->tid, life_point_name(s->from), life_point_name(s->to),
		       (double)(int64_t)(s->head.ns - f->trace.begin_ns) / 1e9, s->head.cpu,
		       (uint64_t)s->flags);
		free(name);
	}
	if (f->lives.illegal > MOST)
		printf("and %" PRIu64 " violations more\n", f->lives.illegal - MOST);
}

static void print_losses(const struct trace_found *f)
{
	const struct life_counts *c = &f->trace.counts;

	if (c->lost)
		printf("LOST: %" PRIu64 " records found no room in the buffer, and %" PRIu64
		       " steps of tasks followed on "
		       "a gap; a larger --buffer helps. The edges' counts and times are complete.\n",
		       (uint64_t)c->lost, f->lives.gaps);
	if (c->untracked + c->missed)
		printf("NOT SEEN: %" PRIu64
		       " steps of tasks, dropped by the kernel or for lack of room: violations may come from the "
		       "watching.\n",
		       (uint64_t)(c->untracked + c->missed));
}

void trace_print(const struct trace_found *f)
{
	char *policy = utf8_printable(f->policy, 0), *records = trace_number((double)f->trace.nr);

	printf("%.1f s under %s: %s records of %zu tasks, %" PRIu64 " lost; %s\n", seconds(f), policy,
	       records, f->lives.nr, (uint64_t)f->trace.counts.lost,
	       f->graph.illegal || f->lives.illegal ? "NOT every life is in order"
						    : "every life is in order");
	print_faults(f);
	print_losses(f);
	print_edges(f);
	print_tasks(f);
	print_wakers(f);
	trace_path_print(&f->path);
	printf("\n%s/trace.json opens in ui.perfetto.dev; %s/life.dot, wakers.dot and path.dot are the graphs",
	       f->dir, f->dir);
	if (f->no_pictures)
		printf(", without pictures: %s\n", f->no_pictures);
	else
		printf(", pictures beside them\n");
	free(records);
	free(policy);
}

static json_t *edges_json(const struct trace_found *f)
{
	json_t *array = json_array();

	for (size_t i = 0; i < f->graph.nr; i++) {
		const struct life_seen *e = &f->graph.edge[i];

		json_array_append_new(array, json_pack("{s:s,s:s,s:I,s:o,s:b}", "from",
						       life_point_name(e->from), "to", life_point_name(e->to),
						       "count", (json_int_t)e->count, "median_ns",
						       json_from_double(e->median_ns), "listed", e->legal));
	}
	return array;
}

static json_t *faults_json(const struct trace_found *f)
{
	json_t *array = json_array();

	for (size_t i = 0; i < f->lives.nr_faults; i++) {
		const struct life_step *s = &f->lives.fault[i].step;

		json_array_append_new(array,
				      json_pack("{s:I,s:i,s:i,s:o,s:s,s:s}", "ns",
						(json_int_t)(s->head.ns - f->trace.begin_ns), "cpu",
						(int)s->head.cpu, "tid", (int)s->tid, "comm",
						trace_comm_json(s->comm), "from", life_point_name(s->from),
						"to", life_point_name(s->to)));
	}
	return array;
}

static json_t *wakers_json(const struct trace_found *f)
{
	json_t *array = json_array();

	for (size_t i = 0; i < f->wakers.nr; i++) {
		const struct trace_pair *p = &f->wakers.pair[i];

		json_array_append_new(
			array, json_pack("{s:o,s:o,s:I,s:I,s:o,s:o,s:o}", "from", trace_comm_json(p->from),
					 "to", trace_comm_json(p->to), "count", (json_int_t)p->count, "waits",
					 (json_int_t)p->waits, "wait_ns", json_from_double(p->total_ns),
					 "wait_median_ns", json_from_double(p->median_ns), "wait_most_ns",
					 json_from_double(p->most_ns)));
	}
	return array;
}

static json_t *tasks_json(const struct trace_found *f)
{
	json_t *array = json_array();

	for (size_t i = 0; i < f->lives.nr; i++) {
		const struct trace_task *t = &f->lives.task[i];

		json_array_append_new(
			array, json_pack("{s:i,s:i,s:o,s:I,s:I,s:I,s:I,s:I}", "tid", (int)t->tid, "pid",
					 (int)t->tgid, "comm", trace_comm_json(t->comm), "steps",
					 (json_int_t)t->steps, "runs", (json_int_t)t->runs, "run_ns",
					 (json_int_t)t->run_ns, "wait_ns", (json_int_t)t->wait_ns,
					 "custody_ns", (json_int_t)t->custody_ns));
	}
	return array;
}

int trace_print_json(const struct trace_found *f)
{
	const struct life_counts *c = &f->trace.counts;
	json_t *o = json_pack("{s:i,s:o,s:f,s:I,s:I,s:I,s:I,s:I}", "schema", 1, "policy",
			      json_from_text(f->policy), "seconds", seconds(f), "records",
			      (json_int_t)f->trace.nr, "lost", (json_int_t)c->lost, "gaps",
			      (json_int_t)f->lives.gaps, "not_seen", (json_int_t)(c->untracked + c->missed),
			      "illegal", (json_int_t)f->lives.illegal);

	json_object_set_new(o, "violations", faults_json(f));
	json_object_set_new(o, "edges", edges_json(f));
	json_object_set_new(o, "tasks", tasks_json(f));
	json_object_set_new(o, "wakers", wakers_json(f));
	json_object_set_new(o, "path", trace_path_json(&f->path));
	json_dumpf(o, stdout, JSON_INDENT(2));
	json_decref(o);
	return puts("") < 0 ? -1 : 0;
}
