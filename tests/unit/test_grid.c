/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables in a terminal: aligned by what a terminal takes, never cut, clean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include "text/grid.h"
#include "util/mem.h"

static const struct grid_column heads[] = {
	{ "what", GRID_TEXT, 0 },
	{ "n", GRID_NUMBER, 0 },
	{ "why", GRID_PROSE, 0 },
};

static struct grid made(const char *what, const char *n, const char *why)
{
	struct grid g;
	char **cell;

	grid_begin(&g, heads, 3);
	cell = grid_row(&g, true, what);
	cell[1] = mem_strdup(n);
	cell[2] = mem_strdup(why);
	return g;
}

/* Takes the grid over. */
static void shows(struct grid *g, unsigned width, const char *wanted)
{
	struct buf b = { 0 };
	char *text;

	grid_text(&b, g, width);
	text = buf_take(&b);
	assert_string_equal(text, wanted);
	free(text);
	grid_free(g);
}

static void numbers_go_to_the_right(void **state)
{
	struct grid g = made("fifo", "1,234", "");

	(void)state;
	grid_row(&g, false, "of it")[1] = mem_strdup("7");
	shows(&g, 0,
	      "what         n  why\n"
	      "fifo     1,234\n"
	      "  of it      7\n");
}

static void a_wide_character_takes_two_columns_and_a_combining_one_none(void **state)
{
	struct grid g = made("\xe8\xaa\xbf\xe5\xba\xa6", "1", "x");

	(void)state;
	grid_row(&g, true, "e\xcc\x81te\xcc\x81")[1] = mem_strdup("2");
	shows(&g, 0,
	      "what  n  why\n"
	      "\xe8\xaa\xbf\xe5\xba\xa6  1  x\n"
	      "e\xcc\x81te\xcc\x81   2\n");
}

static void cells_are_clean_and_lossless(void **state)
{
	struct grid g = made("a\033[1m", "\xff", "\\x41 \\\\ \xc2\x9b");

	(void)state;
	shows(&g, 0,
	      "what      n  why\n"
	      "a?[1m  \\xff  \\x41 \\\\ ?\n");
}

static void a_file_gets_lines_of_any_length(void **state)
{
	struct grid g = made("build time", "15", "even the better end of the interval is beyond 5 %");

	(void)state;
	shows(&g, 0,
	      "what         n  why\n"
	      "build time  15  even the better end of the interval is beyond 5 %\n");
}

static void a_terminal_that_is_wide_enough_changes_nothing(void **state)
{
	struct grid g = made("build time", "15", "even the better end");

	(void)state;
	shows(&g, 35,
	      "what         n  why\n"
	      "build time  15  even the better end\n");
}

static void prose_is_folded_between_words(void **state)
{
	struct grid g = made("build time", "15", "even the better end of the interval is beyond 5 %");

	(void)state;
	grid_row(&g, true, "pipe")[1] = mem_strdup("3");
	shows(&g, 40,
	      "what         n  why\n"
	      "build time  15  even the better end of\n"
	      "                the interval is beyond\n"
	      "                5 %\n"
	      "pipe         3\n");
}

static void a_title_does_not_widen_its_column(void **state)
{
	struct grid g = made("build time, lower is better", NULL, NULL);

	(void)state;
	grid_row(&g, false, "fifo")[1] = mem_strdup("15");
	grid_row(&g, true, "the end");
	shows(&g, 20,
	      "what     n  why\n"
	      "build time, lower is better\n"
	      "  fifo  15\n"
	      "the end\n");
}

static void a_row_that_fits_nowhere_is_a_list(void **state)
{
	struct grid g = made("build time, lower is better", NULL, NULL);
	char **cell = grid_row(&g, false, "fifo");

	(void)state;
	cell[1] = mem_strdup("15");
	cell[2] = mem_strdup("even the better end of the interval is beyond 5 %");
	shows(&g, 20,
	      "what:\n"
	      "build time, lower is better\n"
	      "  fifo\n"
	      "    n    15\n"
	      "    why  even the better\n"
	      "         end of the\n"
	      "         interval is\n"
	      "         beyond 5 %\n");
}

static void numbers_that_do_not_fit_stand_below(void **state)
{
	struct grid g;
	char **cell;

	(void)state;
	grid_begin(&g, &(struct grid_column){ .head = "policy" }, 1);
	for (int i = 0; i < 3; i++)
		grid_column(&g, "fifo", GRID_NUMBER);
	cell = grid_row(&g, false, "exits");
	for (int i = 1; i < 4; i++)
		cell[i] = mem_printf("%d", i);
	shows(&g, 20,
	      "policy   fifo  fifo\n"
	      "  exits     1     2\n"
	      "\n"
	      "policy   fifo\n"
	      "  exits     3\n");
}

static void a_word_is_never_broken(void **state)
{
	struct grid g = made("w", "1", "/a/path/that-has-no-end-that-anyone-could-see.c");

	(void)state;
	shows(&g, 10,
	      "what:\n"
	      "w\n"
	      "  n    1\n"
	      "  why  /a/path/that-has-no-end-that-anyone-could-see.c\n");
}

static void without_heads_there_are_only_rows(void **state)
{
	static const struct grid_column none[] = { { NULL, GRID_TEXT, 8 }, { NULL, GRID_PROSE, 0 } };
	struct grid g;

	(void)state;
	grid_begin(&g, none, 2);
	shows(&g, 0, "");
	grid_begin(&g, none, 2);
	grid_row(&g, true, "ok")[1] = mem_strdup("gnuplot");
	shows(&g, 12, "ok        gnuplot\n");
}

static void a_head_may_stand_alone(void **state)
{
	struct grid g;
	char **lines;

	(void)state;
	grid_begin(&g, heads, 3);
	lines = grid_lines(&g);
	assert_string_equal(lines[0], "what  n  why");
	assert_null(lines[1]);
	free(lines[0]);
	free(lines);
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_go_to_the_right),
		cmocka_unit_test(a_wide_character_takes_two_columns_and_a_combining_one_none),
		cmocka_unit_test(cells_are_clean_and_lossless),
		cmocka_unit_test(a_file_gets_lines_of_any_length),
		cmocka_unit_test(a_terminal_that_is_wide_enough_changes_nothing),
		cmocka_unit_test(prose_is_folded_between_words),
		cmocka_unit_test(a_title_does_not_widen_its_column),
		cmocka_unit_test(a_row_that_fits_nowhere_is_a_list),
		cmocka_unit_test(numbers_that_do_not_fit_stand_below),
		cmocka_unit_test(a_word_is_never_broken),
		cmocka_unit_test(without_heads_there_are_only_rows),
		cmocka_unit_test(a_head_may_stand_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
