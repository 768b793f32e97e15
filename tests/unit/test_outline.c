/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every heading of a page can be linked to, and the contents list them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "text/outline.h"

static void a_heading_links_to_itself(void **state)
{
	static const struct {
		const char *page, *outlined;
	} cases[] = {
		{ "<h1>One</h1><p>no</p>", "<h1>One</h1><p>no</p>" },
		{ "<h2>To &amp; fro, 2</h2>",
		  "<h2 id=\"to-amp-fro-2\"><a href=\"#to-amp-fro-2\">To &amp; fro, 2</a></h2>" },
		{ "<h2 id=\"own\">A</h2>", "<h2 id=\"own\"><a href=\"#own\">A</a></h2>" },
		{ "<h2>A</h2><h2>A</h2>",
		  "<h2 id=\"a\"><a href=\"#a\">A</a></h2><h2 id=\"a-2\"><a href=\"#a-2\">A</a></h2>" },
		{ "<p id=\"a\">p</p><h2>A</h2>",
		  "<p id=\"a\">p</p><h2 id=\"a-2\"><a href=\"#a-2\">A</a></h2>" },
		{ "<h2>A</h2><h3>B</h3>",
		  "<h2 id=\"a\"><a href=\"#a\">A</a></h2><h3 id=\"a-b\"><a href=\"#a-b\">B</a></h3>" },
		{ "<figure id=\"dots-x\">\n<h4>B</h4>",
		  "<figure id=\"dots-x\">\n<h4><a href=\"#dots-x\">B</a></h4>" },
		{ "<h2>A <a href=\"x\">b</a></h2>", "<h2 id=\"a-b\"><a href=\"#a-b\">A b</a></h2>" },
		{ "<h2>…</h2>", "<h2 id=\"part\"><a href=\"#part\">…</a></h2>" },
		{ "<h2>never ends", "<h2>never ends" },
		{ "<header><hr></header>", "<header><hr></header>" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *outlined = outline_make(cases[i].page);

		assert_string_equal(outlined, cases[i].outlined);
		free(outlined);
	}
}

static void contents_are_a_list_in_a_list(void **state)
{
	static const char contents[] = "<nav class=\"contents\" aria-label=\"Contents\">\n<ul>\n"
				       "<li><a href=\"#a\">A</a>\n<ul><li><a href=\"#a-b\">B</a></li>\n"
				       "<li><a href=\"#a-c\">C</a></li></ul></li>\n"
				       "<li><a href=\"#d\">D</a></li></ul>\n</nav><h2 ";
	char *outlined = outline_make(OUTLINE_HERE "<h2>A</h2><h3>B</h3><h4>no</h4><h3>C</h3><h2>D</h2>"),
	     *none = outline_make("a" OUTLINE_HERE "b");

	(void)state;
	outlined[strlen(contents)] = 0;
	assert_string_equal(outlined, contents);
	assert_string_equal(none, "ab");
	free(none);
	free(outlined);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_heading_links_to_itself),
					    cmocka_unit_test(contents_are_a_list_in_a_list) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
