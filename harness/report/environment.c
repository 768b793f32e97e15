/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/section.h"

void section_environment(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "value", NULL };
	const struct run *run = &v->cmp->run->run;

	buf_put(b, "<p>");
	buf_html(b, v->topology);
	buf_put(b, "</p>\n");
	table_begin(b, "As it was when the run began");
	table_head(b, "what", heads);
	for (size_t i = 0; i < run->nr_env; i++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, run->env[i].key);
		buf_put(b, "</th><td class=\"text\">");
		buf_html(b, run->env[i].value);
		buf_put(b, "</td></tr>\n");
	}
	table_end(b);
}
