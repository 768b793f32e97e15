/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/markdown.h"

#include <stdlib.h>
#include <string.h>
#include "util/utf8.h"

/* A forge makes a link of a name after '@' or a number after '#', so these are not left as they are either.
 */
void markdown_text(struct buf *b, const char *text)
{
	char *clean = utf8_printable(text, 0);

	for (const char *c = clean; *c; c++)
		if (strchr("&<>@#", *c))
			buf_printf(b, "&#%d;", *c);
		else
			buf_printf(b, strchr("\\`*_[]|~", *c) ? "\\%c" : "%c", *c);
	free(clean);
}
