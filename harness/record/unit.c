/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/unit.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static bool is_one_of(const char *unit, const char *const *units)
{
	for (; *units; units++)
		if (!strcmp(unit, *units))
			return true;
	return false;
}

double unit_seconds(const char *unit)
{
	static const struct {
		const char *unit;
		double seconds;
	} times[] = { { "ns", 1e-9 }, { "us", 1e-6 }, { "ms", 1e-3 }, { "s", 1 } };

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
		if (!strcmp(unit, times[i].unit))
			return times[i].seconds;
	return NAN;
}

bool unit_is_time(const char *unit)
{
	return !isnan(unit_seconds(unit));
}

static bool is_rate(const char *unit)
{
	size_t len = strlen(unit);

	return len > 2 && !strcmp(unit + len - 2, "/s");
}

bool unit_is_speed(const char *unit)
{
	return unit_is_time(unit) || is_rate(unit);
}

bool unit_is_exact(const char *unit)
{
	return !strcmp(unit, UNIT_INSN);
}

bool unit_is_share(const char *unit)
{
	static const char *const units[] = { "", "1", "index", "ratio", "share", NULL };

	return is_one_of(unit, units);
}
