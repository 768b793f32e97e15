/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What watching costs is the instrumented samples to the timed ones, and no ratio without both; and what each
 * collector's programs took. */
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

/* A sample of 2 s of CPU time. */
static struct record watched_sample(void)
{
	struct record r = { .instrumented = true };

	metrics_add(&r.metrics, "cgroup.cpu", "ns", BETTER_NONE, 2e9);
	metrics_add(&r.metrics, "watch.life.cpu", "s", BETTER_LOWER, 0.2);
	metrics_add(&r.metrics, "watch.audit.cpu", "s", BETTER_LOWER, 0.04);
	metrics_add(&r.metrics, "watch.life.other", "s", BETTER_LOWER, 7);
	metrics_absent(&r.metrics, "watch.moves.cpu", "s", "no statistics");
	return r;
}

static void a_share_is_of_the_workloads_cpu_time(void **state)
{
	struct record r = watched_sample();

	(void)state;
	assert_float_equal(watching_share(&r, "life"), 0.1, 1e-12);
	assert_float_equal(watching_share(&r, "audit"), 0.02, 1e-12);
	assert_float_equal(watching_share(&r, NULL), 0.12, 1e-12);
	assert_true(isnan(watching_share(&r, "moves")) && isnan(watching_share(&r, "none")));
	metrics_add(&r.metrics, "cgroup.cpu", "ns", BETTER_NONE, 0);
	assert_true(isnan(watching_share(&r, NULL)));
	metrics_free(&r.metrics);
}

/* Instrumented samples of policies up to the last; the programs of life took 1 s, 2 s, ... of 100 s. */
static struct store_run taxed_run(const char *last)
{
	struct store_run run = watched_run(1, last);
	double seconds = 0;

	for (size_t i = 0; i < run.nr; i++) {
		struct metrics *m = &run.sample[i].metrics;

		metrics_add(m, "cgroup.cpu", "ns", BETTER_NONE, 100e9);
		if (!run.sample[i].instrumented)
			continue;
		metrics_add(m, "watch.life.cpu", "s", BETTER_LOWER, ++seconds);
		metrics_absent(m, "watch.audit.cpu", "s", "no <statistics>");
	}
	return run;
}

static struct watching_tax tax_of_run(const struct store_run *run, const char *collector)
{
	struct watching_tax t;
	struct compare c;

	compare_make(run, &c);
	watching_tax(&c, 0, collector, &t);
	compare_free(&c);
	return t;
}

static void six_samples_have_an_interval(void **state)
{
	struct store_run run = taxed_run("e");
	struct watching_tax t = tax_of_run(&run, "life");

	(void)state;
	assert_int_equal(t.n, 6);
	assert_float_equal(t.share.value, 0.035, 1e-12);
	assert_float_equal(t.share.low, 0.01, 1e-12);
	assert_float_equal(t.share.high, 0.06, 1e-12);
	assert_false(extent_known(&t.extent));
	assert_null(t.absent);
	store_run_free(&run);
}

static void few_samples_have_a_range(void **state)
{
	struct store_run run = taxed_run("b");
	struct watching_tax t = tax_of_run(&run, NULL), none = tax_of_run(&run, "audit");

	(void)state;
	assert_int_equal(t.n, 3);
	assert_true(isnan(t.share.value) && isnan(t.share.low) && extent_known(&t.extent));
	assert_float_equal(t.extent.least, 0.01, 1e-12);
	assert_float_equal(t.extent.most, 0.03, 1e-12);
	assert_int_equal(none.n, 0);
	assert_true(isnan(none.share.value));
	assert_string_equal(none.absent, "no <statistics>");
	store_run_free(&run);
}

static void a_void_sample_has_no_share(void **state)
{
	struct store_run run = taxed_run("b");
	struct watching_tax t;

	(void)state;
	run.sample[run.nr - 1].status = STATUS_VOID;
	t = tax_of_run(&run, "life");
	assert_int_equal(t.n, 2);
	store_run_free(&run);
}

static void the_page_has_each_collector(void **state)
{
	struct store_run run = taxed_run("e"), few = taxed_run("b");
	char *page = page_of(&run), *less;

	(void)state;
	has(page, "<th scope=\"col\">life</th><th scope=\"col\">audit</th><th scope=\"col\">together</th>");
	has(page, "<td><b>3.5 %</b><small>[1, 6]</small><small>6 samples</small></td>");
	has(page, "<td class=\"absent\">no &lt;statistics&gt;</td>");
	has(page, "None of them watches a timed sample.");
	metrics_add(&few.sample[0].metrics, "audit.ext_ns", "ns", BETTER_NONE, 1);
	less = page_of(&few);
	has(less, "<td><span class=\"range\">1.00 … 3.00 %</span><small>3 samples</small></td>");
	has(less, "what it costs there is not measured");
	free(page);
	free(less);
	store_run_free(&run);
	store_run_free(&few);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_policy_is_a_pair),	       TEST(few_policies_have_a_range),
		TEST(it_is_below_the_cost_of_the_ops), TEST(a_share_is_of_the_workloads_cpu_time),
		TEST(six_samples_have_an_interval),    TEST(few_samples_have_a_range),
		TEST(a_void_sample_has_no_share),      TEST(the_page_has_each_collector),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
