/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/scan.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"

/* What follows the digits, NULL when there are none or too many. */
static const char *scan_digits(const char *text, uint64_t *count)
{
	size_t len = strspn(text, DIGITS);
	unsigned long long n;

	if (!len)
		return NULL;
	errno = 0;
	n = strtoull(text, NULL, 10);
	if (errno)
		return NULL;
	*count = n;
	return text + len;
}

/* What follows the number, NULL when there is none or it is beyond what a double can hold. */
static const char *scan_decimal(const char *text, double *number)
{
	size_t len = strspn(text, DIGITS), part;
	double x;

	if (!len)
		return NULL;
	if (text[len] == '.') {
		part = strspn(text + len + 1, DIGITS);
		if (!part)
			return NULL;
		len += 1 + part;
	}
	/* It may take more of a text than that, but none that a caller goes on to accept. */
	x = strtod(text, NULL);
	if (!isfinite(x))
		return NULL;
	*number = x;
	return text + len;
}

bool scan_count(const char *text, uint64_t *count)
{
	uint64_t n;
	const char *end = scan_digits(text, &n);

	if (!end || *end)
		return false;
	*count = n;
	return true;
}

bool scan_id(const char *text, int *id)
{
	uint64_t n;

	if (!scan_count(text, &n) || n < 1 || n > INT_MAX)
		return false;
	*id = (int)n;
	return true;
}

bool scan_number(const char *text, double *number)
{
	double x;
	const char *end = scan_decimal(text, &x);

	if (!end || *end)
		return false;
	*number = x;
	return true;
}

bool scan_percent(const char *text, double *ratio)
{
	double percent;
	const char *end = scan_decimal(text, &percent);

	if (!end || strcmp(end + strspn(end, " "), "%"))
		return false;
	*ratio = percent / 100;
	return true;
}

bool scan_duration(const char *text, double *seconds)
{
	static const struct {
		const char *name;
		double s;
	} unit[] = { { "s", 1 }, { "m", 60 }, { "h", 3600 } };
	double number;
	const char *end = scan_decimal(text, &number);

	for (int i = 0; end && i < 3; i++)
		if (!strcmp(end, unit[i].name) && isfinite(number * unit[i].s))
			return *seconds = number * unit[i].s, true;
	return false;
}

bool scan_bytes(const char *text, uint64_t *bytes)
{
	static const char units[] = "KMGT";
	uint64_t n;
	const char *end = scan_digits(text, &n), *unit = end && *end ? strchr(units, *end) : NULL;
	unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;

	if (!end || (*end && (!unit || end[1])) || n > (uint64_t)INT64_MAX >> shift)
		return false;
	*bytes = n << shift;
	return true;
}
