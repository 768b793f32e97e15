/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What watching costs is the instrumented samples to the timed ones, and no ratio without both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "figure_run.h"
#include "judge/watching.h"
#include "made_run.h"
#include "small_run.h"

static const char *const policies[] = { "a", "b", "c", "d", "e", NULL };
static const double ratios[] = { 1, 2, 3, 4, 5 };

static struct store_run watched_run(double factor, const char *last)
{
	const struct made m = { .id = "r", .blocks = 6, .fair = 10, .policy = policies, .ratio = ratios };
	struct store_run run = made_run(&m);

	for (size_t p = 0; last && run.run.policies[p]; p++) {
		made_sample(&run, run.run.policies[p], 0, 10 * (p ? ratios[p - 1] : 1) * factor);
		run.sample[run.nr - 1].instrumented = true;
		if (!strcmp(run.run.policies[p], last))
			break;
	}
	return run;
}

static struct watching cost_of(struct store_run *run)
{
	struct watching w;
	struct compare c;

	compare_make(run, &c);
	watching_cost(&c, 0, &w);
	compare_free(&c);
	store_run_free(run);
	return w;
}

static void each_policy_is_a_pair(void **state)
{
	struct store_run run = watched_run(1.08, "e");
	struct watching w = cost_of(&run);

	(void)state;
	assert_int_equal(w.effect.n, 6);
	assert_true(fabs(w.effect.ratio - 1.08) < 1e-9 && fabs(w.effect.low - 1.08) < 1e-9);
	assert_false(extent_known(&w.extent));
}

static void few_policies_have_a_range(void **state)
{
	struct store_run run = watched_run(1.08, "b");
	struct watching w = cost_of(&run);

	(void)state;
	assert_int_equal(w.effect.n, 3);
	assert_true(isnan(w.effect.low) && extent_known(&w.extent));
	assert_true(fabs(w.extent.most - 1.08) < 1e-9);
}

static void it_is_below_the_cost_of_the_ops(void **state)
{
	struct store_run run = watched_run(1.08, "e"), none = watched_run(1, NULL);
	char *page = page_of(&run), *without = page_of(&none);

	(void)state;
	has(page, "<td><b>1.080</b><small>[1.080, 1.080]</small></td><td>6</td>");
	lacks(without, "What watching costs");
	free(page);
	free(without);
	store_run_free(&run);
	store_run_free(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_policy_is_a_pair),
		TEST(few_policies_have_a_range),
		TEST(it_is_below_the_cost_of_the_ops),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
