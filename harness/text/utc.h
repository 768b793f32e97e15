/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unix time in nanoseconds as a date or time of UTC, in the forms of ISO 8601. */
#pragma once
#include <stdint.h>

void utc_day(int64_t ns, char text[11]);  /* "2026-11-28" */
void utc_time(int64_t ns, char text[21]); /* "2026-11-28T09:48:14Z" */
