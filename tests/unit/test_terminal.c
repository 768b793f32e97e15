/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report fits a terminal of any width, so that the terminal does not break its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include "odd_run.h"
#include "report/report.h"
#include "util/utf8.h"

/* A single word may be wider. */
static void check_line(const char *line, unsigned width, const char *name)
{
	const char *word = line + strspn(line, " ");

	if (utf8_width(line) > (int)width && strchr(word, ' '))
		fail_msg("%s at %u columns: %s", name, width, line);
}

static void no_line_is_wider(void **state)
{
	static const unsigned widths[] = { 40, 80 };

	(void)state;
	for (size_t i = 0; i + 1 < NR_ODDS; i++) { /* the last one has only more samples */
		struct store_run run = odd_run(&odds[i]);

		for (size_t w = 0; w < sizeof(widths) / sizeof(*widths); w++) {
			char *text, *rest;

			assert_int_equal(report_text(&run, widths[w], &text), 0);
			rest = text;
			for (char *line; (line = strsep(&rest, "\n"));)
				check_line(line, widths[w], odds[i].name);
			free(text);
		}
		store_run_free(&run);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_line_is_wider) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
