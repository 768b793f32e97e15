/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report fits a terminal of any width, so that the terminal does not break its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include "made_fleet.h"
#include "odd_run.h"
#include "report/fleet.h"
#include "report/kernels.h"
#include "report/report.h"
#include "util/utf8.h"

/* A single word may be wider. */
static void check_line(const char *line, unsigned width, const char *name)
{
	const char *word = line + strspn(line, " ");

	if (utf8_width(line) > (int)width && strchr(word, ' '))
		fail_msg("%s at %u columns: %s", name, width, line);
}

/* Takes the text over. */
static void check_text(char *text, unsigned width, const char *name)
{
	char *rest = text;

	for (char *line; (line = strsep(&rest, "\n"));)
		check_line(line, width, name);
	free(text);
}

static void no_line_is_wider(void **state)
{
	static const unsigned widths[] = { 40, 80 };

	(void)state;
	for (size_t i = 0; i + 1 < NR_ODDS; i++) { /* the last one has only more samples */
		struct store_run run = odd_run(&odds[i]);

		for (size_t w = 0; w < sizeof(widths) / sizeof(*widths); w++) {
			char *text;

			assert_int_equal(report_text(&run, widths[w], &text), 0);
			check_text(text, widths[w], odds[i].name);
		}
		store_run_free(&run);
	}
}

static void nor_is_one_of_many_machines_or_kernels(void **state)
{
	static const struct made_host host[] = { { .x = 0.05 }, { .x = 0.06 }, { .x = 0.3, .class = 1 } };
	struct members m = made_members(host, 3);
	struct fleet_view f = made_fleet(&m, host);
	struct store_run run = odd_real();
	struct kernels_view v = { 0 };

	(void)state;
	fleet_judge(&f);
	check_text(fleet_text(&f, 60), 60, "fleet");
	fleet_view_free(&f);
	members_free(&m);
	kernels_make(&run, 1, &v.measured);
	check_text(kernels_text(&v, 60), 60, "kernels");
	kernels_free(&v.measured);
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_line_is_wider),
					    cmocka_unit_test(nor_is_one_of_many_machines_or_kernels) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
