/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/unit.h"
#include "stats/verdict.h"

const char *verdict_word(enum verdict v, const char *unit)
{
	bool speed = unit_is_speed(unit), exact = unit_is_exact(unit);

	switch (v) {
	case VERDICT_BETTER:
		return exact ? "fewer instructions" : speed ? "faster" : "better";
	case VERDICT_WORSE:
		return exact ? "more instructions" : speed ? "slower" : "worse";
	case VERDICT_EQUIVALENT:
		return "equivalent";
	case VERDICT_INCONCLUSIVE:
		return "inconclusive";
	case VERDICT_UNUSABLE:
		return "not usable";
	default:
		return "no verdict";
	}
}
