/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/parse.h"

#include <inttypes.h>
#include <stdbool.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/scan.h"

static bool is_within(double x, struct range limits)
{
	return x >= limits.least && x <= limits.most;
}

int parse_count(const char *name, const char *text, struct counts limits, uint64_t *count)
{
	if (scan_count(text, count) && *count >= limits.least && *count <= limits.most)
		return 0;
	return log_err(-CAUSE_USAGE, "%s '%s': give a whole number from %" PRIu64 " to %" PRIu64, name, text,
		       limits.least, limits.most);
}

int parse_number(const char *name, const char *text, struct range limits, double *number)
{
	if (scan_number(text, number) && is_within(*number, limits))
		return 0;
	return log_err(-CAUSE_USAGE, "%s '%s': give a number from %g to %g", name, text, limits.least,
		       limits.most);
}

int parse_percent(const char *name, const char *text, struct range limits, double *ratio)
{
	if (scan_percent(text, ratio) &&
	    is_within(*ratio, (struct range){ limits.least / 100, limits.most / 100 }))
		return 0;
	return log_err(-CAUSE_USAGE, "%s '%s': give a percentage from %g%% to %g%%, as in 1%%", name, text,
		       limits.least, limits.most);
}

int parse_seconds(const char *name, const char *text, struct range limits, double *seconds)
{
	if (scan_number(text, seconds) && is_within(*seconds, limits))
		return 0;
	return log_err(-CAUSE_USAGE, "%s '%s': give a number of seconds from %g to %g", name, text,
		       limits.least, limits.most);
}

int parse_duration(const char *name, const char *text, double most_h, double *seconds)
{
	if (scan_duration(text, seconds) && *seconds > 0 && *seconds <= most_h * 3600)
		return 0;
	return log_err(-CAUSE_USAGE, "%s '%s': give a time above 0 and up to %gh, as in 90s, 30m or 8h", name,
		       text, most_h);
}

int parse_bytes(const char *name, const char *text, uint64_t *bytes)
{
	if (scan_bytes(text, bytes) && *bytes)
		return 0;
	return log_err(-CAUSE_USAGE, "%s '%s': give a number of bytes above 0, as in 4096, 500M or 20G", name,
		       text);
}
