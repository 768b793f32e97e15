/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The store: what goes in comes out, twice in is once in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>
#include "util/cause.h"
#include "store/store.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/mem.h"

static unsigned random_below(unsigned n)
{
	return (unsigned)random() % n;
}

static double random_number(void)
{
	return ldexp((double)random() / 7, (int)random_below(120) - 60) * (random_below(2) ? 1 : -1);
}

static uint64_t random_bits(void)
{
	return ((uint64_t)random() << 31 ^ (uint64_t)random()) & 0x3fffffffffffffff;
}

static char *random_text(void)
{
	static const char *const some[] = { "",		 "a plain one", "it's \"quoted\" <b>",
					    "tab\there", "µs ≤ 3\n",	"\\x%s" };
	unsigned n = random_below(7);

	return n < 6 ? mem_strdup(some[n]) : NULL;
}

static void random_metrics(struct metrics *m)
{
	char name[32];

	for (unsigned i = random_below(20); i; i--) {
		snprintf(name, sizeof(name), "metric.%u", i);
		if (random_below(4))
			metrics_add(m, name, i % 2 ? "us" : "count", (enum better)random_below(3),
				    random_number());
		else
			metrics_absent(m, name, "ns", i % 2 ? "no such counter" : "");
	}
	for (unsigned i = random_below(4); i; i--) {
		struct hist *h;

		snprintf(name, sizeof(name), "hist.%u", i);
		h = metrics_hist(m, name, "us");
		for (unsigned bin = random_below(200); bin; bin--)
			hist_add(h, 1000 - bin, 1000 - bin + 0.1 * (1 + random_below(9)),
				 1 + (random_bits() >> 24));
		h->overflow = random_below(2) ? random_bits() >> 24 : 0;
	}
}

static struct record random_record(unsigned seq)
{
	struct record r = {
		.seq = seq,
		.block = random_below(4),
		.boot = 1 + random_below(3),
		.warmup = random_below(2),
		.policy = mem_strdup("vtime:slice_us=3000"),
		.workload = mem_strdup("hackbench-pipe"),
		.instrumented = random_below(2),
		.status = (enum status)random_below(NR_STATUS),
		.why = random_text(),
		.started_ns = (int64_t)random_bits(),
		.elapsed_s = fmod(fabs(random_number()), 1e9),
		.window_s = fmod(fabs(random_number()), 1e9),
		.violations = random_text(),
		.ejection = { (int)random_below(2000), -(int64_t)random_bits(), random_text(), random_text(),
			      random_text(), fmod(fabs(random_number()), 1e9) },
	};

	random_metrics(&r.metrics);
	for (unsigned i = random_below(5); i; i--)
		record_prove(&r, random_below(2), PROOF_ATTACHED_STATE, "enabled, %u", i);
	return r;
}

static void same_text(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a)
		assert_string_equal(a, b);
}

static void same_number(double a, double b)
{
	assert_true(a == b || (isnan(a) && isnan(b)));
}

static void same_metrics(const struct metrics *a, const struct metrics *b)
{
	assert_int_equal(a->nr, b->nr);
	for (size_t i = 0; i < a->nr; i++) {
		assert_string_equal(a->metric[i].name, b->metric[i].name);
		assert_string_equal(a->metric[i].unit, b->metric[i].unit);
		assert_int_equal(a->metric[i].better, b->metric[i].better);
		same_number(a->metric[i].value, b->metric[i].value);
		same_text(a->metric[i].absent, b->metric[i].absent);
	}
	assert_int_equal(a->nr_hists, b->nr_hists);
	for (size_t i = 0; i < a->nr_hists; i++) {
		const struct hist *x = &a->hist[i], *y = &b->hist[i];

		assert_string_equal(x->name, y->name);
		assert_string_equal(x->unit, y->unit);
		assert_true(x->overflow == y->overflow);
		assert_int_equal(x->nr, y->nr);
		if (x->nr)
			assert_memory_equal(x->bins, y->bins, x->nr * sizeof(*x->bins));
	}
}

static void same_record(const struct record *a, const struct record *b)
{
	assert_int_equal(a->seq, b->seq);
	assert_int_equal(a->block, b->block);
	assert_int_equal(a->boot, b->boot);
	assert_int_equal(a->warmup, b->warmup);
	same_text(a->policy, b->policy);
	same_text(a->workload, b->workload);
	assert_int_equal(a->instrumented, b->instrumented);
	assert_int_equal(a->status, b->status);
	same_text(a->why, b->why);
	assert_true(a->started_ns == b->started_ns);
	same_number(a->elapsed_s, b->elapsed_s);
	same_number(a->window_s, b->window_s);
	same_text(a->violations, b->violations);
	assert_int_equal(a->ejection.kind, b->ejection.kind);
	assert_true(a->ejection.code == b->ejection.code);
	same_text(a->ejection.reason, b->ejection.reason);
	same_text(a->ejection.msg, b->ejection.msg);
	same_text(a->ejection.dump, b->ejection.dump);
	same_number(a->ejection.after_s, b->ejection.after_s);
	assert_int_equal(a->nr_proofs, b->nr_proofs);
	for (size_t i = 0; i < a->nr_proofs; i++) {
		same_text(proof_name(&a->proof[i]), proof_name(&b->proof[i]));
		same_text(a->proof[i].found, b->proof[i].found);
		assert_int_equal(a->proof[i].holds, b->proof[i].holds);
	}
	same_metrics(&a->metrics, &b->metrics);
}

/* A run as it is before its first sample, in its directory under results/runs. */
static const char *write_run(const char *id, int64_t started_ns)
{
	static char path[256];
	char *policies[] = { "fair", "vtime:slice_us=3000", NULL }, *workloads[] = { "hackbench-pipe", NULL };
	char *primary[] = { "time", NULL }, *hash[] = { NULL, "5f2a" }, *given[] = { NULL, "vtime" },
	     *slice[] = { "1400000", "3000000" };
	struct pair env[] = { { "kernel", "7.3.4" }, { "cmdline", "a=\"b\" <c>" } };
	struct run run = { .id = (char *)id,
			   .plan = "demo",
			   .command = "scxbench bench --seed 7",
			   .where = "lab",
			   .emulated = true,
			   .seed = 0xfedcba9876543210,
			   .blocks = 3,
			   .planned = 99,
			   .started_ns = started_ns,
			   .policies = policies,
			   .workloads = workloads,
			   .primary = primary,
			   .env = env,
			   .nr_env = 2,
			   .topology_xml = "<topology/>",
			   .host = "77aa",
			   .policy_hash = hash,
			   .policy_given = given,
			   .slice_ns = slice,
			   .host_before = "cafe0123cafe0123",
			   .baseline = "vtime:slice_us=3000",
			   .restarts = 2,
			   .margin = 0.01 };

	snprintf(path, sizeof(path), "%s/%s", scratch, id);
	assert_int_equal(fs_mkdirs(path), 0);
	assert_int_equal(run_write(&run, path), 0);
	return path;
}

static struct store *open_store(void)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_CREATE, &s), 0);
	return s;
}

/* As write_run() has them. */
static void check_policies(const struct run *run)
{
	assert_string_equal(run->policies[1], "vtime:slice_us=3000");
	assert_null(run->policies[2]);
	assert_null(run->policy_hash[0]);
	assert_string_equal(run->policy_hash[1], "5f2a");
	assert_null(run->policy_given[0]);
	assert_string_equal(run->policy_given[1], "vtime");
	assert_string_equal(run->slice_ns[1], "3000000");
	assert_string_equal(run->host_before, "cafe0123cafe0123");
	assert_string_equal(run->baseline, "vtime:slice_us=3000");
}

static void a_run_comes_out_as_it_went_in(void **state)
{
	struct store *s = open_store();
	struct store_run out;
	struct run in;
	const char *path = write_run("r1", 5);

	(void)state;
	assert_int_equal(run_read(path, &in), 0);
	assert_int_equal(store_take_run(s, path), 0);
	assert_int_equal(store_load(s, "r1", &out), 0);
	assert_string_equal(out.run.id, "r1");
	assert_string_equal(out.run.plan, in.plan);
	assert_string_equal(out.run.command, in.command);
	assert_string_equal(out.run.where, in.where);
	assert_true(out.run.emulated);
	assert_true(out.run.seed == 0xfedcba9876543210);
	assert_int_equal(out.run.blocks, 3);
	assert_int_equal(out.run.planned, 99);
	assert_int_equal(out.run.started_ns, 5);
	assert_string_equal(out.run.topology_xml, "<topology/>");
	check_policies(&out.run);
	assert_string_equal(out.run.host, "77aa");
	assert_int_equal(out.run.restarts, 2);
	assert_true(out.run.margin == 0.01);
	assert_null(out.run.ended);
	assert_null(out.run.tags);
	assert_string_equal(out.run.workloads[0], "hackbench-pipe");
	assert_string_equal(out.run.primary[0], "time");
	assert_null(out.run.primary[1]);
	assert_string_equal(run_env(&out.run, "cmdline"), "a=\"b\" <c>");
	assert_int_equal(out.nr, 0);
	store_run_free(&out);
	run_free(&in);
	store_close(s);
}

/* Taken in when it began; when it has ended the store learns that, once. */
static void how_a_run_ended_is_taken_in_later(void **state)
{
	struct store *s = open_store();
	const char *path = write_run("ended", 5);
	struct store_run out;
	struct run run;

	(void)state;
	assert_int_equal(store_take_run(s, path), 0);
	assert_int_equal(run_read(path, &run), 0);
	run.ended = strdup("the time budget is used up");
	run.blocks = 2;
	run.planned = 7;
	assert_int_equal(run_write(&run, path), 0);
	assert_int_equal(store_take_run(s, path), 0);
	run.ended[0] = 'T';
	assert_int_equal(run_write(&run, path), 0);
	assert_int_equal(store_take_run(s, path), 0);
	assert_int_equal(store_load(s, "ended", &out), 0);
	assert_string_equal(out.run.ended, "the time budget is used up");
	assert_int_equal(out.run.blocks, 2);
	assert_int_equal(out.run.planned, 7);
	store_run_free(&out);
	run_free(&run);
	store_close(s);
}

static void random_records_round_trip(void **state)
{
	struct store *s = open_store();
	struct record in[60];
	struct store_run out;

	(void)state;
	srandom(20261122);
	assert_int_equal(store_take_run(s, write_run("r1", 5)), 0);
	/* Last first: they are to come out by seq, not as they came. */
	for (unsigned i = 60; i--;) {
		in[i] = random_record(i + 1);
		assert_int_equal(store_take_sample(s, "r1", &in[i]), 0);
	}
	assert_int_equal(store_load(s, "r1", &out), 0);
	assert_int_equal(out.nr, 60);
	for (unsigned i = 0; i < 60; i++) {
		same_record(&in[i], &out.sample[i]);
		record_free(&in[i]);
	}
	store_run_free(&out);
	store_close(s);
}

static void files_are_taken_once(void **state)
{
	struct store *s = open_store();
	const char *path = write_run("r1", 5);
	struct record in[3];
	struct store_run out;

	(void)state;
	srandom(1);
	for (unsigned i = 0; i < 3; i++) {
		in[i] = random_record(i + 1);
		assert_int_equal(record_write(&in[i], path), 0);
		assert_int_equal(store_take_run(s, path), 0);
		assert_int_equal(store_take_sample(s, "r1", &in[i]), 0);
	}
	assert_int_equal(store_load(s, NULL, &out), 0);
	assert_int_equal(out.nr, 3);
	for (unsigned i = 0; i < 3; i++) {
		same_record(&in[i], &out.sample[i]);
		record_free(&in[i]);
	}
	store_run_free(&out);
	store_close(s);
}

static void a_broken_file_does_not_keep_the_others_out(void **state)
{
	struct store *s = open_store();
	const char *path = write_run("r1", 5);
	struct record in = random_record(2);
	struct store_run out;

	(void)state;
	assert_int_equal(record_write(&in, path), 0);
	assert_int_equal(fs_write_durable(scratch_path("r1/sample-0001.json"), "{", 1), 0);
	assert_int_equal(fs_write_durable(scratch_path("r1/sample-0003.json.tmp"), "{", 1), 0);
	assert_true(store_take_run(s, path) < 0);
	assert_int_equal(store_load(s, "r1", &out), 0);
	assert_int_equal(out.nr, 1);
	assert_int_equal(out.sample[0].seq, 2);
	store_run_free(&out);
	record_free(&in);
	store_close(s);
}

/* The latest is the one that was stored last, whatever the clock said. */
static void the_latest_run_is_listed_first(void **state)
{
	struct record r = {
		.seq = 1, .policy = "fair", .workload = "build", .status = STATUS_VOID, .why = "x"
	};
	struct store *s = open_store();
	struct store_run out;
	struct store_line *lines;
	size_t nr;

	(void)state;
	assert_int_equal(store_load(s, NULL, &out), -CAUSE_NOT_FOUND);
	assert_int_equal(store_take_sample(s, "r1", &r), -CAUSE_FAILED);
	assert_int_equal(store_take_run(s, write_run("old", 9)), 0);
	assert_int_equal(store_take_run(s, write_run("new", 5)), 0);
	assert_int_equal(store_take_sample(s, "new", &r), 0);
	assert_int_equal(store_load(s, "none", &out), -CAUSE_NOT_FOUND);
	assert_int_equal(store_load(s, NULL, &out), 0);
	assert_string_equal(out.run.id, "new");
	store_run_free(&out);
	assert_int_equal(store_list(s, NULL, &lines, &nr), 0);
	assert_int_equal(nr, 2);
	assert_string_equal(lines[0].id, "new");
	assert_string_equal(lines[0].kernel, "7.3.4");
	assert_int_equal(lines[0].samples, 1);
	assert_int_equal(lines[0].not_ok, 1);
	assert_int_equal(lines[1].samples, 0);
	store_list_free(lines, nr);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_run_comes_out_as_it_went_in),
		TEST(how_a_run_ended_is_taken_in_later),
		TEST(random_records_round_trip),
		TEST(files_are_taken_once),
		TEST(a_broken_file_does_not_keep_the_others_out),
		TEST(the_latest_run_is_listed_first),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
