/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of top that every view shows. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "text/buf.h"
#include "top/top.h"

#define S 1000000000ULL

static void says(const struct monitor_rates *r, const char *part)
{
	const struct top_data d = { .rates = r };
	struct buf b = { 0 };

	top_summary(&b, &d);
	if (!strstr(b.text, part))
		fail_msg("%s lacks: %s", b.text, part);
	free(b.text);
}

static void the_head_has_age_load_and_violations(void **state)
{
	double idle[] = { 0.25, NAN, 0.5 };
	struct monitor_shot now = {
		.policy = "mine", .started_ns = S, .when_ns = 3724 * S, .counted = true, .nr_cpus = 3
	};
	struct monitor_rates r = { .now = &now, .idle = idle };

	(void)state;
	says(&r, "mine, in for 1:02:03 | ");
	says(&r, "CPUs 62.5 % busy\n");
	says(&r, "violations: none\n");
	r.violations = 2;
	says(&r, "VIOLATIONS: 2\n");
	idle[0] = idle[2] = NAN;
	says(&r, "CPUs - % busy\n");
}

static void a_long_name_leaves_room_for_the_rest_of_its_line(void **state)
{
	struct monitor_shot now = { .policy =
					    "a_policy_whose_name_is_as_long_as_the_line_of_a_terminal_itself",
				    .started_ns = S,
				    .when_ns = 3724 * S,
				    .counted = true };
	struct monitor_rates r = { .now = &now, .nr_all = 20000, .nr_running = 64 };
	const struct top_data d = { .rates = &r, .size = { .columns = 80 } };
	struct buf b = { 0 };

	(void)state;
	top_summary(&b, &d);
	assert_memory_equal(
		b.text, "a_policy_w.., in for 1:02:03 | 20000 tasks: 64 run, 0 in custody | CPUs - % busy\n",
		81);
	free(b.text);
}

/* As a record may have it. */
static void what_began_later_has_no_age(void **state)
{
	struct monitor_shot now = { .policy = "mine", .started_ns = 2 * S, .when_ns = S };
	struct monitor_rates r = { .now = &now };

	(void)state;
	says(&r, "mine | 0 tasks");
}

static void numbers_are_short(void **state)
{
	static const struct {
		double value;
		const char *text;
	} row[] = { { 0, "0" }, { 0.26, "0.3" }, { 12.6, "13" }, { 1234, "1,234" }, { NAN, "-" } };

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		char *text = top_number(row[i].value);

		assert_string_equal(text, row[i].text);
		free(text);
	}
}

/* A DSQ of a policy that does not count has a number that is none of these. */
static void a_queue_is_listed_with_its_owner(void **state)
{
	struct monitor_queue queue[] = { { .id = 2, .nr = 1 },
					 { .id = SCXB_QUEUES - 1 },
					 { .id = 1ULL << 40 } };
	struct monitor_shot now = { .owner = { "all others", "user:root", "cgroup:a/b" } };
	struct monitor_rates r = { .now = &now, .queue = queue, .nr_queues = 3 };
	const struct top_data d = { .rates = &r };
	struct buf b = { 0 };
	struct grid g;

	(void)state;
	top_table(&g, &d, VIEW_QUEUES);
	grid_text(&b, &g, 80);
	grid_free(&g);
	assert_non_null(strstr(b.text, "OWNER"));
	assert_non_null(strstr(b.text, "cgroup:a/b"));
	free(b.text);
	now = (struct monitor_shot){ 0 };
	b = (struct buf){ 0 };
	top_table(&g, &d, VIEW_QUEUES);
	grid_text(&b, &g, 80);
	grid_free(&g);
	assert_null(strstr(b.text, "OWNER"));
	free(b.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_head_has_age_load_and_violations),
		cmocka_unit_test(a_long_name_leaves_room_for_the_rest_of_its_line),
		cmocka_unit_test(what_began_later_has_no_age),
		cmocka_unit_test(numbers_are_short),
		cmocka_unit_test(a_queue_is_listed_with_its_owner),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("top", tests, NULL, NULL);
}
