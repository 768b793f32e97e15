/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The number of a judgement as a table has it, and what must be read beside it. */
#include <math.h>
#include <stdlib.h>
#include "judge/judgement.h"
#include "text/buf.h"
#include "util/mem.h"

char *judgement_value(const struct judgement *j, const char *unit)
{
	if (!judgement_n(j))
		return mem_strdup("–");
	if (extent_known(&j->extent))
		return extent_text(&j->extent, j->by == BY_DIFFERENCE, j->by == BY_DIFFERENCE ? unit : "");
	if (j->by == BY_DIFFERENCE)
		return mem_printf("%+.4g%s%s", j->shift.value, *unit ? " " : "", unit);
	return mem_printf("%.3f", j->effect.ratio);
}

char *judgement_ends(const struct judgement *j)
{
	if (!judgement_has_interval(j))
		return NULL;
	if (j->by == BY_DIFFERENCE)
		return mem_printf("[%+.4g, %+.4g]", j->shift.low, j->shift.high);
	return mem_printf("[%.3f, %.3f]", j->effect.low, j->effect.high);
}

static void put_reason(struct buf *b, const struct judgement *j)
{
	char *reason = judgement_reason(j);

	buf_printf(b, "%s\n", reason);
	free(reason);
}

static void put_survivors(struct buf *b, const struct judgement *j, const char *unit)
{
	char *value = judgement_value(j, unit), *ends = judgement_ends(j);

	if (judgement_n(j) && ends)
		buf_printf(b, "survivors only: %s %s\n", value, ends);
	free(value);
	free(ends);
}

static void put_totals(struct buf *b, const struct judgement *j)
{
	if (isnan(j->totals.low))
		return;
	buf_printf(b, "totals %.3f [%.3f, %.3f]%s\n", j->totals.ratio, j->totals.low, j->totals.high,
		   judgement_totals_differ(j) ? ": off by more than the margin, read both" : "");
}

static void put_left_out(struct buf *b, const struct judgement *j)
{
	const char *s = j->left_out == 1 ? "" : "s";

	if (j->by == BY_DIFFERENCE && j->left_out)
		buf_printf(b, "by difference: %zu pair%s without a ratio\n", j->left_out, s);
	else if (j->by == BY_DIFFERENCE)
		buf_put(b, "by difference\n");
	else if (j->left_out && j->reason != REASON_ZEROS)
		buf_printf(b, "%zu pair%s left out: a value is zero or negative\n", j->left_out, s);
}

static char *notes_of(const struct judgement *j, const char *unit, bool totals)
{
	struct buf b = { 0 };

	buf_put(&b, "");
	if (j->reason && j->reason != REASON_FEW && j->reason != REASON_DIRECTION)
		put_reason(&b, j);
	if (j->verdict == VERDICT_UNUSABLE)
		put_survivors(&b, j, unit);
	else if (totals)
		put_totals(&b, j);
	put_left_out(&b, j);
	return buf_take(&b);
}

char *judgement_notes(const struct judgement *j, const char *unit)
{
	return notes_of(j, unit, true);
}

char *judgement_brief(const struct judgement *j, const char *unit)
{
	return notes_of(j, unit, judgement_totals_differ(j));
}
