/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run and a sample go to their files and come back, from every schema. */
#include <errno.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "full_record.h"
#include "record/bounds.h"
#include "scratch.h"

static void same_metrics(const struct metrics *a, const struct metrics *b)
{
	assert_int_equal(a->nr, b->nr);
	for (size_t i = 0; i < a->nr; i++) {
		assert_string_equal(a->metric[i].name, b->metric[i].name);
		assert_string_equal(a->metric[i].unit, b->metric[i].unit);
		assert_int_equal(a->metric[i].better, b->metric[i].better);
		assert_int_equal(!a->metric[i].absent, !b->metric[i].absent);
		if (a->metric[i].absent)
			assert_string_equal(a->metric[i].absent, b->metric[i].absent);
		else
			assert_true(a->metric[i].value == b->metric[i].value);
	}
	assert_int_equal(a->nr_hists, b->nr_hists);
	for (size_t i = 0; i < a->nr_hists; i++) {
		const struct hist *g = &a->hist[i], *h = &b->hist[i];

		assert_string_equal(g->name, h->name);
		assert_int_equal(g->nr, h->nr);
		assert_true(g->overflow == h->overflow);
		for (size_t k = 0; k < g->nr; k++)
			assert_memory_equal(&g->bins[k], &h->bins[k], sizeof(g->bins[k]));
	}
}

static void a_record_comes_back_whole(void **state)
{
	struct record r, back;

	(void)state;
	full_record(&r);
	assert_int_equal(record_write(&r, scratch), 0);
	assert_int_equal(record_read(scratch_path("sample-0007.json"), &back), 0);
	assert_true(record_same(&r, &back));
	assert_int_equal(back.seq, 7);
	assert_int_equal(back.block, 2);
	assert_int_equal(back.boot, 3);
	assert_true(back.warmup);
	assert_string_equal(back.policy, r.policy);
	assert_string_equal(back.workload, r.workload);
	assert_false(back.instrumented);
	assert_int_equal(back.status, STATUS_EJECTED);
	assert_string_equal(back.why, "ejected");
	assert_true(back.started_ns == r.started_ns && back.elapsed_s == 0.1 && back.window_s == DBL_MIN);
	same_metrics(&r.metrics, &back.metrics);
	assert_int_equal(back.nr_proofs, 2);
	assert_int_equal(back.proof[0].check, PROOF_ATTACHED_STATE);
	assert_string_equal(proof_name(&back.proof[1]), "of another version");
	assert_string_equal(back.proof[0].found, "found enabled");
	assert_true(back.proof[0].holds && !back.proof[1].holds);
	assert_int_equal(back.ejection.kind, 1025);
	assert_int_equal(back.ejection.code, -3);
	assert_string_equal(back.ejection.reason, "runnable task stall");
	assert_null(back.ejection.dump);
	assert_true(back.ejection.after_s == 1.5);
	record_free(&r);
	record_free(&back);
}

static void bytes_that_are_no_text_are_escaped(void **state)
{
	struct record r, back;

	(void)state;
	full_record(&r);
	assert_int_equal(record_write(&r, scratch), 0);
	assert_int_equal(record_read(scratch_path("sample-0007.json"), &back), 0);
	assert_string_equal(back.ejection.msg, "bad \\xff\\xc3");
	assert_string_equal(back.violations, "[{\"comm\":\"\\x80\"}]");
	record_free(&r);
	record_free(&back);
}

static void a_bare_record_comes_back(void **state)
{
	struct record r = { .seq = 1, .policy = "fair", .workload = "build" }, back;

	(void)state;
	assert_int_equal(record_write(&r, scratch), 0);
	assert_int_equal(record_read(scratch_path("sample-0001.json"), &back), 0);
	assert_int_equal(back.status, STATUS_OK);
	assert_null(back.why);
	assert_null(back.violations);
	assert_int_equal(back.metrics.nr + back.metrics.nr_hists + back.nr_proofs, 0);
	record_free(&back);
}

static void a_run_comes_back_whole(void **state)
{
	struct run run = full_run(), back;

	(void)state;
	assert_int_equal(run_write(&run, scratch), 0);
	assert_int_equal(run_read(scratch, &back), 0);
	assert_true(run_same(&run, &back));
	assert_string_equal(back.id, run.id);
	assert_string_equal(back.command, run.command);
	assert_string_equal(back.where, "lab");
	assert_true(back.emulated && back.seed == UINT64_MAX);
	assert_int_equal(back.blocks, 3);
	assert_int_equal(back.planned, 6);
	assert_string_equal(back.policies[1], "fifo");
	assert_null(back.policies[2]);
	assert_string_equal(back.host, "77aa");
	assert_null(back.policy_hash[0]);
	assert_string_equal(back.policy_hash[1], "5f2a");
	assert_null(back.policy_given[0]);
	assert_string_equal(back.policy_given[1], "vtime:slice_us=3000");
	assert_string_equal(back.slice_ns[0], "1400000");
	assert_null(back.slice_ns[1]);
	assert_string_equal(back.baseline, "fifo");
	assert_string_equal(back.host_before, "cafe0123cafe0123");
	assert_int_equal(back.restarts, 4);
	assert_true(back.margin == 0.02);
	assert_string_equal(back.ended, "all 3 blocks");
	assert_string_equal(back.tags, "good,last-good");
	assert_string_equal(back.workloads[0], "build");
	assert_string_equal(back.primary[0], "time");
	assert_string_equal(run_env(&back, "kernel"), "7.3.4");
	assert_string_equal(run_env(&back, "cmdline"), "quiet=\"a\" <c> \\xfe");
	assert_null(run_env(&back, "governor"));
	assert_string_equal(back.topology_xml, "<topology/>");
	run_free(&back);
}

static void files_of_schema_1_are_read(void **state)
{
	struct record r;
	struct run run;

	(void)state;
	assert_int_equal(run_read("tests/unit/data/run-v1", &run), 0);
	assert_string_equal(run.id, "20261002-020000-00bb");
	assert_string_equal(run_env(&run, "fair"), "EEVDF");
	assert_null(run.host);
	assert_null(run.policy_hash);
	assert_true(!run.policy_given && !run.slice_ns && !run.baseline && !run.host_before);
	assert_null(run.tags);
	assert_int_equal(run.restarts, 1);
	assert_true(isnan(run.margin));
	assert_int_equal(record_read("tests/unit/data/run-v1/sample-0002.json", &r), 0);
	assert_int_equal(r.status, STATUS_EJECTED);
	assert_int_equal(r.boot, 1);
	assert_false(r.warmup);
	run_free(&run);
	record_free(&r);
}

static void missing_files_say_so(void **state)
{
	struct record r;
	struct run run;

	(void)state;
	assert_int_equal(record_read(scratch_path("none.json"), &r), -ENOENT);
	assert_int_equal(run_read(scratch_path("none"), &run), -ENOENT);
	assert_int_equal(record_write(&(struct record){ .seq = 1 }, scratch_path("none")), -ENOENT);
}

static void long_proofs_are_cut_not_lost(void **state)
{
	struct record r = { 0 };

	(void)state;
	record_prove(&r, true, PROOF_IN_EXT, "%5000d", 1);
	assert_int_equal(strlen(r.proof[0].found), 1023);
	record_free(&r);
}

static void a_status_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(status_name(STATUS_OK), "ok");
	assert_string_equal(status_name(STATUS_VOID), "void");
	assert_string_equal(status_name(STATUS_FAILED), "failed");
	assert_string_equal(status_name(STATUS_EJECTED), "ejected");
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

static void a_name_has_one_metric_and_the_last_value(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	metrics_add(&m, "time", "s", BETTER_LOWER, 1);
	metrics_add(&m, "time", "s", BETTER_LOWER, 2);
	assert_int_equal(m.nr, 1);
	assert_true(metrics_value(&m, "time") == 2);
	metrics_free(&m);
}

static void times_can_be_dropped(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	metrics_add(&m, "time", "s", BETTER_LOWER, 1);
	metrics_add(&m, "cost", "insn", BETTER_LOWER, 7405.25);
	metrics_absent(&m, "sched.run_delay", "ns", "no schedstats");
	metrics_add(&m, "ops", "count", BETTER_NONE, 16000);
	metrics_hist(&m, "latency", "us");
	metrics_hist(&m, "depth", "count");
	metrics_drop_times(&m);
	assert_int_equal(m.nr, 2);
	assert_int_equal(m.nr_hists, 1);
	assert_true(metrics_value(&m, "cost") == 7405.25);
	assert_true(metrics_value(&m, "ops") == 16000);
	metrics_free(&m);
}

static void bins_that_overlap_are_a_fault(void **state)
{
	struct metrics m = { 0 };
	struct hist *h = metrics_hist(&m, "latency", "us");
	char *fault;

	(void)state;
	hist_add(h, 1, 3, 1);
	hist_add(h, 2, 4, 1);
	fault = hist_fault(h);
	assert_non_null(fault);
	free(fault);
	metrics_free(&m);
}

static void a_bin_without_an_end_is_overflow(void **state)
{
	struct metrics m = { 0 };
	struct hist *h = metrics_hist(&m, "latency", "us");

	(void)state;
	hist_add(h, 1, 2, 3);
	hist_add(h, 2, INFINITY, 4);
	assert_int_equal(h->nr, 1);
	assert_int_equal(h->overflow, 4);
	metrics_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_has_one_metric_and_the_last_value),
		cmocka_unit_test(a_bin_without_an_end_is_overflow),
		cmocka_unit_test(times_can_be_dropped),
		cmocka_unit_test(bins_that_overlap_are_a_fault),
		IN_SCRATCH(a_record_comes_back_whole),
		IN_SCRATCH(bytes_that_are_no_text_are_escaped),
		IN_SCRATCH(a_bare_record_comes_back),
		IN_SCRATCH(a_run_comes_back_whole),
		cmocka_unit_test(files_of_schema_1_are_read),
		IN_SCRATCH(missing_files_say_so),
		cmocka_unit_test(long_proofs_are_cut_not_lost),
		cmocka_unit_test(a_status_has_a_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
