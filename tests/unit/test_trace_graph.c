/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is made of the critical path: the sums by name, the graph, the track and the summary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "made_trace.h"
#include "scratch.h"
#include "trace/trace_dot.h"
#include "trace/trace_json.h"
#include "trace/trace_path_names.h"
#include "trace/trace_path_print.h"

/* A runs, sleeps until a timer, wakes B and sleeps; B wakes C, which is an other task of the name A. */
static void make(struct made *m, struct trace_path *p)
{
	struct trace_link *link;

	*m = (struct made){ 0 };
	made_step(m, 1100, 1, LIFE_running);
	made_sleep(m, 1300, 1);
	made_wake(m, 1700, 0, 1);
	made_run(m, 1800, 1);
	made_step(m, 1810, 2, LIFE_quiescent);
	made_step(m, 1810, 3, LIFE_quiescent);
	made_wake(m, 2000, 1, 2);
	made_run(m, 3000, 2);
	made_wake(m, 3100, 2, 3);
	made_run(m, 3300, 3);
	made_sleep(m, 3400, 3);
	m->trace.end_ns = 3500;
	link = trace_links_of(&m->trace);
	trace_path_of(&m->trace, link, NULL, p);
	for (size_t i = 0; i < p->nr; i++)
		if (p->part[i].tid == 3)
			made_name(p->part[i].comm, 1);
	made_name(p->comm, 1);
	free(link);
}

static void names_are_summed_up(void **state)
{
	struct path_names n;
	struct trace_path p;
	struct made m;

	(void)state;
	make(&m, &p);
	path_names_of(&p, &n);
	assert_int_equal(n.nr, 3);
	assert_string_equal(n.name[0].comm, "A");
	assert_int_equal(n.name[0].ns[PATH_RUNNING], 500);
	assert_int_equal(n.name[0].ns[PATH_WAITING], 300);
	assert_int_equal(n.name[0].ns[PATH_ASLEEP], 400);
	assert_int_equal(n.name[0].parts, 6);
	assert_string_equal(n.name[1].comm, "B");
	assert_int_equal(n.name[1].ns[PATH_WAITING], 1000);
	assert_int_equal(n.name[1].ns[PATH_RUNNING], 100);
	assert_int_equal(n.name[1].all_ns, 1100);
	assert_string_equal(n.name[2].comm, "");
	assert_int_equal(n.name[2].ns[PATH_UNKNOWN], 100);
	path_names_free(&n);
	trace_path_free(&p);
	trace_free(&m.trace);
}

static const char golden[] =
	"digraph path {\n"
	"\trankdir=LR labelloc=t fontname=\"DejaVu Sans\" fontsize=11 bgcolor=\"#ffffff\"\n"
	"\tnode [shape=box style=rounded fontname=\"DejaVu Sans\" fontsize=11]\n"
	"\tedge [fontname=\"DejaVu Sans\" fontsize=9]\n"
	"\t\"A\" [label=\"A\\nrunning 500 ns\\nwaiting 300 ns\\nasleep 400 ns\" peripheries=2]\n"
	"\t\"B\" [label=\"B\\nrunning 100 ns\\nwaiting 1 µs\"]\n"
	"\t\"(interrupt)\" -> \"A\" [label=\"1\\n100 ns, most 100 ns\" penwidth=1.0]\n"
	"\t\"A\" -> \"B\" [label=\"1\\n1 µs, most 1 µs\" penwidth=1.0]\n"
	"\t\"B\" -> \"A\" [label=\"1\\n200 ns, most 200 ns\" penwidth=1.0]\n"
	"\tlabel=\"Path\\n2.3 µs of 2.4 µs\"\n"
	"}\n";

static void the_graph_has_what_takes_longest(void **state)
{
	struct buf b = { 0 };
	struct trace_path p;
	struct made m;

	(void)state;
	make(&m, &p);
	trace_path_dot(&b, &p, 2, "Path");
	assert_string_equal(b.text, golden);
	free(b.text);
	trace_path_free(&p);
	trace_free(&m.trace);
}

static void without_a_path_the_graph_says_so(void **state)
{
	struct trace_path none = { 0 };
	struct buf b = { 0 };

	(void)state;
	trace_path_dot(&b, &none, 2, "Path");
	assert_non_null(strstr(b.text, "label=\"Path\\nno such task went to sleep\"\n}"));
	free(b.text);
	assert_true(json_is_null(trace_path_json(&none)));
}

static long long int_of(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static void the_summary_has_every_part(void **state)
{
	const json_t *part;
	struct trace_path p;
	struct made m;
	json_t *o;

	(void)state;
	make(&m, &p);
	o = trace_path_json(&p);
	assert_int_equal(int_of(o, "tid"), 3);
	assert_int_equal(int_of(o, "ns"), 2400);
	assert_int_equal(int_of(o, "running_ns"), 600);
	assert_int_equal(int_of(o, "waiting_ns"), 1300);
	assert_int_equal(int_of(o, "asleep_ns"), 400);
	assert_int_equal(int_of(o, "unknown_ns"), 100);
	assert_int_equal(json_array_size(json_object_get(o, "names")), 3);
	assert_int_equal(int_of(o, "nr"), 9);
	assert_int_equal(json_array_size(json_object_get(o, "parts")), 9);
	part = json_array_get(json_object_get(o, "parts"), 2);
	assert_string_equal(json_string_value(json_object_get(part, "state")), "asleep");
	assert_int_equal(int_of(part, "from_ns"), 300);
	assert_int_equal(int_of(part, "to_ns"), 700);
	assert_string_equal(json_string_value(json_object_get(part, "by")), "");
	json_decref(o);
	trace_path_free(&p);
	trace_free(&m.trace);
}

/* Without a gap, from the trace's begin. */
static void the_track_has_every_part(void **state)
{
	const char *path = scratch_path("trace.json");
	const json_t *event, *name;
	double at = 0, process = 0;
	struct trace_path p;
	struct made m;
	json_t *whole;
	size_t i;

	(void)state;
	make(&m, &p);
	assert_int_equal(trace_write_json(&m.trace, &p, path), 0);
	whole = json_load_file(path, 0, NULL);
	assert_non_null(whole);
	json_array_foreach (json_object_get(whole, "traceEvents"), i, event) {
		name = json_object_get(json_object_get(event, "args"), "name");
		if (name && !strcmp(json_string_value(name), "critical path"))
			process = (double)int_of(event, "pid");
	}
	assert_true(process);
	json_array_foreach (json_object_get(whole, "traceEvents"), i, event) {
		if ((double)int_of(event, "pid") != process || !json_object_get(event, "dur"))
			continue;
		assert_float_equal(json_number_value(json_object_get(event, "ts")), at, 1e-9);
		at += json_number_value(json_object_get(event, "dur"));
	}
	assert_float_equal(at, 2.4, 1e-9);
	json_decref(whole);
	trace_path_free(&p);
	trace_free(&m.trace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_summed_up),
		cmocka_unit_test(the_graph_has_what_takes_longest),
		cmocka_unit_test(without_a_path_the_graph_says_so),
		cmocka_unit_test(the_summary_has_every_part),
		cmocka_unit_test_setup_teardown(the_track_has_every_part, scratch_setup, scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("trace_graph", tests, NULL, NULL);
}
