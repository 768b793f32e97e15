/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks in what graphviz draws. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "figures/svg_mark.h"

#define HEAD                                                                             \
	"<svg width=\"152pt\" height=\"435pt\"\n viewBox=\"0.00 0.00 152.00 435.00\">\n" \
	"<g id=\"graph0\" class=\"graph\" transform=\"translate(4 431)\">\n<title>life</title>\n<text>fifo</text>\n"
#define REST "<!-- enqueue -->\n<g id=\"node1\" class=\"node\"></g>\n<!-- custody -->\n</g></svg>\n"

static char *marked(const char *svg, const char *marks)
{
	struct buf b = { 0 };

	svg_mark(&b, svg, marks, false);
	return buf_take(&b);
}

static void marks_are_behind_the_graph(void **state)
{
	char *svg = marked(HEAD REST, "EMULATED DEMONSTRATION");
	const char *mark = strstr(svg, "<text transform=\"translate(72.0 -431.0)\"");

	(void)state;
	assert_non_null(mark);
	assert_ptr_equal(mark, svg + strlen(HEAD));
	assert_non_null(strstr(mark, ">EMULATED</tspan><tspan"));
	assert_non_null(strstr(mark, ">DEMONSTRATION</tspan><tspan"));
	assert_string_equal(strstr(mark, "</text>\n") + strlen("</text>\n"), REST);
	free(svg);
}

static void what_has_no_mark_or_is_no_graph_stays(void **state)
{
	static const char *const others[] = { "", "<svg></svg>", HEAD, "<svg viewBox=\"0 0\">" REST };
	char *svg = marked(HEAD REST, "");

	(void)state;
	assert_string_equal(svg, HEAD REST);
	free(svg);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		svg = marked(others[i], "EMULATED");
		assert_string_equal(svg, others[i]);
		free(svg);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_behind_the_graph),
		cmocka_unit_test(what_has_no_mark_or_is_no_graph_stays),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
