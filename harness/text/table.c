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

/* A head without text heads nothing. */
static void put_head(struct buf *b, const char *text)
{
	if (!text || !*text) {
		buf_put(b, "<td></td>");
		return;
	}
	buf_put(b, "<th scope=\"col\">");
	buf_html(b, text);
	buf_put(b, "</th>");
}

void table_head(struct buf *b, const char *first, char *const *heads)
{
	buf_put(b, "<thead><tr>");
	put_head(b, first);
	for (; heads && *heads; heads++)
		put_head(b, *heads);
	buf_put(b, "</tr></thead>\n<tbody>\n");
}

void table_end(struct buf *b)
{
	buf_put(b, "</tbody></table></div>\n");
}
