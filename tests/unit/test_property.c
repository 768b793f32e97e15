/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples and runs with values at the edges of what is allowed, drawn with a fixed seed: the file, the check
 * of what was not a file, the store and an import accept the same ones, and keep them to the last bit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <limits.h>
#include <math.h>
#include "record/bounds.h"
#include "record/record.h"
#include "store/db.h"
#include "store/write.h"
#include "scratch.h"

#define SAMPLES 1500
#define RUNS 1000

typedef char *text;

#define PICK(type, ...)                                           \
	({                                                        \
		static const type some[] = { __VA_ARGS__ };       \
		some[random_below(sizeof(some) / sizeof(*some))]; \
	})

static unsigned random_below(size_t n)
{
	return (unsigned)((size_t)random() % n);
}

/* Seldom beyond what is allowed, so that about half of the samples are. */
static bool seldom(void)
{
	return !random_below(40);
}

static double edge_number(void)
{
	if (seldom())
		return PICK(double, 1.0001e30, -1.0001e30, 9.99e-31, DBL_MAX, DBL_MIN, INFINITY, 1.1e10,
			    -1.0);
	return PICK(double, 0.0, -0.0, 1e-30, 1e10, 1.0, 1.0 / 3, 0.1, 4503599627370497.0, 9007199254740993.0,
		    1e9);
}

static const char *edge_unit(void)
{
	return seldom() ? PICK(text, "a b", "s\n", "\xc2\xb5s", "")
			: PICK(text, "s", "us", "ns", "count", "%", "", "m/s");
}

static const char *edge_metric(void)
{
	return seldom() ? PICK(text, "", "a b", "a\tb", "\xc3\xa4")
			: PICK(text, "a", "a.b", "-", "x=1,y@2", "perf.L1:u", "%");
}

static const char *edge_name(void)
{
	return seldom() ? PICK(text, "", "a\nb", "\x1b[31m", "\xe2\x80\xae")
			: PICK(text, "fair", "a b", "\xc3\xa4", "'", "../x");
}

static const char *edge_text(void)
{
	return PICK(text, NULL, "", "a", "<b>&\"'", "\xc2\xb5 \xe2\x89\xa4\n\t", "\x7f");
}

static uint64_t edge_count(void)
{
	return seldom() ? PICK(uint64_t, (uint64_t)0, HIST_MAX_TOTAL + 1, (uint64_t)1 << 63, UINT64_MAX)
			: PICK(uint64_t, (uint64_t)1, (uint64_t)2, HIST_MAX_TOTAL / 4, (uint64_t)7,
			       (uint64_t)1 << 40);
}

static unsigned edge_unsigned(void)
{
	return seldom() ? PICK(unsigned, UINT_MAX, 0u)
			: PICK(unsigned, 1u, 2u, (unsigned)RUN_MAX_SAMPLES, 100000u);
}

static int64_t edge_int64(void)
{
	return PICK(int64_t, INT64_MIN, INT64_MAX, (int64_t)0, (int64_t)-1, (int64_t)1 << 53);
}

static double edge_seconds(void)
{
	return seldom() ? PICK(double, -1.0, 1.1e10) : PICK(double, 0.0, 1e10, 0.1, DBL_MIN, NAN);
}

/* By hand: metrics_add() would merge what has one name. */
static void random_metrics(struct metrics *m)
{
	char name[64];

	for (unsigned i = random_below(4); i; i--) {
		snprintf(name, sizeof(name), "%s%u", edge_metric(), i);
		if (random_below(4))
			metrics_add(m, name, edge_unit(), (enum better)random_below(3), edge_number());
		else
			metrics_absent(m, name, edge_unit(), PICK(text, "", "no counter", "\n"));
		if (!random_below(3))
			metrics_resolution(m, name, fabs(edge_number()));
	}
	for (unsigned i = random_below(3); i; i--) {
		struct hist *h;
		double low = PICK(double, 0.0, -1e30, 1e-300, 5.0);

		snprintf(name, sizeof(name), "%s%u", edge_metric(), i);
		h = metrics_hist(m, name, edge_unit());
		h->overflow = random_below(2) ? 0 : edge_count();
		for (unsigned bin = random_below(4); bin; bin--, low += fabs(low) + 1)
			hist_add(h, low, low + (fabs(low) + 1) * PICK(double, 1.0, 0.5), edge_count());
	}
}

static struct record random_record(void)
{
	struct record r = {
		.seq = edge_unsigned(),
		.block = random_below(5),
		.boot = 1 + random_below(3),
		.policy = mem_strdup(edge_name()),
		.workload = mem_strdup(edge_name()),
		.instrumented = random_below(2),
		.warmup = random_below(2),
		.retake_of = random_below(2) ? 0 : edge_unsigned(),
		.status = (enum status)random_below(NR_STATUS),
		.why = mem_strdup(edge_text()),
		.started_ns = edge_int64(),
		.elapsed_s = edge_seconds(),
		.window_s = edge_seconds(),
		.violations = mem_strdup(edge_text()),
		.ejection = { PICK(int, 0, -1, INT_MAX, INT_MIN), edge_int64(), mem_strdup(edge_text()),
			      mem_strdup(edge_text()), mem_strdup(edge_text()), edge_seconds() },
	};

	random_metrics(&r.metrics);
	for (unsigned i = random_below(3); i; i--)
		record_prove(&r, random_below(2), PROOF_ATTACHED_STATE, "%s", edge_text() ?: "");
	return r;
}

static struct store *open_new(const char *name)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path(name), STORE_CREATE, &s), 0);
	assert_int_equal(db_exec(s, "PRAGMA synchronous = OFF"), 0);
	return s;
}

static struct run plain_run(char *id)
{
	static char *none[] = { NULL };

	return (struct run){ .id = id,
			     .plan = "demo",
			     .command = "",
			     .where = "lab",
			     .policies = none,
			     .workloads = none,
			     .primary = none };
}

/* One door that opens, or not, and the same record behind it. */
static bool through_file(const struct record *r)
{
	struct record back;
	char *path = run_sample_path(scratch, r->seq);
	int err = record_write(r, scratch);

	if (!err)
		err = record_read(path, &back);
	if (!err) {
		assert_true(record_same(r, &back));
		record_free(&back);
	}
	unlink(path);
	free(path);
	return !err;
}

static bool through_store(struct store *s, const char *id, const struct record *r)
{
	struct store_run back;
	int err = store_take_sample(s, id, r);

	if (!err)
		err = store_load(s, id, &back);
	if (err)
		return false;
	assert_int_equal(back.nr, 1);
	assert_true(record_same(r, &back.sample[0]));
	store_run_free(&back);
	return true;
}

static bool through_transfer(struct store *from, struct store *to, char *id, const struct record *r)
{
	const char *file = scratch_path("run.scxb");
	struct store_run back;
	unsigned taken;
	int err = store_export(from, file, (char *[]){ id, NULL });

	if (!err)
		err = store_import(to, file, &taken);
	unlink(file);
	if (err)
		return false;
	assert_int_equal(taken, 1);
	assert_int_equal(store_load(to, id, &back), 0);
	assert_true(record_same(r, &back.sample[0]));
	store_run_free(&back);
	return true;
}

/* What no member can hold is not tried: a sample has a number of its own and a count of blocks. */
static void every_door_accepts_the_same_samples(void **state)
{
	struct store *here = open_new("here.db"), *there = open_new("there.db");
	unsigned accepted = 0;

	(void)state;
	srandom(1);
	for (unsigned i = 0; i < SAMPLES; i++) {
		struct record r = random_record();
		struct run run = plain_run("one");
		char *fault = record_fault(&r);
		bool sound = !fault;

		if (through_file(&r) != sound || (record_check(&r, "here") == 0) != sound)
			fail_msg("sample %u: a file of it is not %s", i, fault ?: "sound");
		assert_int_equal(write_run(here, &run), 0);
		if (through_store(here, "one", &r) != sound)
			fail_msg("sample %u: in the store it is not %s", i, fault ?: "sound");
		/* Each of these is a file more, so only some. */
		if (i % 30 == 0 && through_transfer(here, there, "one", &r) != sound)
			fail_msg("sample %u: in a file of export it is not %s", i, fault ?: "sound");
		assert_int_equal(store_remove(here, "one"), 0);
		if (i % 30 == 0 && sound)
			assert_int_equal(store_remove(there, "one"), 0);
		accepted += sound;
		free(fault);
		record_free(&r);
	}
	print_message("# %u of %u samples are accepted\n", accepted, SAMPLES);
	assert_in_range(accepted, SAMPLES / 4, SAMPLES * 3 / 4);
	store_close(here);
	store_close(there);
}

static struct run random_run(char *policies[3], struct pair env[2])
{
	struct run run = plain_run((seldom() ? PICK(text, "latest", "-a", "a/b", "x.html", "", ".")
					     : PICK(text, "a", "A.1", "20261122-164501-7f3a", "0_-.")));

	policies[0] = (char *)edge_name();
	policies[1] = random_below(2) ? (char *)edge_name() : NULL;
	run.policies = policies;
	env[0] = (struct pair){ "kernel", (char *)(edge_text() ?: "") };
	run.env = env;
	run.nr_env = random_below(2);
	run.plan = (char *)edge_name();
	run.where = (char *)edge_name();
	run.command = (char *)(edge_text() ?: "");
	run.emulated = random_below(2);
	run.host = (seldom() ? PICK(text, "a b", "x/y") : PICK(text, NULL, "77aa", "-"));
	run.seed = PICK(uint64_t, UINT64_MAX, (uint64_t)0, (uint64_t)1 << 63);
	run.blocks = seldom() ? PICK(unsigned, UINT_MAX, RUN_MAX_BLOCKS + 1u)
			      : PICK(unsigned, 0u, (unsigned)RUN_MAX_BLOCKS, 6u);
	run.planned = edge_unsigned();
	run.restarts = random_below(3);
	run.margin = seldom() ? PICK(double, -0.1, 10.1) : PICK(double, 0.0, 10.0, 0.02, NAN);
	run.started_ns = edge_int64();
	run.baseline = (seldom() ? "a\nb" : PICK(text, NULL, "fifo"));
	run.topology_xml = (char *)edge_text();
	run.ended = (char *)edge_text();
	run.tags =
		(seldom() ? PICK(text, "--x", "latest", "a,latest", "a b") : PICK(text, NULL, "good", "a,b"));
	run.gate = PICK(text, NULL, "pass", "fail");
	return run;
}

static bool run_through_store(struct store *s, const struct run *run)
{
	struct run back;
	int64_t row;
	bool sound;

	if (write_run(s, run))
		return false;
	assert_int_equal(db_find_run(s, run->id, &row), 0);
	sound = !store_load_run(s, run->id, &back);
	if (sound) {
		assert_true(run_same(run, &back));
		assert_true(!run->tags == !back.tags && (!run->tags || !strcmp(run->tags, back.tags)));
		run_free(&back);
	}
	assert_int_equal(write_nothing(s, row), 0);
	return sound;
}

static void every_door_accepts_the_same_runs(void **state)
{
	struct store *s = open_new("here.db");
	unsigned accepted = 0;

	(void)state;
	srandom(2);
	for (unsigned i = 0; i < RUNS; i++) {
		char *policies[3] = { NULL };
		struct pair env[2];
		struct run run = random_run(policies, env), back;
		char *fault = run_fault(&run);
		bool sound = !fault;

		if ((run_check(&run, "here") == 0) != sound)
			fail_msg("run %u: a file of it is not %s", i, fault ?: "sound");
		assert_int_equal(run_write(&run, scratch), 0);
		if (run_read(scratch, &back) != 0) {
			assert_false(sound);
		} else {
			assert_true(sound && run_same(&run, &back));
			run_free(&back);
		}
		if (run_through_store(s, &run) != sound)
			fail_msg("run %u: in the store it is not %s", i, fault ?: "sound");
		accepted += sound;
		free(fault);
	}
	print_message("# %u of %u runs are accepted\n", accepted, RUNS);
	assert_in_range(accepted, RUNS / 4, RUNS * 9 / 10);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_door_accepts_the_same_samples),
		TEST(every_door_accepts_the_same_runs),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
