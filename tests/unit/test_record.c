/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sanitizer/common_interface_defs.h>
#include <cmocka.h>
#include "util/cause.h"
#include "record/record.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/mem.h"

static void full_record(struct record *r)
{
	struct hist *h;

	*r = (struct record){
		.seq = 7,
		.block = 2,
		.boot = 3,
		.warmup = true,
		.policy = mem_strdup("vtime:slice_us=3000"),
		.workload = mem_strdup("hackbench-pipe"),
		.status = STATUS_EJECTED,
		.why = mem_strdup("ejected"),
		.started_ns = 1795366801123456789,
		.elapsed_s = 0.1,
		.window_s = DBL_MIN,
		.ejection = { 1025, -3, mem_strdup("runnable task stall"), mem_strdup("bad \xff\xc3"), NULL,
			      1.5 },
		.violations = mem_strdup("[{\"comm\":\"\x80\"}]"),
	};
	metrics_add(&r->metrics, "time", "s", BETTER_LOWER, 1.0 / 3);
	metrics_add(&r->metrics, "rate", "count", BETTER_HIGHER, 1e300);
	metrics_absent(&r->metrics, "perf.cycles", "count", "no counter\n\"here\"");
	h = metrics_hist(&r->metrics, "latency", "us");
	hist_add(h, 0, 0.1, 3);
	hist_add(h, 0.1, 1e9, 1ULL << 60);
	h->overflow = 2;
	metrics_hist(&r->metrics, "empty", "us");
	record_prove(r, true, PROOF_ATTACHED_STATE, "found %s", "enabled");
	record_take_proof(r, proof_named("of another version", "1025", false));
}

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

static struct run sample_run(void)
{
	static char *policies[] = { "fair", "fifo", NULL }, *workloads[] = { "build", NULL },
		    *primary[] = { "time", NULL }, *hash[] = { NULL, "5f2a" };
	static struct pair env[] = { { "kernel", "7.3.4" }, { "cmdline", "quiet \xfe" } };

	return (struct run){
		.id = "20261122-164501-7f3a",
		.plan = "demo",
		.command = "scxbench bench",
		.where = "lab",
		.emulated = true,
		.seed = UINT64_MAX,
		.blocks = 3,
		.planned = 6,
		.started_ns = 5,
		.policies = policies,
		.workloads = workloads,
		.primary = primary,
		.env = env,
		.nr_env = 2,
		.host = "77aa",
		.policy_hash = hash,
		.restarts = 4,
		.margin = 0.02,
		.tags = "good,last-good",
		.ended = "all 3 blocks",
		.topology_xml = "<topology/>",
	};
}

static void a_run_comes_back_whole(void **state)
{
	struct run run = sample_run(), back;

	(void)state;
	assert_int_equal(run_write(&run, scratch), 0);
	assert_int_equal(run_read(scratch, &back), 0);
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
	assert_int_equal(back.restarts, 4);
	assert_true(back.margin == 0.02);
	assert_string_equal(back.ended, "all 3 blocks");
	assert_string_equal(back.tags, "good,last-good");
	assert_string_equal(back.workloads[0], "build");
	assert_string_equal(back.primary[0], "time");
	assert_string_equal(run_env(&back, "kernel"), "7.3.4");
	assert_string_equal(run_env(&back, "cmdline"), "quiet \\xfe");
	assert_null(run_env(&back, "governor"));
	assert_string_equal(back.topology_xml, "<topology/>");
	run_free(&back);
}

/* Files that a reader must refuse: what is replaced in a good one, by what, and the error. */
static const struct {
	const char *old, *new;
	int err;
} refused[] = {
	{ "\"schema\":2", "\"schema\":3", -CAUSE_VERSION },
	{ "\"schema\":2", "\"schema\":0", -CAUSE_VERSION },
	{ "\"schema\":2", "\"schema\":\"2\"", -CAUSE_DAMAGED },
	{ "\"boot\":3,", "", -CAUSE_DAMAGED },
	{ "\"warmup\":true", "\"warmup\":1", -CAUSE_DAMAGED },
	{ "\"schema\":2,", "", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":-7", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":7e0", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":99999999999", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":7,\"seq\":8", -CAUSE_DAMAGED },
	{ "\"block\":2,", "", -CAUSE_DAMAGED },
	{ "\"status\":\"ejected\"", "\"status\":\"fine\"", -CAUSE_DAMAGED },
	{ "\"instrumented\":false", "\"instrumented\":0", -CAUSE_DAMAGED },
	{ "\"better\":\"lower\"", "\"better\":\"less\"", -CAUSE_DAMAGED },
	{ "\"value\":null", "\"value\":\"?\"", -CAUSE_DAMAGED },
	{ "\"absent\":null", "\"absent\":\"both\"", -CAUSE_DAMAGED },
	{ "\"value\":null", "\"value\":1e999", -CAUSE_DAMAGED },
	{ "\"overflow\":2", "\"overflow\":-2", -CAUSE_DAMAGED },
	{ "[0.0,", "[5.0,", -CAUSE_DAMAGED },
	{ ",3]", ",-3]", -CAUSE_DAMAGED },
	{ ",3]", "]", -CAUSE_DAMAGED },
	{ "\"why\":\"ejected\"", "\"why\":{}", -CAUSE_DAMAGED },
	{ "\"proof\":[", "\"proof\":[7,", -CAUSE_DAMAGED },
	{ "\"metrics\":[", "\"metrics\":[null,", -CAUSE_DAMAGED },
	{ "\"histograms\":[", "\"histograms\":[[],", -CAUSE_DAMAGED },
};

static char *good_text(void)
{
	struct record r;
	char *text;

	full_record(&r);
	assert_int_equal(record_write(&r, scratch), 0);
	record_free(&r);
	assert_int_equal(fs_read(scratch_path("sample-0007.json"), &text, NULL), 0);
	return text;
}

static int read_back(const void *data, size_t len)
{
	const char *path = scratch_path("damaged.json");
	FILE *f = fopen(path, "w");
	struct record r;
	int err;

	assert_int_equal(fwrite(data, 1, len, f), len);
	fclose(f);
	err = record_read(path, &r);
	if (!err)
		record_free(&r);
	return err;
}

static void wrong_members_are_refused(void **state)
{
	char *text = good_text();

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		char *at = strstr(text, refused[i].old), *bad;

		assert_non_null(at);
		bad = mem_printf("%.*s%s%s", (int)(at - text), text, refused[i].new,
				 at + strlen(refused[i].old));
		assert_int_equal(read_back(bad, strlen(bad)), refused[i].err);
		free(bad);
	}
	free(text);
}

static void truncated_files_are_refused(void **state)
{
	char *text = good_text();

	(void)state;
	for (size_t len = 0; len < strlen(text); len++)
		assert_int_equal(read_back(text, len), -CAUSE_DAMAGED);
	free(text);
}

static void flipped_bytes_never_crash(void **state)
{
	char *text = good_text();
	size_t len = strlen(text);

	(void)state;
	srand(1);
	for (int i = 0; i < 4000; i++) {
		size_t at = rand() % len;
		char old = text[at];
		int err;

		text[at] ^= 1 << rand() % 8;
		err = read_back(text, len);
		assert_true(!err || err == -CAUSE_DAMAGED || err == -CAUSE_VERSION);
		text[at] = old;
	}
	free(text);
}

static void damaged_runs_are_refused(void **state)
{
	struct run run = sample_run(), back;
	char *text;

	(void)state;
	assert_int_equal(run_write(&run, scratch), 0);
	assert_int_equal(fs_read(scratch_path("run.json"), &text, NULL), 0);
	for (size_t len = strlen(text) - 1; len > 0; len--) {
		assert_int_equal(truncate(scratch_path("run.json"), len), 0);
		assert_int_equal(run_read(scratch, &back), -CAUSE_DAMAGED);
	}
	memcpy(strstr(text, "[null,"), "[     ", 6);
	assert_int_equal(fs_write_durable(scratch_path("run.json"), text, strlen(text)), 0);
	assert_int_equal(run_read(scratch, &back), -CAUSE_DAMAGED);
	memcpy(strstr(text, "[     "), "[null,", 6);
	memcpy(strstr(text, "[\"time\"]"), "[      ]", 8);
	assert_int_equal(fs_write_durable(scratch_path("run.json"), text, strlen(text)), 0);
	assert_int_equal(run_read(scratch, &back), -CAUSE_DAMAGED);
	free(text);
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

/* Thousands of refusals would bury a real message; the sanitizers keep their way out. */
static int quiet_setup(void **state)
{
	intptr_t err = dup(STDERR_FILENO);
	int null = open("/dev/null", O_WRONLY);

	__sanitizer_set_report_fd((void *)err);
	dup2(null, STDERR_FILENO);
	close(null);
	return scratch_setup(state);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
#define QUIETLY(test) cmocka_unit_test_setup_teardown(test, quiet_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_record_comes_back_whole), IN_SCRATCH(bytes_that_are_no_text_are_escaped),
		IN_SCRATCH(a_bare_record_comes_back),  IN_SCRATCH(a_run_comes_back_whole),
		IN_SCRATCH(wrong_members_are_refused), cmocka_unit_test(files_of_schema_1_are_read),
		IN_SCRATCH(missing_files_say_so),      cmocka_unit_test(long_proofs_are_cut_not_lost),
		cmocka_unit_test(a_status_has_a_name), QUIETLY(truncated_files_are_refused),
		QUIETLY(flipped_bytes_never_crash),    QUIETLY(damaged_runs_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
