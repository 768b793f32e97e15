/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The life of a task: the list of edges, what follows tasks along it, what is made of both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>

#include "collect/life.h"
#include "life/life_table.h"
#include "trace/trace_dot.h"
#include "trace/trace_json.h"
#include "life/trace_lives.h"
#include "life/life_graph.h"
#include "small_run.h"
#include "util/mem.h"

static struct life_step step(uint32_t tid, enum life_point from, enum life_point to)
{
	static uint64_t ns = 1000;
	static uint32_t nr[8];
	struct life_step s = { .head = { .ns = ns += 100, .kind = LIFE_STEP },
			       .tid = tid,
			       .tgid = tid,
			       .from = from,
			       .to = to,
			       .nr = nr[tid]++ };

	strcpy(s.comm, "task");
	return s;
}

static void every_edge_is_listed_once(void **state)
{
	(void)state;
	for (int i = 0; i < LIFE_NR_EDGES; i++) {
		assert_int_equal(life_edge_of(life_edges[i].from, life_edges[i].to), i);
		assert_true(*life_edges[i].where && *life_edges[i].when);
		assert_int_not_equal(life_edges[i].from, LIFE_unseen);
		assert_int_not_equal(life_edges[i].to, LIFE_unseen);
	}
}

/* No point is a dead end but the last, and each can be come to. */
static void the_list_is_a_whole(void **state)
{
	bool left[LIFE_NR_POINTS] = { false }, entered[LIFE_NR_POINTS] = { false };

	(void)state;
	for (int i = 0; i < LIFE_NR_EDGES; i++)
		left[life_edges[i].from] = entered[life_edges[i].to] = true;
	for (unsigned p = LIFE_init; p < LIFE_NR_POINTS; p++) {
		assert_true(left[p] || p == LIFE_exit);
		assert_true(entered[p] || p == LIFE_init);
	}
}

static void names_lead_back(void **state)
{
	(void)state;
	for (unsigned p = 0; p < LIFE_NR_POINTS; p++)
		assert_int_equal(life_point_named(life_point_name(p), strlen(life_point_name(p))), p);
	assert_int_equal(life_point_named("custod", 6), LIFE_NR_POINTS);
	assert_null(life_point_name(LIFE_NR_POINTS));
}

/* Each of all pairs: listed ones pass, every other is a violation with its task and both points. */
static void each_edge_is_told_from_what_is_none(void **state)
{
	(void)state;
	for (unsigned from = LIFE_init; from < LIFE_NR_POINTS; from++) {
		for (unsigned to = 0; to < LIFE_NR_POINTS; to++) {
			struct trace_lives l = { 0 };
			struct life_step first = step(7, LIFE_unseen, from), second = step(7, from, to);

			trace_lives_step(&l, &first);
			assert_int_equal(l.illegal, 0);
			trace_lives_step(&l, &second);
			assert_int_equal(l.gaps, 0);
			assert_int_equal(l.illegal, life_edge_of(from, to) < 0);
			if (l.illegal) {
				assert_int_equal(l.fault[0].step.tid, 7);
				assert_int_equal(l.fault[0].step.from, from);
				assert_int_equal(l.fault[0].step.to, to);
			}
			trace_lives_free(&l);
		}
	}
}

static void a_lost_record_is_a_gap_and_no_violation(void **state)
{
	struct trace_lives l = { 0 };
	struct life_step s[] = { step(1, LIFE_unseen, LIFE_runnable), step(1, LIFE_custody, LIFE_dispatched),
				 step(2, LIFE_running, LIFE_stopping) };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		trace_lives_step(&l, &s[i]);
	assert_int_equal(l.gaps, 2);
	assert_int_equal(l.illegal, 0);
	trace_lives_free(&l);
}

/* The task comes round to where it was: only the number tells. */
static void a_lost_round_is_a_gap(void **state)
{
	struct trace_lives l = { 0 };
	struct life_step s[] = { step(1, LIFE_unseen, LIFE_running), step(1, LIFE_running, LIFE_stopping) };

	(void)state;
	s[1].nr += 4;
	for (size_t i = 0; i < 2; i++)
		trace_lives_step(&l, &s[i]);
	assert_int_equal(l.gaps, 1);
	assert_int_equal(l.task[0].run_ns, 0);
	trace_lives_free(&l);
}

static void violations_are_counted_beyond_what_is_kept(void **state)
{
	struct trace_lives l = { 0 };

	(void)state;
	for (int i = 0; i < TRACE_MAX_FAULTS + 5; i++) {
		struct life_step s = step(3, LIFE_custody, LIFE_running);

		trace_lives_step(&l, &s);
	}
	assert_int_equal(l.nr_faults, TRACE_MAX_FAULTS);
	assert_int_equal(l.illegal, TRACE_MAX_FAULTS + 5);
	trace_lives_free(&l);
}

/* One life with every kind of record, the second half of it after a loss. */
static void make_trace(struct trace *t)
{
	static const enum life_point way[] = { LIFE_unseen,  LIFE_select_cpu, LIFE_runnable,  LIFE_enqueue,
					       LIFE_custody, LIFE_dispatched, LIFE_running,   LIFE_tick,
					       LIFE_tick,    LIFE_stopping,   LIFE_quiescent, LIFE_runnable,
					       LIFE_enqueue };
	struct life_wake wake = {
		.head = { 1500, LIFE_WAKE, 1 }, .waker = 9, .wakee = 5, .from = "a\"\\\xff", .to = "task"
	};
	struct life_text text = { .head = { 1600, LIFE_COUNT, 0 }, .delta = 3, .text = "SCX_EV_X" };
	struct life_step s;

	*t = (struct trace){ .begin_ns = 900 };
	for (size_t i = 1; i < sizeof(way) / sizeof(*way); i++) {
		s = step(5, way[i - 1], way[i]);
		trace_add(t, &s, sizeof(s));
	}
	s = step(5, LIFE_running, LIFE_stopping);
	trace_add(t, &s, sizeof(s));
	s = step(5, LIFE_stopping, LIFE_quiescent);
	trace_add(t, &s, sizeof(s));
	trace_add(t, &wake, sizeof(wake));
	wake.waker = 0;
	trace_add(t, &wake, sizeof(wake));
	trace_add(t, &text, sizeof(text));
	trace_add(t, &text, sizeof(text) - 1);
	t->end_ns = s.head.ns;
}

static void a_life_is_added_up(void **state)
{
	struct trace t;
	struct trace_lives l;

	(void)state;
	make_trace(&t);
	assert_int_equal(t.nr, 17); /* the cut one does not count */
	trace_lives_of(&t, &l);
	assert_int_equal(l.nr, 1);
	assert_int_equal(l.task[0].steps, 14);
	assert_int_equal(l.task[0].runs, 1);
	assert_int_equal(l.task[0].run_ns, 300);
	assert_int_equal(l.task[0].custody_ns, 100);
	assert_int_equal(l.task[0].wait_ns, 700);
	assert_int_equal(l.gaps, 1);
	trace_lives_free(&l);
	trace_free(&t);
}

static unsigned count_of(const json_t *events, const char *kind, const char *name)
{
	const json_t *e;
	unsigned n = 0;
	size_t i;

	json_array_foreach (events, i, e)
		n += !strcmp(json_string_value(json_object_get(e, "ph")), kind) &&
		     !strcmp(json_string_value(json_object_get(e, "name")), name);
	return n;
}

static void a_trace_becomes_slices(void **state)
{
	const char *path = scratch_path("trace.json");
	struct trace t;
	json_t *whole;
	const json_t *events;

	(void)state;
	make_trace(&t);
	assert_int_equal(trace_write_json(&t, &(struct trace_path){ 0 }, path), 0);
	whole = json_load_file(path, 0, NULL);
	assert_non_null(whole);
	events = json_object_get(whole, "traceEvents");
	/* Both points, the first whole, and what is known after the loss; the whole that has the loss in it
	 * is left out. */
	assert_int_equal(count_of(events, "X", "runnable"), 4);
	assert_int_equal(count_of(events, "X", "custody"), 1);
	assert_int_equal(count_of(events, "X", "running"), 1);
	assert_int_equal(count_of(events, "X", "task"), 1); /* on its CPU */
	assert_int_equal(count_of(events, "i", "tick"), 2);
	assert_int_equal(count_of(events, "i", "wakes task 5"), 2);
	assert_int_equal(count_of(events, "C", "SCX_EV_X"), 1);
	json_decref(whole);
	trace_free(&t);
}

static void wakers_by_count(void **state)
{
	struct trace_wakers w;
	struct trace_link *link;
	struct buf b = { 0 };
	struct trace t;
	char *dot;

	(void)state;
	make_trace(&t);
	link = trace_links_of(&t);
	trace_wakers_of(&t, link, &w);
	assert_int_equal(w.nr, 2);
	assert_int_equal(w.total, 2);
	trace_wakers_dot(&b, &w, 60, "Wakers\nof a machine");
	dot = buf_take(&b);
	assert_non_null(strstr(dot, "\"a\\\"\\\\\\\\xff\" -> \"task\" [label=\"1\""));
	assert_non_null(strstr(dot, "\"(interrupt)\" -> \"task\""));
	assert_non_null(strstr(dot, "label=\"Wakers\\nof a machine\\n2 of 2 wakeups\""));
	free(dot);
	free(link);
	trace_wakers_free(&w);
	trace_free(&t);
}

static void counts_become_a_graph(void **state)
{
	struct life_counts *c = mem_zalloc(1, sizeof(*c));
	struct metrics m = { 0 };
	struct life_graph g;
	struct buf b = { 0 };
	char *dot;

	(void)state;
	c->seen[LIFE_custody * LIFE_NR_POINTS + LIFE_dispatched] = 40;
	c->hist[LIFE_EDGE_custody_dispatched].slot[5] = 40;
	c->seen[LIFE_custody * LIFE_NR_POINTS + LIFE_running] = 2;
	c->seen[LIFE_unseen * LIFE_NR_POINTS + LIFE_running] = 9;
	c->missed = 1;
	life_metrics(c, &m);
	life_graph_make(&m, &g);
	assert_int_equal(g.nr, 2);
	assert_int_equal(g.illegal, 1);
	assert_float_equal(g.missed, 1, 0);
	assert_float_equal(g.edge[0].count, 40, 0);
	assert_float_equal(g.edge[0].median_ns, 5.5, 0);
	assert_true(isnan(g.edge[1].median_ns));
	life_graph_dot(&b, &g, &(struct life_look){ .title = "under \"x\"" });
	dot = buf_take(&b);
	assert_non_null(strstr(dot, "label=\"under \\\"x\\\"\""));
	assert_non_null(strstr(dot, "custody -> dispatched [label=\"40\\n5.5 ns\""));
	assert_non_null(strstr(dot, "custody -> running [label=\"not listed: 2\""));
	assert_non_null(strstr(dot, "color=\"#d62728\""));
	free(dot);
	life_graph_words(&b, &g);
	dot = buf_take(&b);
	assert_non_null(strstr(dot, "1 edge that the kernel does not have: custody to running 2"));
	free(dot);
	life_graph_free(&g);
	metrics_free(&m);
	free(c);
}

/* A run in which the second policy was watched; its first edge is not a listed one. */
static struct store_run watched_run(void)
{
	static const double fair[] = { 10 }, other[] = { 8 };
	struct store_run run = small_run(fair, other, 1, BETTER_LOWER);
	struct record r = {
		.seq = 3, .policy = mem_strdup("fifo"), .workload = mem_strdup("build"), .instrumented = true
	};

	metrics_add(&r.metrics, "life.custody.running", "count", BETTER_NONE, 2);
	metrics_add(&r.metrics, "life.custody.dispatched", "count", BETTER_NONE, 1234);
	hist_add(metrics_hist(&r.metrics, "life.custody.dispatched", "ns"), 1000, 2000, 1234);
	metrics_add(&r.metrics, "life.missed", "count", BETTER_NONE, 0);
	run.sample = mem_grow(run.sample, run.nr, sizeof(*run.sample));
	run.sample[run.nr++] = r;
	return run;
}

static void the_page_shows_lives(void **state)
{
	struct store_run run = watched_run();
	char *page = page_of(&run);
	json_t *root = json_load_file(scratch_path("report/results.json"), 0, NULL);
	const json_t *edge;

	(void)state;
	has(page, "<summary>fifo: 1 edge that the kernel does not have</summary>");
	has(page,
	    "alt=\"1 edge that the kernel does not have: custody to running 2; Edges of a task&#39;s life");
	has(page, "custody to dispatched</th><td>1,234, 1.5 µs</td>");
	has(page, "custody to running (not listed)</th><td>2</td>");
	edge = json_array_get(json_object_get(json_array_get(json_object_get(root, "life"), 1), "edges"), 0);
	assert_int_equal(json_number_value(json_object_get(edge, "count")), 1234);
	assert_true(json_is_true(json_object_get(edge, "listed")));
	json_decref(root);
	free(page);
	store_run_free(&run);
}

static void without_graphviz_the_table_is_there(void **state)
{
	struct store_run run = watched_run();
	char *path = mem_strdup(getenv("PATH")), *page;

	(void)state;
	setenv("PATH", scratch, 1);
	page = page_of(&run);
	setenv("PATH", path, 1);
	has(page, "No pictures of lives: graphviz is not installed");
	has(page, "custody to dispatched</th><td>1,234, 1.5 µs</td>");
	lacks(page, "svg+xml");
	free(page);
	free(path);
	store_run_free(&run);
}

static void what_was_not_watched_says_why(void **state)
{
	struct store_run run = watched_run();
	char *page;

	(void)state;
	metrics_free(&run.sample[2].metrics);
	metrics_absent(&run.sample[2].metrics, "life.missed", "count", "<no> function");
	page = page_of(&run);
	has(page, "fifo: nothing to show: &lt;no&gt; function");
	has(page, "No instrumented sample of this run shows lives.");
	free(page);
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_edge_is_listed_once),
		cmocka_unit_test(the_list_is_a_whole),
		cmocka_unit_test(names_lead_back),
		cmocka_unit_test(each_edge_is_told_from_what_is_none),
		cmocka_unit_test(a_lost_record_is_a_gap_and_no_violation),
		cmocka_unit_test(a_lost_round_is_a_gap),
		cmocka_unit_test(violations_are_counted_beyond_what_is_kept),
		cmocka_unit_test(a_life_is_added_up),
		cmocka_unit_test_setup_teardown(a_trace_becomes_slices, scratch_setup, scratch_teardown),
		cmocka_unit_test(wakers_by_count),
		cmocka_unit_test(counts_become_a_graph),
		cmocka_unit_test_setup_teardown(the_page_shows_lives, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(without_graphviz_the_table_is_there, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(what_was_not_watched_says_why, scratch_setup,
						scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("life", tests, NULL, NULL);
}
