/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/utc.h"
#include <time.h>

static void format_utc(int64_t ns, char *text, size_t room, const char *format)
{
	time_t seconds = ns / 1000000000;
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, room, format, &tm);
}

void utc_day(int64_t ns, char text[11])
{
	format_utc(ns, text, 11, "%Y-%m-%d");
}

void utc_time(int64_t ns, char text[21])
{
	format_utc(ns, text, 21, "%Y-%m-%dT%H:%M:%SZ");
}
