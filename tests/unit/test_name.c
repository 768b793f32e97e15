/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the names of runs, tags and metrics may be, and which of a run's files are its samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "record/name.h"
#include "record/record.h"
#include "scratch.h"

static void names_keep_to_their_rule(void **state)
{
	static const struct {
		enum name_kind kind;
		const char *text;
		bool good;
	} row[] = {
		{ NAME_RUN, "20261122-020000-1f3a", true },
		{ NAME_RUN, "a.b_c-d", true },
		{ NAME_RUN, "a/b", false },
		{ NAME_RUN, "", false },
		{ NAME_RUN, "-a", false },
		{ NAME_RUN, "..", false },
		{ NAME_RUN, "latest", false },
		{ NAME_RUN, "Last-Good", false },
		{ NAME_RUN, "a.html", false },
		{ NAME_TAG, "last-good", true },
		{ NAME_TAG, "latest", false },
		{ NAME_TAGS, "a,b", true },
		{ NAME_TAGS, "a,,b", false },
		{ NAME_WORKLOAD, "say \"x\"", true },
		{ NAME_WORKLOAD, "a\033[2Jb", false },
		{ NAME_WORKLOAD, "a\nb", false },
		{ NAME_POLICY,
		  "a\xe2\x80\xae"
		  "b",
		  false }, /* turns the direction of what follows */
		{ NAME_METRIC, "op_ns.enqueue", true },
		{ NAME_METRIC, "a b", false },
		{ NAME_UNIT, "", true },
		{ NAME_HOST, "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++)
		if (!name_fault(row[i].kind, row[i].text) != row[i].good)
			fail_msg("row %zu: '%s'", i, row[i].text);
}

static void samples_are_whole_files_in_the_order_of_their_numbers(void **state)
{
	static const char *const name[] = { "sample-9999.json",	 "sample-0002.json", "sample-10000.json",
					    "sample-3.json.tmp", "sample-4.jso",     "run.json" };
	static const unsigned seq[] = { 2, 9999, 10000 };
	size_t nr = 0;
	char **path;

	(void)state;
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++)
		scratch_put(name[i], "{}");
	assert_int_equal(run_samples(scratch, &path), 0);
	for (; path[nr]; nr++)
		assert_int_equal(run_sample_seq(path[nr]), seq[nr]);
	assert_int_equal(nr, 3);
	run_samples_free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_keep_to_their_rule),
		cmocka_unit_test_setup_teardown(samples_are_whole_files_in_the_order_of_their_numbers,
						scratch_setup, scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
