/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as a person types them. */
#include "util/parse.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/cause.h"
#include "util/log.h"

#define MAX_PERCENT 50
#define MAX_HOURS (7 * 24)

int parse_number(const char *name, const char *text, uint64_t max, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	if (errno || end == text || *end || text[0] == '-' || *value > max)
		return log_err(-CAUSE_USAGE, "%s '%s': give a whole number from 0 to %llu", name, text,
			       (unsigned long long)max);
	return 0;
}

int parse_amount(const char *name, const char *text, bool letters, uint64_t *value)
{
	static const char units[] = "KMGT";
	unsigned long long n;
	char unit = '\0', more;
	int got = *text >= '0' && *text <= '9' ? sscanf(text, "%15llu%c%c", &n, &unit, &more) : 0;
	unsigned shift = 0;

	for (const char *u = units; letters && got == 2 && !shift && *u; u++)
		shift = *u == unit ? 10 * (unsigned)(u - units + 1) : 0;
	if (got < 1 || got > 2 || (got == 2 && !shift) || !n || n > UINT64_MAX >> (shift + 1))
		return log_err(-CAUSE_USAGE, "%s %s: give a number above 0%s", name, text,
			       letters ? ", with K, M, G or T if you like" : "");
	*value = n << shift;
	return 0;
}

int parse_percent(const char *name, const char *text, double *ratio)
{
	char *end;
	double percent = strtod(text, &end);

	/* This form refuses NAN too. */
	if (end == text || strcmp(end, "%") || !(percent > 0 && percent <= MAX_PERCENT))
		return log_err(-CAUSE_USAGE, "%s '%s': give a percentage above 0%% and up to %d%%, as in 1%%",
			       name, text, MAX_PERCENT);
	*ratio = percent / 100;
	return 0;
}

int parse_duration(const char *name, const char *text, double *seconds)
{
	static const char units[] = "smh";
	static const double unit_s[] = { 1, 60, 3600 };
	char *end;
	double number = strtod(text, &end);
	const char *unit = *end && !end[1] ? strchr(units, *end) : NULL;

	if (end == text || !unit || !(number > 0 && number * unit_s[unit - units] <= MAX_HOURS * 3600.0))
		return log_err(-CAUSE_USAGE, "%s '%s': give a time up to %dh, as in 90s, 30m or 8h", name,
			       text, MAX_HOURS);
	*seconds = number * unit_s[unit - units];
	return 0;
}
