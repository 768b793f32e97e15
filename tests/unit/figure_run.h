/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of figures share: the numbers of one, and a test without pictures. */
#pragma once
#include "small_run.h"

static inline char *figure_file(const char *name)
{
	char *path = mem_printf("%s/report/fig/%s", scratch, name), *text;

	assert_int_equal(fs_read(path, &text, NULL), 0);
	free(path);
	return text;
}

/* Most tests are of numbers and text, which need no pictures: there is no gnuplot in the scratch directory.
 */
static char *path_before;

static inline int without_gnuplot(void **state)
{
	int err = scratch_setup(state);

	path_before = mem_strdup(getenv("PATH"));
	setenv("PATH", scratch, 1);
	return err;
}

static inline int with_gnuplot_again(void **state)
{
	setenv("PATH", path_before, 1);
	free(path_before);
	return scratch_teardown(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, without_gnuplot, with_gnuplot_again)
