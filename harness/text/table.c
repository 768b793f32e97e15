/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/table.h"

void table_begin(struct buf *b, const char *caption)
{
	buf_put(b, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
	buf_html(b, caption);
	buf_put(b, "\"><table>\n<caption><span>");
	buf_html(b, caption);
	buf_put(b, "</span></caption>\n");
}

void table_head(struct buf *b, const char *first, char *const *heads)
{
	buf_put(b, "<thead><tr><th scope=\"col\">");
	buf_html(b, first);
	for (; heads && *heads; heads++) {
		buf_put(b, "</th><th scope=\"col\">");
		buf_html(b, *heads);
	}
	buf_put(b, "</th></tr></thead>\n<tbody>\n");
}

void table_end(struct buf *b)
{
	buf_put(b, "</tbody></table></div>\n");
}
