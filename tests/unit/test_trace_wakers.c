/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who wakes whom, and how long a task waits for a CPU after a wakeup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "made_trace.h"
#include "trace/trace_dot.h"

static struct trace_wakers wakers_of(struct made *m)
{
	struct trace_link *link = trace_links_of(&m->trace);
	struct trace_wakers w;

	trace_wakers_of(&m->trace, link, &w);
	free(link);
	return w;
}

static void the_most_frequent_wakers_come_first(void **state)
{
	struct trace t = { .record = calloc(3, sizeof(*t.record)), .nr = 3 };
	struct trace_link none[3] = { 0 };
	struct trace_wakers w;
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 3; i++) {
		t.record[i].head.kind = LIFE_WAKE;
		t.record[i].wake.waker = 1;
		strcpy(t.record[i].wake.from, i ? "often" : "a");
		strcpy(t.record[i].wake.to, i ? "woken" : "b");
	}
	trace_wakers_of(&t, none, &w);
	assert_int_equal(w.pair[0].count, 2);
	trace_wakers_dot(&b, &w, 1, "Wakers");
	assert_non_null(strstr(b.text, "\"often\" -> \"woken\" [label=\"2\""));
	assert_null(strstr(b.text, "\"a\""));
	assert_non_null(strstr(b.text, "2 of 3 wakeups"));
	free(b.text);
	trace_wakers_free(&w);
	free(t.record);
}

/* A wakes B, which then waits for 100, 300 and 1,100 ns, and twice more: while B runs, and too late. */
static struct made often(void)
{
	static const uint64_t waits[] = { 300, 100, 1100 };
	struct made m = { 0 };

	made_step(&m, 1000, 1, LIFE_running);
	made_step(&m, 1000, 2, LIFE_quiescent);
	for (unsigned i = 0; i < 3; i++) {
		made_wake(&m, 2000 * (i + 1), 1, 2);
		made_run(&m, 2000 * (i + 1) + waits[i], 2);
		made_wake(&m, 2000 * (i + 1) + 1200, i ? 0 : 1, 2);
		made_sleep(&m, 2000 * (i + 1) + 1500, 2);
	}
	made_wake(&m, 9000, 1, 2);
	return m;
}

static void waits_are_of_the_pair(void **state)
{
	struct made m = often();
	struct trace_wakers w = wakers_of(&m);

	(void)state;
	assert_int_equal(w.nr, 2);
	assert_int_equal(w.total, 7);
	assert_int_equal(w.pair[0].count, 5);
	assert_int_equal(w.pair[0].waits, 3);
	assert_float_equal(w.pair[0].total_ns, 1500, 0);
	assert_float_equal(w.pair[0].median_ns, 300, 0);
	assert_float_equal(w.pair[0].most_ns, 1100, 0);
	assert_int_equal(w.pair[1].count, 2);
	assert_int_equal(w.pair[1].waits, 0);
	assert_true(isnan(w.pair[1].median_ns) && isnan(w.pair[1].most_ns) && isnan(w.pair[1].total_ns));
	trace_wakers_free(&w);
	trace_free(&m.trace);
}

static void the_edges_of_the_graph_have_them(void **state)
{
	struct made m = often();
	struct trace_wakers w = wakers_of(&m);
	struct buf b = { 0 };

	(void)state;
	trace_wakers_dot(&b, &w, 60, "Wakers");
	assert_non_null(strstr(b.text, "\"A\" -> \"B\" [label=\"5\\n300 ns, most 1.1 µs\" penwidth"));
	assert_non_null(strstr(b.text, "\"(interrupt)\" -> \"B\" [label=\"2\" penwidth"));
	free(b.text);
	trace_wakers_free(&w);
	trace_free(&m.trace);
}

/* The step with which it ran, or the one with which it became runnable. */
static void a_wait_over_a_lost_step_is_none(void **state)
{
	struct made m = { 0 };
	struct trace_wakers w;

	(void)state;
	made_wake(&m, 2000, 1, 2);
	made_run(&m, 2100, 2);
	made_lose(&m);
	made_step(&m, 2200, 2, LIFE_tick);
	made_sleep(&m, 2300, 2);
	made_run(&m, 2400, 2);
	w = wakers_of(&m);
	assert_int_equal(w.pair[0].count, 1);
	assert_int_equal(w.pair[0].waits, 0);
	trace_wakers_free(&w);
	trace_free(&m.trace);
}

/* B is awake when A wakes it, and then moves. */
static void a_change_after_a_wakeup_is_no_wait(void **state)
{
	static const unsigned way[] = { LIFE_running,  LIFE_stopping,	LIFE_quiescent,
					LIFE_runnable, LIFE_dispatched, LIFE_running };
	struct made m = { 0 };
	struct trace_wakers w;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		made_step(&m, 2000 + 10 * i, 2, way[i]);
		m.trace.record[m.trace.nr - 1].step.flags = 0;
		if (!i)
			made_wake(&m, 2005, 1, 2);
	}
	w = wakers_of(&m);
	assert_int_equal(w.pair[0].count, 1);
	assert_int_equal(w.pair[0].waits, 0);
	trace_wakers_free(&w);
	trace_free(&m.trace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_most_frequent_wakers_come_first),
		cmocka_unit_test(waits_are_of_the_pair),
		cmocka_unit_test(the_edges_of_the_graph_have_them),
		cmocka_unit_test(a_change_after_a_wakeup_is_no_wait),
		cmocka_unit_test(a_wait_over_a_lost_step_is_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("trace_wakers", tests, NULL, NULL);
}
