/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The figure of latencies and its table: what is measured, what is pooled, what shows nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "figure_run.h"

static void tails_have_no_interval_at_their_maximum(void **state)
{
	struct store_run run = fake_run(7);
	char *page = page_of(&run), *dat = figure_file("latency-cyclictest.dat");

	(void)state;
	has(dat, "# policy (from 1), maximum\n0 NaN\n1 45\n");
	has(page, "The maximum is one wakeup and has no interval.");
	has(page, " to fair</small>");
	assert_null(strstr(page, "by the same scheduler"));
	free(dat);
	free(page);
	store_run_free(&run);
}

/* Nearly all wakeups came later than the histogram reaches. */
static void what_lies_beyond_the_last_bin_is_not_drawn(void **state)
{
	struct store_run run = fake_run(7);
	char *dat;

	(void)state;
	for (size_t i = 0; i < run.nr; i++)
		for (size_t k = 0; k < run.sample[i].metrics.nr_hists; k++)
			run.sample[i].metrics.hist[k].overflow = 1e9;
	free(page_of(&run));
	dat = figure_file("latency-cyclictest.dat");
	has(dat, "latency at quantile q\n9 NaN\n");
	has(dat, "maximum\n0 NaN\n");
	assert_string_equal(strstr(dat, "maximum\n"), "maximum\n0 NaN\n");
	free(dat);
	store_run_free(&run);
}

/* Latencies of "fifo" differ from fair's in every block; here it is fair's second arm. */
static void a_shift_between_two_arms_of_fair_is_commented(void **state)
{
	struct store_run run = fake_run(7);
	char *page;

	(void)state;
	free(run.run.policies[1]);
	run.run.policies[1] = mem_strdup("fair#2");
	for (size_t i = 0; i < run.nr; i++)
		if (!strcmp(run.sample[i].policy, "fifo")) {
			free(run.sample[i].policy);
			run.sample[i].policy = mem_strdup("fair#2");
		}
	page = page_of(&run);
	has(page, "-2.203 [-2.203, -2.203] to fair</small><small class=\"status\">by the same scheduler: ");
	free(page);
	store_run_free(&run);
}

static void two_kinds_of_p99_say_what_they_are(void **state)
{
	struct store_run run = fake_run(7);
	char *page = page_of(&run);

	(void)state;
	has(page, "<small>median of samples ");
	has(page, "<th scope=\"col\">99 %, pooled</th>");
	has(page, "pooled over all blocks of a policy");
	free(page);
	store_run_free(&run);
}

/* The first sample of fair gets them; its histogram, with the others, is the one of the page. */
static char *page_of_wakeups(double actual, double missed, double early)
{
	struct store_run run = fake_run(7);
	struct metrics *m = NULL;
	char *page;

	for (size_t i = 0; !m && i < run.nr; i++)
		if (!strcmp(run.sample[i].workload, "cyclictest") && !strcmp(run.sample[i].policy, "fair") &&
		    run.sample[i].block && run.sample[i].status == STATUS_OK)
			m = &run.sample[i].metrics;
	assert_non_null(m);
	metrics_add(m, "cycles_expected", "count", BETTER_NONE, 4000);
	metrics_add(m, "cycles_actual", "count", BETTER_HIGHER, actual);
	metrics_add(m, "cycles_missed", "count", BETTER_LOWER, missed);
	if (early > 0)
		metrics_add(m, "cycles_early", "count", BETTER_LOWER, early);
	page = page_of(&run);
	store_run_free(&run);
	return page;
}

static void wakeups_put_back_are_shown_apart(void **state)
{
	char *page = page_of_wakeups(86, 3914, 0);

	(void)state;
	has(page, "<td>2,502,990<small>2,499,076 measured, 3,914 put back</small></td>");
	assert_null(strstr(page, "unaccounted for"));
	free(page);
}

static void wakeups_that_are_in_no_number_are_warned_of(void **state)
{
	char *page = page_of_wakeups(3000, 900, 12);

	(void)state;
	has(page, "<small>2,502,090 measured, 900 put back</small><small>12 early, left out</small>");
	has(page, "<small class=\"status\">2.5 % unaccounted for: the tails are not known</small>");
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tails_have_no_interval_at_their_maximum),
		TEST(what_lies_beyond_the_last_bin_is_not_drawn),
		TEST(a_shift_between_two_arms_of_fair_is_commented),
		TEST(two_kinds_of_p99_say_what_they_are),
		TEST(wakeups_put_back_are_shown_apart),
		TEST(wakeups_that_are_in_no_number_are_warned_of),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
