/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values at the edges of what is allowed, drawn with a fixed seed, on their whole way: file, store, export,
 * import, and results.json of the report, which shows what the file held, to the last bit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <jansson.h>
#include <math.h>
#include "export/exports.h"
#include "judge/compare_cells.h"
#include "record/record.h"
#include "store/db.h"
#include "store/store.h"
#include "store/write.h"
#include "scratch.h"

#define RUNS 20
#define BLOCKS 3

static char *policies[] = { "fair", "a \"b\" <c>", NULL }, *workloads[] = { "\xc2\xb5'", NULL },
	    *primary[] = { "m", NULL };

static double drawn_value(void)
{
	static const double edge[] = {
		1e-30, 1e10, 1.0 / 3, 0.1, 4503599627370497.0, 9007199254740993.0, DBL_MAX,
		1e30,  NAN,  1.0,     -1.0
	};

	return edge[(size_t)random() % (sizeof(edge) / sizeof(*edge))];
}

static struct store *open_new(const char *name)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path(name), STORE_CREATE, &s), 0);
	assert_int_equal(db_exec(s, "PRAGMA synchronous = OFF"), 0);
	return s;
}

/* Keeps what the record holds: a value that is out of range is absent there. */
static void take_sample(struct store *s, unsigned seq, const char *unit, double *kept)
{
	struct record r = { .seq = seq,
			    .block = (seq + 1) / 2,
			    .boot = 1,
			    .policy = mem_strdup(policies[(seq - 1) % 2]),
			    .workload = mem_strdup(workloads[0]),
			    .status = STATUS_OK,
			    .window_s = NAN },
		      back;
	char *path = run_sample_path(scratch, seq);

	metrics_add(&r.metrics, "m", unit, BETTER_LOWER, drawn_value());
	assert_int_equal(record_write(&r, scratch), 0);
	assert_int_equal(record_read(path, &back), 0);
	*kept = back.metrics.metric[0].value;
	assert_int_equal(store_take_sample(s, "one", &back), 0);
	unlink(path);
	free(path);
	record_free(&back);
	record_free(&r);
}

static void load_moved(struct store *from, struct store *to, struct store_run *run)
{
	const char *file = scratch_path("run.scxb");
	unsigned taken;

	assert_int_equal(store_export(from, file, (char *[]){ "one", NULL }), 0);
	assert_int_equal(store_import(to, file, &taken), 0);
	unlink(file);
	assert_int_equal(store_load(to, "one", run), 0);
}

static void is_shown(const json_t *results, const double *kept)
{
	const json_t *cells = json_object_get(results, "comparison");

	assert_non_null(results);
	assert_int_equal(json_array_size(cells), 2);
	for (size_t p = 0; p < 2; p++) {
		const json_t *cell = json_array_get(cells, p), *values = json_object_get(cell, "values");

		assert_string_equal(json_string_value(json_object_get(cell, "policy")), policies[p]);
		assert_int_equal(json_array_size(values), BLOCKS);
		for (size_t b = 0; b < BLOCKS; b++) {
			const json_t *value = json_array_get(values, b);

			assert_true(isnan(kept[2 * b + p]) ? json_is_null(value)
							   : json_number_value(value) == kept[2 * b + p]);
		}
	}
}

static void remove_both(struct store *here, struct store *there)
{
	assert_int_equal(store_remove(here, "one"), 0);
	assert_int_equal(store_remove(there, "one"), 0);
}

static void the_report_shows_what_the_files_held(void **state)
{
	static const char *const units[] = { "s", "count", "", "%" };
	struct store *here = open_new("here.db"), *there = open_new("there.db");

	(void)state;
	srandom(3);
	for (unsigned i = 0; i < RUNS; i++) {
		struct run plan = { .id = "one",
				    .plan = "demo",
				    .command = "",
				    .where = "lab",
				    .policies = policies,
				    .workloads = workloads,
				    .primary = primary,
				    .blocks = BLOCKS,
				    .planned = 2 * BLOCKS };
		double kept[2 * BLOCKS];
		struct store_run run;
		struct compare c;
		json_t *results;
		char *text;

		assert_int_equal(write_run(here, &plan), 0);
		for (unsigned seq = 1; seq <= 2 * BLOCKS; seq++)
			take_sample(here, seq, units[i % 4], &kept[seq - 1]);
		load_moved(here, there, &run);
		compare_make(&run, &c);
		text = export_results(&c);
		results = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
		is_shown(results, kept);
		json_decref(results);
		free(text);
		compare_free(&c);
		store_run_free(&run);
		remove_both(here, there);
	}
	store_close(here);
	store_close(there);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_report_shows_what_the_files_held, scratch_setup,
						scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
