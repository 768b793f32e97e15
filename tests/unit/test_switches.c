/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who ran where and who woke whom: recorded switches become stints, stints a file, and a file stints again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "collect/stints.h"
#include "scratch.h"
#include "util/cause.h"

#define FROM 1000000 /* when the window begins */

/* Four CPUs in two L3 groups; on CPU 3 nothing was switched in the window. */
static struct switches_at at[] = {
	{ FROM + 300, 1, 7, 0, 1, 0, "b" },   { FROM + 100, 0, 0, 0, 0, 1, "swapper/0" },
	{ FROM + 500, 2, 7, 0, 1, 0, "b" },   { FROM + 400, 1, 0, 2, 0, 0, "swapper/1" },
	{ FROM + 900, 0, 7, 3, 1, 1, "b\n" },
};
static struct switches_at before[4 * SWITCHES_BEFORE] = {
	{ FROM - 900, 0, 1, 0, 0, 0, "old" },	  { FROM - 10, 0, 7, 1, 1, 0, "b" },
	{ FROM + 2000, 0, 1, 0, 0, 0, "later" },  { FROM - 20, 1, 9, 0, 0, 0, "kworker" },
	[9] = { FROM - 5, 3, 5, 0, 1, 0, "hog" },
};
static struct switches_wake wake[] = {
	{ FROM + 280, 0, 0, 7, 0 },  { FROM + 50, 3, 5, 7, 0 }, { FROM - 1, 3, 5, 7, 0 },
	{ FROM + 1000, 0, 5, 7, 0 }, { FROM + 60, 9, 5, 7, 0 },
};

static void make(struct switches *s, struct topology *t)
{
	struct stints_of of = { .at = at,
				.nr = 5,
				.wake = wake,
				.wakes = 5,
				.before = before,
				.cpus = 4,
				.from_ns = FROM,
				.to_ns = FROM + 1000,
				.topology = t };

	assert_int_equal(topology_load("synthetic:pack:1 l3:2 core:2 pu:1", t), 0);
	stints_make(&of, s);
	s->after_ns = 400000000;
	s->lost = 3;
}

static const struct stint *find(const struct switches *s, unsigned cpu, uint64_t from)
{
	for (size_t i = 0; i < s->nr; i++)
		if (s->stint[i].cpu == cpu && s->stint[i].from_ns == from)
			return &s->stint[i];
	fail_msg("no stint on CPU %u from %lu", cpu, (unsigned long)from);
	return NULL;
}

static void switches_become_stints(void **state)
{
	struct topology t;
	struct switches s;

	(void)state;
	make(&s, &t);
	assert_int_equal(s.length_ns, 1000);
	/* Who had it before the window has it from the window's beginning. */
	assert_int_equal(find(&s, 0, 0)->tid, 7);
	assert_int_equal(find(&s, 0, 0)->to_ns, 100);
	assert_int_equal(find(&s, 0, 0)->of, STINT_WORKLOAD);
	assert_int_equal(find(&s, 0, 100)->of, STINT_IDLE);
	assert_string_equal(find(&s, 0, 100)->comm, "idle");
	assert_int_equal(find(&s, 1, 0)->of, STINT_OTHER);
	assert_int_equal(find(&s, 1, 400)->waiting, 2);
	assert_int_equal(find(&s, 2, 0)->of, STINT_UNKNOWN);
	assert_int_equal(find(&s, 3, 0)->to_ns, 1000);
	assert_string_equal(find(&s, 3, 0)->comm, "hog");
	switches_free(&s);
	topology_free(&t);
}

static void a_task_that_sleeps_ends_its_stint_so(void **state)
{
	struct topology t;
	struct switches s;

	(void)state;
	make(&s, &t);
	assert_true(find(&s, 0, 0)->slept);
	assert_false(find(&s, 1, 300)->slept); /* preempted */
	assert_false(find(&s, 0, 100)->slept); /* an idle CPU is no task */
	assert_false(find(&s, 3, 0)->slept);   /* it runs on when the window ends */
	switches_free(&s);
	topology_free(&t);
}

static void wakeups_of_the_window_are_in_order(void **state)
{
	struct topology t;
	struct switches s;

	(void)state;
	make(&s, &t);
	assert_true(s.woken);
	assert_int_equal(s.wakeups, 2);
	assert_int_equal(s.wakeup[0].at_ns, 50);
	assert_int_equal(s.wakeup[0].cpu, 3);
	assert_int_equal(s.wakeup[0].waker, 5);
	assert_int_equal(s.wakeup[0].tid, 7);
	assert_int_equal(s.wakeup[1].at_ns, 280);
	assert_int_equal(s.wakeup[1].waker, 0);
	switches_free(&s);
	topology_free(&t);
}

static void a_move_is_as_far_as_the_machine_says(void **state)
{
	struct topology t;
	struct switches s;

	(void)state;
	make(&s, &t);
	assert_int_equal(find(&s, 0, 0)->moved, -1);
	assert_int_equal(find(&s, 1, 300)->moved, MIGRATE_l3);
	assert_int_equal(find(&s, 2, 500)->moved, MIGRATE_node);
	assert_int_equal(find(&s, 3, 0)->moved, -1);
	switches_free(&s);
	topology_free(&t);
}

/* It had room for a part only: what came later is not known, and is not there. */
static void a_full_window_ends_early(void **state)
{
	struct stints_of of = { .at = at,
				.nr = 5,
				.wake = wake,
				.wakes = 5,
				.before = before,
				.cpus = 4,
				.from_ns = FROM,
				.to_ns = FROM + 250 };
	struct topology t;
	struct switches s;

	(void)state;
	assert_int_equal(topology_load("synthetic:pack:1 l3:2 core:2 pu:1", &t), 0);
	of.topology = &t;
	stints_make(&of, &s);
	assert_int_equal(s.length_ns, 250);
	for (size_t i = 0; i < s.nr; i++)
		assert_in_range(s.stint[i].to_ns, 1, 250);
	assert_int_equal(s.wakeups, 1);
	assert_int_equal(s.lost, 4);
	switches_free(&s);
	topology_free(&t);
}

static void a_file_gives_back_what_was_written(void **state)
{
	char *path = switches_path(scratch, 7);
	struct switches s, back;
	struct topology t;

	(void)state;
	make(&s, &t);
	assert_string_equal(strrchr(path, '/'), "/switches-0007.json");
	assert_int_equal(switches_write(&s, path), 0);
	assert_int_equal(switches_read(path, &back), 0);
	assert_int_equal(back.after_ns, s.after_ns);
	assert_int_equal(back.length_ns, s.length_ns);
	assert_int_equal(back.lost, 3);
	assert_int_equal(back.cpus, 4);
	assert_int_equal(back.nr, s.nr);
	for (size_t i = 0; i < s.nr; i++) {
		assert_int_equal(back.stint[i].from_ns, s.stint[i].from_ns);
		assert_int_equal(back.stint[i].to_ns, s.stint[i].to_ns);
		assert_int_equal(back.stint[i].moved, s.stint[i].moved);
		assert_int_equal(back.stint[i].of, s.stint[i].of);
		assert_int_equal(back.stint[i].slept, s.stint[i].slept);
		assert_string_equal(back.stint[i].comm, s.stint[i].comm);
	}
	assert_true(back.woken);
	assert_int_equal(back.wakeups, s.wakeups);
	for (size_t i = 0; i < s.wakeups; i++) {
		assert_int_equal(back.wakeup[i].at_ns, s.wakeup[i].at_ns);
		assert_int_equal(back.wakeup[i].cpu, s.wakeup[i].cpu);
		assert_int_equal(back.wakeup[i].waker, s.wakeup[i].waker);
		assert_int_equal(back.wakeup[i].tid, s.wakeup[i].tid);
	}
	switches_free(&s);
	switches_free(&back);
	topology_free(&t);
	free(path);
}

/* Those of before wakeups were recorded. */
static void an_older_file_has_no_wakeups(void **state)
{
	static const char text[] = "{\"schema\":1,\"otherData\":{\"after_ns\":1,\"length_ns\":1,\"lost\":0,"
				   "\"cpus\":2},\"traceEvents\":[]}";
	const char *path = scratch_path("switches.json");
	struct switches s;

	(void)state;
	assert_int_equal(fs_write_durable(path, text, strlen(text)), 0);
	assert_int_equal(switches_read(path, &s), 0);
	assert_false(s.woken);
	switches_free(&s);
}

#define HEAD \
	"{\"schema\":1,\"otherData\":{\"after_ns\":1,\"length_ns\":%s,\"lost\":0,\"cpus\":2},\"traceEvents\":[%s]}"
#define WAKE(ts, tid, waker) \
	"{\"ph\":\"i\",\"ts\":" ts ",\"tid\":" tid ",\"args\":{\"waker\":" waker ",\"task\":2}}"
#define SLICE(ts, tid, args) \
	"{\"ph\":\"X\",\"name\":\"a\",\"ts\":" ts ",\"dur\":1,\"tid\":" tid ",\"args\":" args "}"
#define ARGS "{\"task\":1,\"waiting\":0,\"of\":\"other\"}"
static const struct {
	const char *length, *events;
	int err;
} cases[] = {
	{ "2000", SLICE("1", "1", ARGS), 0 },
	{ "2000", "", 0 },
	{ "-1", "", -CAUSE_DAMAGED },
	{ "1e30", "", -CAUSE_DAMAGED },
	{ "2000", SLICE("1.5", "1", ARGS), -CAUSE_DAMAGED }, /* beyond the window */
	{ "2000", SLICE("-1", "1", ARGS), -CAUSE_DAMAGED },
	{ "2000", SLICE("1e300", "1", ARGS), -CAUSE_DAMAGED },
	{ "2000", SLICE("1", "2", ARGS), -CAUSE_DAMAGED },
	{ "2000", SLICE("1", "1", "[]"), -CAUSE_DAMAGED },
	{ "2000", SLICE("1", "1", "{\"task\":1,\"waiting\":0,\"of\":\"x\"}"), -CAUSE_DAMAGED },
	{ "2000", SLICE("1", "1", "{\"task\":1,\"waiting\":0,\"of\":\"idle\",\"moved\":\"x\"}"),
	  -CAUSE_DAMAGED },
	{ "2000", "7", 0 },
	{ "2000,\"wakeups\":1", WAKE("1", "1", "3"), 0 },
	{ "2000,\"wakeups\":2", WAKE("1", "1", "3"), -CAUSE_DAMAGED },
	{ "2000,\"wakeups\":1", WAKE("2.5", "1", "3"), -CAUSE_DAMAGED }, /* beyond the window */
	{ "2000,\"wakeups\":1", WAKE("1", "2", "3"), -CAUSE_DAMAGED },
	{ "2000,\"wakeups\":1", WAKE("1", "1", "-3"), -CAUSE_DAMAGED },
	{ "2000,\"wakeups\":1", WAKE("1", "1", "4194304"), -CAUSE_DAMAGED }, /* no task has it */
};

static void damage_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *path = scratch_path("switches.json");
		char *text = mem_printf(HEAD, cases[i].length, cases[i].events);
		struct switches s;

		assert_int_equal(fs_write_durable(path, text, strlen(text)), 0);
		if (switches_read(path, &s) != cases[i].err)
			fail_msg("case %zu", i);
		switches_free(&s);
		free(text);
	}
}

static void the_kept_window_begins_in_the_first_half(void **state)
{
	(void)state;
	assert_int_equal(switches_window(SWITCHES_FIRST_NS - 1), -1);
	assert_int_equal(switches_window(SWITCHES_FIRST_NS), 0);
	assert_int_equal(switches_window(2 * SWITCHES_FIRST_NS - 1), 0);
	assert_int_equal(switches_window(2 * SWITCHES_FIRST_NS), 1);
	assert_int_equal(switches_window(UINT64_MAX), SWITCHES_WINDOWS - 1);
	/* The window but one after it, which takes its room, begins after the sample's end. */
	for (__u64 took = 2 * SWITCHES_FIRST_NS; took < 1000 * SWITCHES_FIRST_NS;
	     took += SWITCHES_FIRST_NS / 3)
		assert_true(SWITCHES_FIRST_NS << (switches_window(took / 2) + 2) > took);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(switches_become_stints),
		cmocka_unit_test(a_task_that_sleeps_ends_its_stint_so),
		cmocka_unit_test(wakeups_of_the_window_are_in_order),
		cmocka_unit_test(a_move_is_as_far_as_the_machine_says),
		cmocka_unit_test(a_full_window_ends_early),
		cmocka_unit_test_setup_teardown(a_file_gives_back_what_was_written, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(an_older_file_has_no_wakeups, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(damage_is_found, scratch_setup, scratch_teardown),
		cmocka_unit_test(the_kept_window_begins_in_the_first_half),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("switches", tests, NULL, NULL);
}
