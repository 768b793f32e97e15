/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/prom.h"

#include <stdlib.h>
#include "text/buf.h"
#include "util/utf8.h"

void prom_label(struct buf *b, const char *name, const char *value)
{
	char *clean = utf8_clean(value);

	buf_printf(b, "%s=\"", name);
	for (const char *c = clean; c && *c; c++) {
		if (*c == '\n')
			buf_put(b, "\\n");
		else if (*c == '"' || *c == '\\')
			buf_printf(b, "\\%c", *c);
		else if ((unsigned char)*c < ' ')
			buf_printf(b, "\\\\x%02x", *c);
		else
			buf_bytes(b, c, 1);
	}
	buf_put(b, "\"");
	free(clean);
}
