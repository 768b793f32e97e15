/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Samples in the store: what goes in comes out, twice in is once in. */
#include "begun.h"

#include <math.h>
#include <string.h>
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
		.policy = mem_strdup("fifo"),
		.workload = mem_strdup("build"),
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
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(random_records_round_trip),
		TEST(files_are_taken_once),
		TEST(a_broken_file_does_not_keep_the_others_out),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
