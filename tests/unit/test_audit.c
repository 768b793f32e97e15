/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The auditor's pure parts, and what it says when it can't work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "collect/audit.h"
#include "collect/sources.h"

static void level_is_the_depth_below_the_root(void **state)
{
	(void)state;
	assert_int_equal(audit_level("/sys/fs/cgroup", "/sys/fs/cgroup"), 0);
	assert_int_equal(audit_level("/sys/fs/cgroup/scxbench", "/sys/fs/cgroup"), 1);
	assert_int_equal(audit_level("/sys/fs/cgroup/a.slice//b/", "/sys/fs/cgroup"), 2);
}

static void all_cpus_add_up(void **state)
{
	const struct audit_time cpu[] = { { 1, 10 }, { 0, 0 }, { UINT32_MAX, 5 } };
	struct audit_time sum = audit_sum(cpu, 3);

	(void)state;
	assert_int_equal(sum.ext_ns, 1ULL + UINT32_MAX);
	assert_int_equal(sum.other_ns, 15);
}

static void it_is_begun_only_when_asked_for(void **state)
{
	const struct source_ctx ctx = { 0 };

	(void)state;
	assert_null(collect_audit.begin(&ctx));
}

static void without_its_object_it_gives_a_reason(void **state)
{
	struct collect_kept kept = { 0 };
	const struct source_ctx ctx = { .audited = true, .home = "/nonexistent", .kept = &kept };
	struct metrics m = { 0 };

	(void)state;
	collect_audit.load(&ctx);
	collect_audit.end(collect_audit.begin(&ctx), &m);
	assert_int_equal(m.nr, 2);
	for (int i = 0; i < 2; i++)
		assert_non_null(strstr(m.metric[i].absent, "make build"));
	metrics_free(&m);
}

static void foreign_is_what_keeps_no_count(void **state)
{
	const struct policy_spec fair = { .kind = POLICY_FAIR }, command = { .kind = POLICY_CMD };

	(void)state;
	assert_false(policy_is_foreign(&fair));
	assert_true(policy_is_foreign(&command));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(level_is_the_depth_below_the_root),
		cmocka_unit_test(all_cpus_add_up),
		cmocka_unit_test(it_is_begun_only_when_asked_for),
		cmocka_unit_test(without_its_object_it_gives_a_reason),
		cmocka_unit_test(foreign_is_what_keeps_no_count),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
