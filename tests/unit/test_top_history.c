/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last minutes as lines of blocks: what is not known is blank, and not 0. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "top/top_history.h"

/* Of points with that many tasks that run; before: looks that are no longer there. */
static void draws(const double *running, size_t nr, size_t before, const char *line)
{
	struct top_point point[16] = { 0 };
	const struct top_past past = { point, nr, before };
	char *text;

	for (size_t i = 0; i < nr; i++)
		point[i].value[FIGURE_running] = running[i];
	text = top_spark(&past, &(struct top_spark){ FIGURE_running, 8, false });
	assert_string_equal(text, line);
	free(text);
}

static void a_line_has_a_column_for_each_look(void **state)
{
	static const double values[] = { 0, 1, 2, 3, 4, 5, 6, 7 }, holes[] = { 7, NAN, 0, 7 },
			    none[] = { NAN, NAN };

	(void)state;
	draws(values, 8, 0, "_.:-=+*#");
	draws(holes, 4, 0, "# _#");
	draws(values, 1, 0, "_");
	draws(none, 2, 0, "  ");
	draws(NULL, 0, 0, "");
}

static void looks_share_a_column_as_means_that_stay(void **state)
{
	static const double values[] = { 9, 9, 0, 14, NAN, 14, NAN, NAN, 0, 0 };

	(void)state;
	draws(values, 10, 0, "+=# _");	  /* 9, 7, 14, none, 0 */
	draws(values + 1, 9, 1, "+=# _"); /* the same columns, of which the first has lost a look */
}

static void blocks_need_a_terminal_that_has_them(void **state)
{
	struct top_point point[2] = { 0 };
	const struct top_past past = { point, 2, 0 };
	char *text;

	(void)state;
	point[1].value[FIGURE_running] = 1;
	text = top_spark(&past, &(struct top_spark){ FIGURE_running, 8, true });
	assert_string_equal(text, "▁█");
	free(text);
}

static void only_the_last_looks_are_kept(void **state)
{
	struct monitor_shot now = { .policy = "" };
	struct monitor_rates r = { .now = &now };
	struct top_history h = { 0 };
	struct top_past past;

	(void)state;
	for (int i = 0; i < 5 * TOP_PAST + 1; i++) {
		now.when_ns = i * 1000000000ULL;
		top_history_add(&h, &r, false);
		past = top_past(&h, h.nr);
		assert_int_equal(past.before + past.nr, i + 1);
	}
	assert_int_equal(past.nr, TOP_PAST);
	assert_float_equal(past.point[0].when_s, 4 * TOP_PAST + 1, 1e-9);
	assert_true(h.nr <= 2 * TOP_PAST);
	free(h.point);
}

static void what_a_policy_does_not_count_is_not_known(void **state)
{
	struct monitor_shot now = { .policy = "foreign" };
	struct monitor_rates r = { .now = &now, .nr_running = 3 };
	struct top_history h = { 0 };

	(void)state;
	top_history_add(&h, &r, true);
	assert_float_equal(h.point[0].value[FIGURE_running], 3, 1e-9);
	assert_true(isnan(h.point[0].value[FIGURE_inside]));
	assert_true(isnan(h.point[0].value[FIGURE_entered]));
	*now.policy = '\0';
	top_history_add(&h, &r, true);
	assert_true(isnan(h.point[1].value[FIGURE_running]));
	free(h.point);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_a_column_for_each_look),
		cmocka_unit_test(looks_share_a_column_as_means_that_stay),
		cmocka_unit_test(blocks_need_a_terminal_that_has_them),
		cmocka_unit_test(only_the_last_looks_are_kept),
		cmocka_unit_test(what_a_policy_does_not_count_is_not_known),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("top_history", tests, NULL, NULL);
}
