/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which policy rests after its sample, and which sample it is taken for. For its maps see
 * tests/vm/swap.guest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "policy/reset.h"

static const char *stuck, *changed; /* a map that can't be put back; one that holds something else */

static const char *fake_reset(struct reset *s)
{
	(void)s;
	return stuck;
}

static const char *fake_differs(struct reset *s)
{
	(void)s;
	return changed;
}

#define reset_maps fake_reset
#define reset_differs fake_differs
#define bpf_object__next_program(obj, prog) ((void)(obj), NULL)
#include "policy/kept.c" /* NOLINT(bugprone-suspicious-include) */

static struct policy_kept kept;
static struct policy_spec fifo = { .kind = POLICY_BPF, .name = "fifo" }, vtime = { .kind = POLICY_BPF };

static int nothing_rests(void **state)
{
	(void)state;
	stuck = changed = NULL;
	kept = (struct policy_kept){ .home = "/home" };
	return 0;
}

static int forgotten(void **state)
{
	(void)state;
	free(kept.policy);
	return 0;
}

/* Any address but NULL: nothing looks into it here. */
static struct policy loaded(const struct policy_spec *spec, bool detail)
{
	return (struct policy){ .kept = &kept,
				.spec = spec,
				.detail = detail,
				.reset = (struct reset *)&kept,
				.name = "fifo",
				.log = -1 };
}

static struct policy *taken(const struct policy_spec *spec, bool detail)
{
	const struct policy_setup setup = { .kept = &kept, .detail = detail, .log_path = "log" };
	struct policy *p = kept_take(spec, &setup);

	if (p)
		free(p->log_path);
	return p;
}

static bool rests(struct policy *p)
{
	policy_keep(p);
	return kept_rest(p);
}

static void one_that_rests_is_taken_once_for_its_spec_and_detail(void **state)
{
	struct policy timed = loaded(&fifo, false), instrumented = loaded(&fifo, true);

	(void)state;
	assert_true(rests(&timed));
	assert_true(rests(&instrumented));
	assert_null(taken(&vtime, false));
	assert_ptr_equal(taken(&fifo, true), &instrumented);
	assert_null(taken(&fifo, true));
	assert_ptr_equal(taken(&fifo, false), &timed);
	assert_int_equal(kept.nr, 0);
}

static void nothing_rests_that_nobody_keeps(void **state)
{
	struct policy p = loaded(&fifo, false);

	(void)state;
	assert_false(kept_rest(&p));
	assert_null(taken(&fifo, false));
	assert_null(kept_take(&fifo, &(struct policy_setup){ 0 }));
}

static void one_that_failed_does_not_rest(void **state)
{
	struct policy failed = loaded(&fifo, false), lost = failed, other = failed;

	(void)state;
	failed.failed = true;
	lost.lost = true;
	other.reset = NULL;
	assert_false(rests(&failed));
	assert_false(rests(&lost));
	assert_false(rests(&other));
	stuck = ".data.counters";
	failed = loaded(&fifo, false);
	assert_false(rests(&failed));
}

static void one_that_was_attached_before_proves_its_maps(void **state)
{
	struct policy p = loaded(&fifo, false);
	struct record r = { 0 };

	(void)state;
	changed = "not looked at before the first attach";
	kept_prove(&p, &r);
	assert_true(r.proof[0].holds);
	assert_string_equal(r.proof[0].found, "loaded for it, attach 1 of program 0");
	changed = NULL;
	kept_prove(&p, &r);
	assert_true(r.proof[1].holds);
	assert_string_equal(r.proof[1].found, "all, attach 2 of program 0");
	changed = ".data.counters";
	kept_prove(&p, &r);
	assert_false(r.proof[2].holds);
	assert_string_equal(r.proof[2].found, "not map .data.counters");
	record_free(&r);
}

static void only_a_policy_of_this_build_can_rest(void **state)
{
	struct policy_spec below = { .name = "fifo", .parent = &vtime }, mine = { .name = "fifo" };

	(void)state;
	mine.object = policy_object("/home", "fifo");
	below.object = mine.object;
	assert_true(is_of_this_build(&mine, "/home"));
	assert_false(is_of_this_build(&mine, "/elsewhere"));
	assert_false(is_of_this_build(&below, "/home"));
	assert_false(is_of_this_build(&vtime, "/home"));
	free(mine.object);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, nothing_rests, forgotten)
	const struct CMUnitTest tests[] = {
		TEST(one_that_rests_is_taken_once_for_its_spec_and_detail),
		TEST(nothing_rests_that_nobody_keeps),
		TEST(one_that_failed_does_not_rest),
		TEST(one_that_was_attached_before_proves_its_maps),
		TEST(only_a_policy_of_this_build_can_rest),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
