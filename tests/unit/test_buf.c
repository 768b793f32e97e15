/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as people read them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "text/buf.h"

static void numbers_have_their_sign_and_their_thousands(void **state)
{
	static const struct {
		double value;
		const char *text;
	} row[] = {
		{ 0, "0" },	     { 0.5, "0.5" },	  { -0.5, "-0.5" },	 { 999.94, "999.9" },
		{ 1000, "1,000" },   { -1000, "-1,000" }, { 999999, "999,999" }, { -1234567, "-1,234,567" },
		{ 1000.5, "1,000" }, { NAN, "absent" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct buf b = { 0 };
		char *text;

		buf_number(&b, row[i].value);
		text = buf_take(&b);
		assert_string_equal(text, row[i].text);
		free(text);
	}
}

static void lines_are_folded_at_blanks_alone(void **state)
{
	static const struct {
		unsigned width;
		const char *text, *folded;
	} row[] = {
		{ 0, "as wide as it is", "as wide as it is" },
		{ 9, "one two three", "one two\nthree" },
		{ 3, "onetwothree a b", "onetwothree\na b" },
		{ 9, "a table  b\nfits  so\n", "a table \nb\nfits  so\n" },
		{ 9, "", "" },
		{ 6, "äöü äöü", "äöü\näöü" },
		{ 9, "odd \033[31m", "odd ?[31m" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct buf b = { 0 };
		char *text;

		buf_put(&b, row[i].text);
		text = buf_take_folded(&b, row[i].width);
		assert_string_equal(text, row[i].folded);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(numbers_have_their_sign_and_their_thousands),
					    cmocka_unit_test(lines_are_folded_at_blanks_alone) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
