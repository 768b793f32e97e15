/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a metric's unit means for those that compare its values. Pure. */
#pragma once
#include <stdbool.h>

#define UNIT_INSN                                                                                            \
	"insn" /* executed instructions, of the exact lab: an emulator counts them as exactly as any machine \
		*/
#define UNIT_COUNT "count" /* whole numbers, exact; zero is one of them */

double unit_seconds(const char *unit); /* of "ns", "us", "ms", "s"; NAN: it is not a time */
bool unit_is_time(const char *unit);
bool unit_is_speed(const char *unit); /* a time or a rate ("loops/s") */
bool unit_is_exact(const char *unit); /* "insn": a difference means the same under emulation as elsewhere */
bool unit_is_share(const char *unit); /* a number without a dimension, at most 1: "index", "ratio", "share" */
