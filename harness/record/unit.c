/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/unit.h"

#include <stddef.h>
#include <string.h>

static bool is_one_of(const char *unit, const char *const *units)
{
	for (; *units; units++)
		if (!strcmp(unit, *units))
			return true;
	return false;
}

bool unit_is_time(const char *unit)
{
	static const char *const units[] = { "ns", "us", "ms", "s", NULL };

	return is_one_of(unit, units);
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

bool unit_is_share(const char *unit)
{
	static const char *const units[] = { "", "1", "index", "ratio", "share", NULL };

	return is_one_of(unit, units);
}
