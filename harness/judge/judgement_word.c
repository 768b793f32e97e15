/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A verdict in words. */
#include "judge/judgement.h"
#include "record/unit.h"
#include "util/mem.h"

bool judgement_is_difference(const struct judgement *j)
{
	return j->verdict == VERDICT_BETTER || j->verdict == VERDICT_WORSE;
}

static bool is_lower(const struct judgement *j)
{
	return j->by == BY_RATIO ? j->effect.ratio < 1 : j->shift.value < 0;
}

const char *judgement_word(const struct judgement *j, const char *unit)
{
	if (!j->emulated || !judgement_is_difference(j))
		return verdict_word(j->verdict, unit);
	if (unit_is_time(unit))
		return is_lower(j) ? "less emulated time" : "more emulated time";
	return is_lower(j) ? "lower" : "higher";
}

char *judgement_verdict(const struct judgement *j, const char *unit)
{
	static const char *const signs[NR_VERDICT] = {
		[VERDICT_NONE] = "",	[VERDICT_INCONCLUSIVE] = "? ", [VERDICT_BETTER] = "▲ ",
		[VERDICT_WORSE] = "▼ ", [VERDICT_EQUIVALENT] = "= ",   [VERDICT_UNUSABLE] = "✗ ",
	};
	const char *sign = j->emulated && judgement_is_difference(j) ? "≠ " : signs[j->verdict];

	return mem_printf("%s%s", sign, judgement_word(j, unit));
}
