/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The critical path through made-up traces whose path is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "made_trace.h"
#include "text/buf.h"
#include "life/trace_path.h"

/* "A running 300, B waiting 100"; the sums and the seams are looked at in passing. */
static char *in_words(const struct trace_path *p)
{
	uint64_t at = p->begin_ns, sum = 0;
	struct buf b = { 0 };

	for (size_t i = 0; i < p->nr; i++) {
		const struct path_part *part = &p->part[i];

		assert_int_equal(part->from_ns, at);
		assert_true(part->to_ns > at);
		at = part->to_ns;
		buf_printf(&b, "%s%s%s%s %u", i ? ", " : "", part->comm, part->tid ? " " : "",
			   path_state_name[part->state], (unsigned)(part->to_ns - part->from_ns));
		if (*part->by)
			buf_printf(&b, " by %s", part->by);
	}
	for (unsigned i = 0; i < NR_PATH; i++)
		sum += p->ns[i];
	assert_int_equal(at, p->end_ns);
	assert_int_equal(sum, p->end_ns - p->begin_ns);
	return buf_take(&b);
}

static void path_is(struct made *m, const char *of, const char *wanted)
{
	struct trace_link *link = trace_links_of(&m->trace);
	struct trace_path p;
	char *words;

	trace_path_of(&m->trace, link, of, &p);
	words = in_words(&p);
	assert_string_equal(words, wanted);
	free(words);
	trace_path_free(&p);
	free(link);
}

/* A runs, the others sleep. */
static struct made begin(void)
{
	struct made m = { 0 };

	made_step(&m, MADE_BEGIN, 1, LIFE_running);
	for (unsigned tid = 2; tid <= 4; tid++)
		made_step(&m, MADE_BEGIN, tid, LIFE_quiescent);
	return m;
}

static void end(struct made *m)
{
	trace_free(&m->trace);
}

/* A wakes B, B wakes C. */
static struct made chain(void)
{
	struct made m = begin();

	made_wake(&m, 1300, 1, 2);
	made_sleep(&m, 1350, 1);
	made_run(&m, 1400, 2);
	made_step(&m, 1500, 2, LIFE_tick);
	made_wake(&m, 1600, 2, 3);
	made_run(&m, 1700, 3);
	made_sleep(&m, 1710, 2);
	made_sleep(&m, 2000, 3);
	return m;
}

static void a_chain_of_three(void **state)
{
	struct made m = chain();

	(void)state;
	path_is(&m, NULL, "A running 300, B waiting 100, B running 200, C waiting 100, C running 300");
	end(&m);
}

static void the_end_can_be_chosen(void **state)
{
	struct made m = chain();

	(void)state;
	path_is(&m, "B", "A running 300, B waiting 100, B running 310");
	path_is(&m, "1", "A running 350");
	path_is(&m, "D", "");
	path_is(&m, "nobody", "");
	end(&m);
}

static void two_that_wake_each_other(void **state)
{
	struct made m = begin();

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		unsigned by = 1 + i % 2, to = 3 - by, at = 1100 + 100 * i;

		made_wake(&m, at, by, to);
		made_sleep(&m, at + 20, by);
		made_run(&m, at + 60, to);
	}
	made_sleep(&m, 1500, 1);
	path_is(&m, NULL,
		"A running 100, B waiting 60, B running 40, A waiting 60, A running 40, B waiting 60, "
		"B running 40, A waiting 60, A running 40");
	end(&m);
}

static void a_timer_wakes_and_the_path_stays(void **state)
{
	struct made m = begin();

	(void)state;
	made_sleep(&m, 1200, 1);
	made_wake(&m, 1500, 0, 1);
	made_run(&m, 1600, 1);
	made_sleep(&m, 1700, 1);
	path_is(&m, NULL, "A running 200, A asleep 300, A waiting 100, A running 100");
	end(&m);
}

static void a_waker_of_another_class_is_named(void **state)
{
	struct made m = begin();

	(void)state;
	made_sleep(&m, 1200, 1);
	made_wake(&m, 1500, 9, 1);
	m.trace.record[m.trace.nr - 1].wake.outside = 1;
	made_run(&m, 1600, 1);
	made_sleep(&m, 1700, 1);
	path_is(&m, NULL, "A running 200, A asleep 300 by I, A waiting 100, A running 100");
	end(&m);
}

/* C finds B awake: before, while it runs, and after. */
static void of_two_wakers_the_one_that_woke(void **state)
{
	struct made m = begin();

	(void)state;
	made_wake(&m, 1010, 0, 3);
	made_run(&m, 1100, 3);
	made_wake(&m, 1200, 1, 2);
	made_run(&m, 1300, 2);
	made_wake(&m, 1350, 3, 2);
	made_sleep(&m, 1400, 2);
	made_wake(&m, 1500, 1, 2);
	made_run(&m, 1600, 2);
	made_wake(&m, 1650, 3, 2);
	made_sleep(&m, 1700, 2);
	path_is(&m, NULL, "A running 500, B waiting 100, B running 100");
	end(&m);
}

/* Records of two CPUs: B is woken while it goes to sleep. */
static struct made early(void)
{
	struct made m = begin();

	made_wake(&m, 1100, 1, 2);
	made_run(&m, 1200, 2);
	made_wake(&m, 1295, 1, 2);
	made_sleep(&m, 1300, 2);
	made_run(&m, 1400, 2);
	made_sleep(&m, 1500, 2);
	return m;
}

static void a_wakeup_may_come_before_the_sleep(void **state)
{
	struct made m = early();

	(void)state;
	path_is(&m, NULL, "A running 300, B waiting 100, B running 100");
	/* It could be an old one, if the right one were lost. */
	m.trace.counts.lost = 1;
	path_is(&m, NULL, "unknown 360, B waiting 40, B running 100");
	end(&m);
}

static void a_task_begins_with_its_fork(void **state)
{
	struct made m = begin();

	(void)state;
	made_step(&m, 1200, 5, LIFE_init);
	made_step(&m, 1210, 5, LIFE_enable);
	made_wake(&m, 1220, 1, 5);
	made_run(&m, 1300, 5);
	made_sleep(&m, 1400, 5);
	path_is(&m, NULL, "A running 220, E waiting 80, E running 100");
	/* It did not sleep before, and of a parent of another class nothing is known. */
	for (size_t i = 0; i < m.trace.nr; i++)
		if (m.trace.record[i].head.kind == LIFE_WAKE)
			m.trace.record[i].wake.outside = 1;
	path_is(&m, NULL, "unknown 220, E waiting 80, E running 100");
	end(&m);
}

static void a_change_is_no_wakeup(void **state)
{
	static const unsigned way[] = { LIFE_stopping, LIFE_quiescent,	LIFE_runnable,
					LIFE_enqueue,  LIFE_dispatched, LIFE_running };
	struct made m = begin();

	(void)state;
	made_wake(&m, 1100, 2, 1);
	for (unsigned i = 0; i < 6; i++) {
		made_step(&m, 1200 + 10 * i, 1, way[i]);
		m.trace.record[m.trace.nr - 1].step.flags = 0;
	}
	made_sleep(&m, 1400, 1);
	path_is(&m, NULL, "A running 200, A waiting 50, A running 150");
	end(&m);
}

static void a_lost_step_ends_what_is_known(void **state)
{
	struct made m = begin();

	(void)state;
	made_wake(&m, 1300, 1, 2);
	made_run(&m, 1400, 2);
	made_lose(&m);
	made_step(&m, 1500, 2, LIFE_tick);
	made_sleep(&m, 1600, 2);
	path_is(&m, NULL, "unknown 500, B running 100");
	end(&m);
}

/* B slept meanwhile, and came round to where it was. */
static void a_lost_round_ends_what_is_known(void **state)
{
	struct made m = begin();

	(void)state;
	made_wake(&m, 1100, 1, 2);
	made_run(&m, 1200, 2);
	made_sleep(&m, 1300, 2);
	made_run(&m, 1400, 2);
	for (unsigned i = 0; i < 8; i++)
		made_lose(&m);
	made_sleep(&m, 1500, 2);
	path_is(&m, NULL, "unknown 490, B running 10");
	end(&m);
}

static void a_lost_wakeup_ends_what_is_known(void **state)
{
	struct made m = begin();

	(void)state;
	made_wake(&m, 1300, 1, 2);
	made_lose(&m);
	made_run(&m, 1400, 2);
	made_sleep(&m, 1500, 2);
	path_is(&m, NULL, "unknown 360, B waiting 40, B running 100");
	end(&m);
}

static void a_wakeup_leads_on_only_once(void **state)
{
	struct made m = begin();

	(void)state;
	made_wake(&m, 1100, 1, 2);
	made_run(&m, 1200, 2);
	made_sleep(&m, 1300, 2);
	made_run(&m, 1400, 2);
	made_sleep(&m, 1500, 2);
	path_is(&m, NULL, "unknown 360, B waiting 40, B running 100");
	end(&m);
}

/* The same of a waker. */
static void what_a_waker_did_may_be_lost(void **state)
{
	struct made m = begin();

	(void)state;
	made_wake(&m, 1100, 1, 2);
	made_run(&m, 1200, 2);
	made_sleep(&m, 1300, 2);
	made_lose(&m);
	made_lose(&m);
	made_wake(&m, 1350, 1, 2);
	made_run(&m, 1400, 2);
	for (unsigned i = 0; i < 6; i++)
		made_lose(&m);
	made_wake(&m, 1500, 2, 3);
	made_run(&m, 1600, 3);
	made_sleep(&m, 1700, 3);
	path_is(&m, NULL, "unknown 500, C waiting 100, C running 100");
	end(&m);
}

static void out_of_the_class_nothing_is_known(void **state)
{
	struct made m = begin();

	(void)state;
	made_sleep(&m, 1100, 1);
	made_step(&m, 1110, 1, LIFE_disable);
	made_step(&m, 1200, 1, LIFE_enable);
	made_step(&m, 1210, 1, LIFE_runnable);
	made_step(&m, 1220, 1, LIFE_enqueue);
	made_step(&m, 1230, 1, LIFE_dispatched);
	made_step(&m, 1240, 1, LIFE_running);
	made_sleep(&m, 1300, 1);
	path_is(&m, NULL, "unknown 210, A waiting 30, A running 60");
	end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain_of_three),
		cmocka_unit_test(the_end_can_be_chosen),
		cmocka_unit_test(two_that_wake_each_other),
		cmocka_unit_test(a_timer_wakes_and_the_path_stays),
		cmocka_unit_test(a_waker_of_another_class_is_named),
		cmocka_unit_test(of_two_wakers_the_one_that_woke),
		cmocka_unit_test(a_wakeup_may_come_before_the_sleep),
		cmocka_unit_test(a_task_begins_with_its_fork),
		cmocka_unit_test(a_change_is_no_wakeup),
		cmocka_unit_test(a_lost_step_ends_what_is_known),
		cmocka_unit_test(a_lost_round_ends_what_is_known),
		cmocka_unit_test(a_lost_wakeup_ends_what_is_known),
		cmocka_unit_test(a_wakeup_leads_on_only_once),
		cmocka_unit_test(what_a_waker_did_may_be_lost),
		cmocka_unit_test(out_of_the_class_nothing_is_known),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("trace_path", tests, NULL, NULL);
}
