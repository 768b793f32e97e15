/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What top records, and how much of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "scratch.h"
#include "top/top_record.h"
#include "util/cause.h"

static const struct monitor_shot a_shot = { .when_ns = 5, .policy = "mine" };

static void a_record_ends_before_it_is_too_large(void **state)
{
	const struct topology machine = { 0 };
	struct top_record record;
	char *text;
	size_t len, head;

	(void)state;
	assert_int_equal(top_record_begin(&record, scratch_path("record"), &machine), 0);
	head = record.size;
	record.size = TOP_RECORD_BYTES - 10;
	assert_int_equal(top_record_add(&record, &a_shot), 0);
	assert_true(record.full);
	record.size = 0;
	assert_int_equal(top_record_add(&record, &a_shot), 0);
	top_record_end(&record);
	assert_int_equal(fs_read(scratch_path("record"), &text, &len), 0);
	assert_int_equal(len, head);
	assert_int_equal(top_record_begin(&record, scratch_path("record"), &machine), -CAUSE_EXISTS);
	top_record_end(&record);
	free(text);
}

#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_record_ends_before_it_is_too_large),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("top_record", tests, NULL, NULL);
}
