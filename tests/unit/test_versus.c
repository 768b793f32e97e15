/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides compared: what is compared with what, what differs, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "export/versus_json.h"
#include "made_nights.h"
#include "judge/versus.h"
#include "util/cause.h"

static const char *const two[] = { "fifo", "vtime", NULL };
static const double ratios[] = { 1.1, 0.9 };
static const struct made made = { "a", 15, 10, two, ratios, 0.01, 1, NULL, BETTER_LOWER };
static const struct limits margin = { .all = 0.02 };

static const struct versus_row *find(const struct versus *v, const char *policy)
{
	for (size_t i = 0; i < v->nr; i++)
		if (!strcmp(v->row[i].policy_b, policy))
			return &v->row[i];
	fail_msg("no row of %s", policy);
	return NULL;
}

/* Paired by block: noise that the samples of a block share cancels. */
static void two_policies_of_a_run_are_paired(void **state)
{
	struct store_run run = made_run(&made);
	struct compare c;
	struct versus v;
	struct versus_spec spec = {
		.a = &c, .b = &c, .nr_a = 1, .policy_a = "fifo", .policy_b = "vtime", .margin = &margin
	};

	(void)state;
	for (size_t i = 0; i < run.nr; i++)
		run.sample[i].metrics.metric[0].value *= run.sample[i].block;
	compare_make(&run, &c);
	versus_make(&spec, &v);
	assert_int_equal(v.nr, 1);
	assert_int_equal(v.row[0].basis, BASIS_BLOCKS);
	assert_int_equal(v.row[0].judgement.verdict, VERDICT_BETTER);
	assert_true(fabs(v.row[0].judgement.effect.ratio - 0.9 / 1.1) < 0.01);
	assert_int_equal(v.family, 1);
	versus_free(&v);
	compare_free(&c);
	store_run_free(&run);
}

/* Two runs: fifo as it was, vtime slower, on a machine that takes three times as long. */
struct two_runs {
	struct store_run run[2];
	struct compare c[2];
	struct nights nights;
	struct limits margin;
	struct versus_spec spec;
};

static void make_two_runs(struct two_runs *t)
{
	static const double later[] = { 1.1, 1.0 };
	struct made next = made;

	next.id = "b";
	next.seed = 2;
	next.fair = 30;
	next.ratio = later;
	t->nights = made_nights(&made, 14);
	t->run[0] = made_run(&made);
	t->run[1] = made_run(&next);
	t->margin = (struct limits){ .all = 0.03 };
	for (int i = 0; i < 2; i++)
		compare_make(&t->run[i], &t->c[i]);
	t->spec = (struct versus_spec){
		.a = &t->c[0], .b = &t->c[1], .nr_a = 1, .nights = &t->nights, .margin = &t->margin
	};
}

static void free_two_runs(struct two_runs *t)
{
	nights_free(&t->nights);
	for (int i = 0; i < 2; i++) {
		compare_free(&t->c[i]);
		store_run_free(&t->run[i]);
	}
}

/* Ratios to the own fair; fair itself is shown by its values, and is not a finding. */
static void two_runs_are_compared_over_their_fair(void **state)
{
	struct two_runs t;
	struct versus v;

	(void)state;
	make_two_runs(&t);
	versus_make(&t.spec, &v);
	assert_int_equal(v.nr, 3);
	assert_int_equal(v.wanted, 0);
	assert_int_equal(find(&v, "fair")->basis, BASIS_VALUES);
	assert_false(find(&v, "fair")->confirmatory);
	assert_int_equal(find(&v, "fair")->judgement.verdict, VERDICT_NONE);
	assert_true(fabs(find(&v, "fair")->judgement.effect.ratio - 3) < 0.05);
	assert_int_equal(find(&v, "fifo")->basis, BASIS_FAIR);
	assert_int_equal(find(&v, "fifo")->judgement.verdict, VERDICT_EQUIVALENT);
	assert_int_equal(find(&v, "vtime")->judgement.verdict, VERDICT_WORSE);
	assert_true(fabs(find(&v, "vtime")->judgement.effect.ratio - 1 / 0.9) < 0.02);
	assert_int_equal(v.family, 2);
	versus_free(&v);
	t.spec.exploratory = true; /* --anyway: figures and no verdict */
	versus_make(&t.spec, &v);
	assert_int_equal(find(&v, "vtime")->judgement.verdict, VERDICT_NONE);
	assert_int_equal(v.family, 0);
	versus_free(&v);
	free_two_runs(&t);
}

/* Every sample has 1,000 latencies of 1 s; in run B fifo stalls long in one sample in ten. */
static void add_latencies(struct two_runs *t)
{
	for (int i = 0; i < 2; i++) {
		for (size_t k = 0; k < t->run[i].nr; k++) {
			struct record *r = &t->run[i].sample[k];
			struct hist *h = metrics_hist(&r->metrics, "latency", "s");

			hist_add(h, 1, 2, 1000);
			if (i && !strcmp(r->policy, "fifo") && r->block % 10 == 1)
				hist_add(h, 100, 101, 100);
		}
		compare_free(&t->c[i]);
		compare_make(&t->run[i], &t->c[i]);
	}
}

static void two_runs_with_another_tail_are_not_equivalent(void **state)
{
	struct two_runs t;
	struct versus v;

	(void)state;
	make_two_runs(&t);
	add_latencies(&t);
	versus_make(&t.spec, &v);
	assert_int_equal(find(&v, "fifo")->judgement.verdict, VERDICT_INCONCLUSIVE);
	assert_int_equal(find(&v, "fifo")->judgement.reason, REASON_TAIL);
	assert_true(find(&v, "fifo")->judgement.tail > 50);
	assert_double_equal(find(&v, "vtime")->judgement.tail, 1, 1e-9);
	versus_free(&v);
	free_two_runs(&t);
}

/* How far runs lie apart although nothing is changed, two of them do not show. */
static void two_runs_without_nights_are_exploratory(void **state)
{
	struct two_runs t;
	struct versus v;
	char *wanted;

	(void)state;
	make_two_runs(&t);
	t.nights.nr = NIGHTS_FOR_SPREAD - 1;
	versus_make(&t.spec, &v);
	wanted = versus_wanted(&v, &t.spec);
	assert_int_equal(find(&v, "vtime")->judgement.verdict, VERDICT_NONE);
	assert_true(isnan(find(&v, "vtime")->judgement.effect.low));
	assert_true(fabs(find(&v, "vtime")->judgement.effect.ratio - 1 / 0.9) < 0.02);
	assert_int_equal(v.family, 0);
	assert_non_null(strstr(wanted, "take 1 more run on this machine, 'scxbench bench'"));
	free(wanted);
	versus_free(&v);
	t.nights.nr = 14;
	free_two_runs(&t);
}

/* For programs. */
static bool has_no_verdict(const struct versus_row *row)
{
	json_t *object = json_from_row(row);
	bool none = json_is_null(json_object_get(object, "verdict"));

	json_decref(object);
	return none;
}

/* Without fair nothing cancels the machine: no verdict. */
static void without_fair_there_is_no_verdict(void **state)
{
	struct store_run run[2] = { made_run(&made), made_run(&made) };
	struct compare c[2];
	struct versus v;
	struct versus_spec spec = { .a = &c[0], .b = &c[1], .nr_a = 1, .margin = &margin };

	(void)state;
	free(run[1].run.policies[0]);
	memmove(run[1].run.policies, run[1].run.policies + 1, 3 * sizeof(char *));
	compare_make(&run[0], &c[0]);
	compare_make(&run[1], &c[1]);
	versus_make(&spec, &v);
	assert_int_equal(find(&v, "fifo")->basis, BASIS_VALUES);
	assert_false(find(&v, "fifo")->confirmatory);
	assert_string_equal(find(&v, "fair")->missing, "not in B");
	assert_true(has_no_verdict(find(&v, "fifo")));
	assert_true(has_no_verdict(find(&v, "fair")));
	versus_free(&v);
	for (int i = 0; i < 2; i++) {
		compare_free(&c[i]);
		store_run_free(&run[i]);
	}
}

static void a_metric_in_two_units_is_not_one(void **state)
{
	struct made other = made;
	struct store_run run[2];
	struct compare c[2];
	struct versus v;
	struct versus_spec spec = { .a = &c[0], .b = &c[1], .nr_a = 1, .margin = &margin };

	(void)state;
	other.unit = "ms";
	run[0] = made_run(&made);
	run[1] = made_run(&other);
	compare_make(&run[0], &c[0]);
	compare_make(&run[1], &c[1]);
	versus_make(&spec, &v);
	assert_string_equal(find(&v, "fifo")->missing, "unit s in A, ms in B");
	assert_true(isnan(find(&v, "fifo")->judgement.effect.ratio));
	versus_free(&v);
	for (int i = 0; i < 2; i++) {
		compare_free(&c[i]);
		store_run_free(&run[i]);
	}
}

static void add_env(struct run *run, const char *key, const char *value)
{
	run->env = mem_grow(run->env, run->nr_env, sizeof(*run->env));
	run->env[run->nr_env++] = (struct pair){ mem_strdup(key), mem_strdup(value) };
}

static void what_differs_is_listed_and_judged(void **state)
{
	struct store_run a = made_run(&made), b = made_run(&made);
	struct differences d;

	(void)state;
	differ_make(&a.run, &b.run, &d);
	assert_int_equal(d.nr + d.nr_reasons, 0);
	differ_free(&d);
	add_env(&a.run, "kernel", "7.3.4");
	add_env(&b.run, "kernel", "7.3.5");
	add_env(&b.run, "cpu", "one");
	add_env(&a.run, "hash.fifo.bpf.o", "1");
	differ_make(&a.run, &b.run, &d);
	assert_int_equal(d.nr, 2);
	assert_string_equal(d.item[0].b, "7.3.5");
	assert_string_equal(d.item[1].a, "absent");
	assert_int_equal(d.nr_reasons, 0); /* that is what one compares runs for */
	differ_free(&d);
	free(b.run.host);
	b.run.host = mem_strdup("two");
	add_env(&a.run, "workload.build", "files=10");
	add_env(&b.run, "workload.build", "files=20");
	differ_make(&a.run, &b.run, &d);
	assert_int_equal(d.nr_reasons, 2);
	differ_free(&d);
	b.run.emulated = true;
	differ_make(&a.run, &b.run, &d);
	assert_non_null(strstr(d.reason[0], "emulation"));
	differ_free(&d);
	store_run_free(&a);
	store_run_free(&b);
}

static void shares(void **state)
{
	static const char *const bad[] = { "",	  "5",	    "x%",      "0%",  "-1%", "100%",
					   "=5%", "build=", "build=5", "5%%", "nan%" };
	struct work primary = { .name = "build", .metric = "time", .primary = true },
		    other = { .name = "build", .metric = "psi" };
	struct limits l = { .all = 0.05 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(limits_parse("--threshold", bad[i], &l), -CAUSE_USAGE);
	assert_int_equal(l.nr, 0);
	assert_int_equal(limits_parse("--threshold", "4%", &l), 0);
	assert_int_equal(limits_parse("--threshold", "build=3 %", &l), 0);
	assert_int_equal(limits_parse("--threshold", "build:psi=0.5%", &l), 0);
	assert_true(limits_of(&l, &primary) == 0.03 && limits_of(&l, &other) == 0.005);
	primary.name = "pipe";
	assert_true(limits_of(&l, &primary) == 0.04);
	limits_free(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_policies_of_a_run_are_paired),
		cmocka_unit_test(two_runs_are_compared_over_their_fair),
		cmocka_unit_test(two_runs_with_another_tail_are_not_equivalent),
		cmocka_unit_test(two_runs_without_nights_are_exploratory),
		cmocka_unit_test(without_fair_there_is_no_verdict),
		cmocka_unit_test(a_metric_in_two_units_is_not_one),
		cmocka_unit_test(what_differs_is_listed_and_judged),
		cmocka_unit_test(shares),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
