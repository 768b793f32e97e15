/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a swap takes is on the page where it was measured; and the probe sees what keeps it from running. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "figure_run.h"
#include "record/metric_name.h"
#include "sample/dark.h"
#include "small_run.h"

#define TITLE "What a swap takes"

static const double same[] = { 10, 11, 12 };

static void median_and_worst_are_told(void **state)
{
	struct store_run run = small_run(same, same, 3, BETTER_LOWER);
	char *page;

	(void)state;
	for (size_t i = 1; i < run.nr; i += 2) {
		metrics_add(&run.sample[i].metrics, METRIC_SWAP_ATTACH, "s", BETTER_LOWER, 0.05 * (double)i);
		metrics_absent(&run.sample[i].metrics, METRIC_SWAP_DARK_IN, "s", "the probe did not run");
	}
	run.sample[5].status = STATUS_VOID;
	page = page_of(&run);
	has(page, TITLE);
	has(page,
	    "<th scope=\"row\">attach<small>ms</small></th><td>–</td><td>100<small>worst 150 of 2</small></td>");
	has(page, "at the attach<small>ms</small></th><td>–</td><td>the probe did not run</td>");
	lacks(page, "at the detach");
	free(page);
	store_run_free(&run);
}

static void a_run_without_them_has_no_such_table(void **state)
{
	struct store_run run = small_run(same, same, 3, BETTER_LOWER);
	char *page = page_of(&run);

	(void)state;
	lacks(page, TITLE);
	free(page);
	store_run_free(&run);
}

/* Whatever the host does: it was away at least once, never longer than there was a probe. */
static void the_probe_is_there_for_the_swap_alone(void **state)
{
	struct dark *d = dark_begin();
	struct metrics m = { 0 };

	(void)state;
	assert_non_null(d);
	dark_look(d, &m, METRIC_SWAP_DARK_IN);
	dark_back(d, &m, METRIC_SWAP_FIRST);
	dark_free(d);
	assert_true(metrics_value(&m, METRIC_SWAP_FIRST) > 0);
	assert_true(metrics_value(&m, METRIC_SWAP_DARK_IN) >= DARK_WAKE_S);
	metrics_free(&m);
	dark_look(NULL, &m, METRIC_SWAP_DARK_IN);
	dark_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(median_and_worst_are_told),
		TEST(a_run_without_them_has_no_such_table),
		cmocka_unit_test(the_probe_is_there_for_the_swap_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
