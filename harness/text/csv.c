/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "text/buf.h"
#include "util/utf8.h"

static void put_quoted(struct buf *b, const char *text)
{
	buf_put(b, "\"");
	for (; *text; text++)
		buf_bytes(b, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
	buf_put(b, "\"");
}

void csv_text(struct buf *b, const char *text)
{
	char *clean = utf8_clean(text);

	if (clean && strpbrk(clean, ",\"\r\n"))
		put_quoted(b, clean);
	else if (clean)
		buf_put(b, clean);
	free(clean);
}

void csv_number(struct buf *b, double value)
{
	if (isfinite(value))
		buf_printf(b, "%.17g", value);
}
