/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_path_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "text/grid.h"
#include "trace/trace_path_names.h"
#include "trace/trace_text.h"
#include "util/mem.h"

#define MOST 10 /* lines of each list */

static double seconds(const struct trace_path *p, uint64_t ns)
{
	return (double)(ns - p->begin_ns) / 1e9;
}

static void print_shares(const struct trace_path *p)
{
	char *comm = trace_comm(p->comm);

	printf("\ncritical path to %s[%u], which went to sleep at %.6f s, in %zu parts:", comm, p->tid,
	       seconds(p, p->end_ns), p->nr);
	for (unsigned i = 0; i < NR_PATH; i++)
		if (i != PATH_UNKNOWN || p->ns[i])
			printf("%s %.1f %% %s", i ? "," : "",
			       100 * (double)p->ns[i] / (double)(p->end_ns - p->begin_ns),
			       path_state_words[i]);
	printf("\n\n");
	free(comm);
}

static char *name_or_unknown(const char comm[LIFE_COMM])
{
	return *comm ? trace_comm(comm) : mem_strdup("(unknown)");
}

static char *time_or_none(uint64_t ns)
{
	return ns ? trace_duration((double)ns) : mem_strdup("");
}

static void print_names(const struct path_names *n)
{
	static const struct grid_column heads[] = {
		{ "on the path", GRID_TEXT, 0 }, { "parts", GRID_NUMBER, 0 },  { "running", GRID_NUMBER, 0 },
		{ "waiting", GRID_NUMBER, 0 },	 { "asleep", GRID_NUMBER, 0 }, { "unknown", GRID_NUMBER, 0 }
	};
	struct grid g;

	grid_begin(&g, heads, 6);
	for (size_t i = 0; i < n->nr && i < MOST; i++) {
		char *comm = name_or_unknown(n->name[i].comm), **cells = grid_row(&g, true, comm);

		cells[1] = trace_number((double)n->name[i].parts);
		for (unsigned k = 0; k < NR_PATH; k++)
			cells[2 + k] = time_or_none(n->name[i].ns[k]);
		free(comm);
	}
	grid_print(&g);
	grid_free(&g);
	if (n->nr > MOST)
		printf("and %zu names more\n", n->nr - MOST);
}

static int by_length(const void *a, const void *b)
{
	const struct path_part *const *x = a, *const *y = b;
	uint64_t of_x = (*x)->to_ns - (*x)->from_ns, of_y = (*y)->to_ns - (*y)->from_ns;

	if (of_x != of_y)
		return of_x < of_y ? 1 : -1;
	return (*x)->from_ns < (*y)->from_ns ? -1 : 1;
}

/* As "running", or "asleep, woken by cron". */
static char *state_of(const struct path_part *part)
{
	char *by = trace_comm(part->by), *text;

	if (part->state != PATH_ASLEEP)
		text = mem_strdup(path_state_words[part->state]);
	else
		text = mem_printf("asleep, woken by %s", *by ? by : "an interrupt");
	free(by);
	return text;
}

static void print_parts(const struct trace_path *p, const struct path_part **longest)
{
	static const struct grid_column heads[] = { { "longest parts", GRID_TEXT, 0 },
						    { "tid", GRID_NUMBER, 0 },
						    { "from, in s", GRID_NUMBER, 0 },
						    { "for", GRID_NUMBER, 0 },
						    { "", GRID_TEXT, 0 } };
	struct grid g;

	grid_begin(&g, heads, 5);
	for (size_t i = 0; i < p->nr && i < MOST; i++) {
		const struct path_part *part = longest[i];
		char *comm = name_or_unknown(part->comm), **cells = grid_row(&g, true, comm);

		cells[1] = part->tid ? mem_printf("%u", part->tid) : mem_strdup("");
		cells[2] = mem_printf("%.6f", seconds(p, part->from_ns));
		cells[3] = trace_duration((double)(part->to_ns - part->from_ns));
		cells[4] = state_of(part);
		free(comm);
	}
	printf("\n");
	grid_print(&g);
	grid_free(&g);
}

void trace_path_print(const struct trace_path *p)
{
	const struct path_part **longest;
	struct path_names names;

	if (!p->tid) {
		printf("\nno critical path: no such task went to sleep\n");
		return;
	}
	print_shares(p);
	path_names_of(p, &names);
	print_names(&names);
	path_names_free(&names);
	longest = mem_zalloc(p->nr, sizeof(*longest));
	for (size_t i = 0; i < p->nr; i++)
		longest[i] = &p->part[i];
	qsort(longest, p->nr, sizeof(*longest), by_length);
	print_parts(p, longest);
	free(longest);
}

static void set_times(json_t *o, const uint64_t ns[NR_PATH])
{
	for (unsigned i = 0; i < NR_PATH; i++) {
		char *key = mem_printf("%s_ns", path_state_name[i]);

		json_object_set_new(o, key, json_integer((json_int_t)ns[i]));
		free(key);
	}
}

static json_t *names_json(const struct trace_path *p)
{
	json_t *array = json_array();
	struct path_names n;

	path_names_of(p, &n);
	for (size_t i = 0; i < n.nr; i++) {
		json_t *o = json_pack("{s:o,s:I}", "comm", trace_comm_json(n.name[i].comm), "parts",
				      (json_int_t)n.name[i].parts);

		set_times(o, n.name[i].ns);
		json_array_append_new(array, o);
	}
	path_names_free(&n);
	return array;
}

static json_t *parts_json(const struct trace_path *p)
{
	json_t *array = json_array();

	for (size_t i = p->nr > PATH_PARTS ? p->nr - PATH_PARTS : 0; i < p->nr; i++) {
		const struct path_part *part = &p->part[i];

		json_array_append_new(array, json_pack("{s:s,s:I,s:I,s:i,s:o,s:o}", "state",
						       path_state_name[part->state], "from_ns",
						       (json_int_t)(part->from_ns - p->begin_ns), "to_ns",
						       (json_int_t)(part->to_ns - p->begin_ns), "tid",
						       (int)part->tid, "comm", trace_comm_json(part->comm),
						       "by", trace_comm_json(part->by)));
	}
	return array;
}

json_t *trace_path_json(const struct trace_path *p)
{
	json_t *o;

	if (!p->tid)
		return json_null();
	o = json_pack("{s:i,s:o,s:I,s:I}", "tid", (int)p->tid, "comm", trace_comm_json(p->comm), "ns",
		      (json_int_t)(p->end_ns - p->begin_ns), "nr", (json_int_t)p->nr);
	set_times(o, p->ns);
	json_object_set_new(o, "names", names_json(p));
	json_object_set_new(o, "parts", parts_json(p));
	return o;
}
