/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/junit_where.h"

#include <time.h>

static void put_attributes(struct buf *b, const struct run *run)
{
	time_t seconds = run->started_ns / 1000000000;
	char text[32];
	struct tm tm;

	if (seconds > 0 && gmtime_r(&seconds, &tm) && strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm))
		buf_printf(b, " timestamp=\"%s\"", text);
	if (!run->host)
		return;
	buf_put(b, " hostname=\"");
	buf_html(b, run->host);
	buf_put(b, "\"");
}

void junit_where(struct buf *b, const struct run *run)
{
	put_attributes(b, run);
	buf_printf(b, ">\n    <properties><property name=\"emulated\" value=\"%s\"/></properties>\n",
		   emulated_name(run->emulated));
}
