/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From proof and metrics to status: a sample without its whole proof is never a data point. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "sample/verify.h"

static const struct policy_spec fair = { .kind = POLICY_FAIR }, bpf = { .kind = POLICY_BPF };

/* A sample under a policy that has everything it needs. */
static struct record sound(void)
{
	struct record r = { .policy = strdup("fifo"), .workload = strdup("w") };

	record_prove(&r, true, PROOF_ATTACHED_OPS, "fifo");
	metrics_add(&r.metrics, "scx.SCX_EV_BYPASS_ACTIVATE", "count", BETTER_NONE, 0);
	metrics_add(&r.metrics, "scx.SCX_EV_BYPASS_DISPATCH", "count", BETTER_NONE, 0);
	metrics_add(&r.metrics, "bpf.count.workload_ns", "ns", BETTER_NONE, 9.95e9);
	metrics_add(&r.metrics, "cgroup.cpu", "ns", BETTER_NONE, 10e9);
	return r;
}

static void set(struct record *r, const char *name, double value)
{
	for (size_t i = 0; i < r->metrics.nr; i++)
		if (!strcmp(r->metrics.metric[i].name, name))
			r->metrics.metric[i].value = value;
}

static const struct workload quick = { .ext_share = 0.99, .time_share = 0.25 };

static void expect_of(const struct sample_facts *facts, struct record *r, enum status status, const char *why)
{
	sample_verify(facts, r);
	assert_int_equal(r->status, status);
	if (why)
		assert_non_null(strstr(r->why, why));
	else
		assert_null(r->why);
	record_free(r);
}

static void expect(const struct policy_spec *policy, struct record *r, enum status status, const char *why)
{
	expect_of(&(struct sample_facts){ .policy = policy, .workload = &quick }, r, status, why);
}

static void sound_is_ok(void **state)
{
	struct record r = sound();

	(void)state;
	expect(&bpf, &r, STATUS_OK, NULL);
}

static void any_line_that_does_not_hold_voids(void **state)
{
	struct record r = sound();

	(void)state;
	record_prove(&r, false, PROOF_CUSTODY_BALANCED, "3 entries, 2 exits");
	expect(&bpf, &r, STATUS_VOID, "custody: entries equal exits: 3 entries, 2 exits");
}

static void what_its_parent_ran_voids(void **state)
{
	static const char *const events[] = { "scx.SCX_EV_SUB_RESCUE",
					      "scx.parent.SCX_EV_SUB_BYPASS_DISPATCH",
					      "scx.parent.SCX_EV_BYPASS_ACTIVATE" };
	struct policy_spec parent = bpf, child = { .kind = POLICY_BPF, .parent = &parent };
	struct record r = sound();

	(void)state;
	expect(&child, &r, STATUS_VOID, "SCX_EV_SUB_RESCUE: not reported by this kernel");
	for (int wrong = -1; wrong < 3; wrong++) {
		r = sound();
		for (int i = 0; i < 3; i++)
			metrics_add(&r.metrics, events[i], "count", BETTER_NONE, i == wrong);
		expect(&child, &r, wrong < 0 ? STATUS_OK : STATUS_VOID,
		       wrong < 0 ? NULL : strrchr(events[wrong], '.') + 1);
	}
	/* A root has no parent, whatever the kernel counts. */
	r = sound();
	metrics_add(&r.metrics, events[0], "count", BETTER_NONE, 1);
	expect(&bpf, &r, STATUS_OK, NULL);
}

static void bypass_voids(void **state)
{
	struct record r = sound();

	(void)state;
	set(&r, "scx.SCX_EV_BYPASS_DISPATCH", 1);
	expect(&bpf, &r, STATUS_VOID, "BYPASS_DISPATCH");
}

static void too_little_in_the_ext_class_voids(void **state)
{
	struct record r = sound();

	(void)state;
	set(&r, "bpf.count.workload_ns", 9.89e9);
	expect(&bpf, &r, STATUS_VOID, "98.90 %");
}

/* Of a short sample one tick elsewhere is more than 1 %. */
static void a_few_milliseconds_elsewhere_void_nothing(void **state)
{
	struct record r = sound();

	(void)state;
	set(&r, "cgroup.cpu", 0.879e9);
	set(&r, "bpf.count.workload_ns", 0.879e9 - 10.7e6);
	expect(&bpf, &r, STATUS_OK, NULL);
	r = sound();
	set(&r, "cgroup.cpu", 0.879e9);
	set(&r, "bpf.count.workload_ns", 0.879e9 - 20.1e6);
	expect(&bpf, &r, STATUS_VOID, "20.1 ms elsewhere");
}

/* The two clocks are not read at the same moment. */
static void nothing_elsewhere_is_not_less_than_nothing(void **state)
{
	struct record r = sound();

	(void)state;
	set(&r, "cgroup.cpu", 10e9);
	set(&r, "bpf.count.workload_ns", 10e9 + 900);
	sample_verify(&(struct sample_facts){ .policy = &bpf, .workload = &quick }, &r);
	assert_true(r.nr_proofs);
	for (size_t i = 0; i < r.nr_proofs; i++)
		assert_null(strstr(r.proof[i].found, "-0.0 ms"));
	record_free(&r);
}

static void what_ran_elsewhere_is_named(void **state)
{
	const struct sample_facts facts = { &bpf, &quick, .elsewhere = "2 threads 'load' in SCHED_FIFO" };
	struct record r = sound(), good = sound();

	(void)state;
	set(&r, "bpf.count.workload_ns", 9.5e9);
	expect_of(&facts, &r, STATUS_VOID,
		  "95.00 % of 10.000 s, 500.0 ms elsewhere (2 threads 'load' in SCHED_FIFO); at least 99 %");
	expect_of(&facts, &good, STATUS_OK, NULL);
}

/* A workload with a broken clock says the same each time, whatever it took. */
static void a_workloads_own_time_must_fit_ours(void **state)
{
	static const struct {
		double says, ran;
		const char *why; /* NULL: it fits */
	} cases[] = {
		{ 1, 0.012, "says 1.000 s, ran 0.012 s" },
		{ 1, 1, NULL },
		{ 0.02, 0.012, NULL },
		{ 1.019, 1, NULL },
		{ 1.03, 1, "says 1.030 s, ran 1.000 s" },
		{ 0.3, 1, NULL },
		{ 0.2, 1, "at least 25 % of that wanted" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct record s = sound(), ms = sound(), points = sound();

		metrics_add(&s.metrics, "rusage.wall", "s", BETTER_NONE, cases[i].ran);
		metrics_add(&s.metrics, "time", "s", BETTER_LOWER, cases[i].says);
		expect(&bpf, &s, cases[i].why ? STATUS_VOID : STATUS_OK, cases[i].why);
		metrics_add(&ms.metrics, "rusage.wall", "s", BETTER_NONE, cases[i].ran);
		metrics_add(&ms.metrics, "time", "ms", BETTER_LOWER, 1000 * cases[i].says);
		expect(&bpf, &ms, cases[i].why ? STATUS_VOID : STATUS_OK, cases[i].why);
		metrics_add(&points.metrics, "rusage.wall", "s", BETTER_NONE, cases[i].ran);
		metrics_add(&points.metrics, "time", "points", BETTER_LOWER, 1000);
		expect(&bpf, &points, STATUS_OK, NULL);
	}
}

static void a_machine_that_slept_measured_nothing(void **state)
{
	const struct sample_facts facts = { &fair, &quick, .suspended_s = 3600 };
	struct record r = { 0 };

	(void)state;
	expect_of(&facts, &r, STATUS_VOID, "the machine was not suspended: 3600.000 s suspended");
}

static void in_the_exact_lab_a_policy_without_counters_has_every_task(void **state)
{
	struct sample_facts facts = { &bpf, &quick, .exact = true };
	struct record r = sound(), partial = sound();

	(void)state;
	metrics_absent(&r.metrics, "bpf.count.workload_ns", "ns", "it does not count");
	metrics_absent(&partial.metrics, "bpf.count.workload_ns", "ns", "it does not count");
	expect_of(&facts, &r, STATUS_OK, NULL);
	facts.partial = true;
	expect_of(&facts, &partial, STATUS_VOID, "the policy leaves ordinary tasks to fair");
}

static void what_is_not_known_is_not_proven(void **state)
{
	struct record r = { 0 };

	(void)state;
	expect(&bpf, &r, STATUS_VOID, "not reported");
}

static void fair_needs_no_ext_class(void **state)
{
	struct record r = { 0 };

	(void)state;
	record_prove(&r, true, PROOF_ATTACHED_STATE, "disabled");
	expect(&fair, &r, STATUS_OK, NULL);
}

static void audited(struct record *r, double ext_ns)
{
	metrics_absent(&r->metrics, "bpf.count.workload_ns", "ns", "the policy keeps no such counters");
	metrics_add(&r->metrics, "audit.ext_ns", "ns", BETTER_NONE, ext_ns);
}

static void the_auditor_speaks_for_foreign_policies(void **state)
{
	struct record r = sound(), idle = sound(), silent = sound();

	(void)state;
	audited(&r, 10e9);
	expect(&bpf, &r, STATUS_OK, NULL);
	audited(&idle, 0);
	expect(&bpf, &idle, STATUS_VOID, "0.00 %");
	audited(&silent, 0);
	metrics_absent(&silent.metrics, "audit.ext_ns", "ns", "the kernel refuses it");
	expect(&bpf, &silent, STATUS_VOID, "not known: the kernel refuses it");
}

static void audited_fair_is_outside_the_ext_class(void **state)
{
	struct record outside = { 0 }, inside = { 0 }, silent = { 0 };

	(void)state;
	audited(&outside, 0);
	expect(&fair, &outside, STATUS_OK, NULL);
	audited(&inside, 1);
	expect(&fair, &inside, STATUS_VOID, "1 ns");
	metrics_absent(&silent.metrics, "audit.ext_ns", "ns", "the kernel refuses it");
	expect(&fair, &silent, STATUS_OK, NULL);
}

static void ejection_wins(void **state)
{
	struct record r = sound();

	(void)state;
	r.ejection.kind = 1026;
	r.ejection.reason = strdup("runnable task stall");
	expect(&bpf, &r, STATUS_EJECTED, "runnable task stall");
}

static void a_failure_stays_a_failure(void **state)
{
	struct record r = sound();

	(void)state;
	r.status = STATUS_FAILED;
	r.why = strdup("it hung");
	record_prove(&r, false, PROOF_CUSTODY_BALANCED, "no");
	expect(&bpf, &r, STATUS_FAILED, "it hung");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_is_ok),
		cmocka_unit_test(any_line_that_does_not_hold_voids),
		cmocka_unit_test(what_its_parent_ran_voids),
		cmocka_unit_test(bypass_voids),
		cmocka_unit_test(too_little_in_the_ext_class_voids),
		cmocka_unit_test(a_few_milliseconds_elsewhere_void_nothing),
		cmocka_unit_test(nothing_elsewhere_is_not_less_than_nothing),
		cmocka_unit_test(what_ran_elsewhere_is_named),
		cmocka_unit_test(a_workloads_own_time_must_fit_ours),
		cmocka_unit_test(a_machine_that_slept_measured_nothing),
		cmocka_unit_test(in_the_exact_lab_a_policy_without_counters_has_every_task),
		cmocka_unit_test(what_is_not_known_is_not_proven),
		cmocka_unit_test(fair_needs_no_ext_class),
		cmocka_unit_test(the_auditor_speaks_for_foreign_policies),
		cmocka_unit_test(audited_fair_is_outside_the_ext_class),
		cmocka_unit_test(ejection_wins),
		cmocka_unit_test(a_failure_stays_a_failure),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
