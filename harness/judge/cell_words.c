/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/cell_words.h"

#include <stdlib.h>
#include <string.h>
#include "text/buf.h"

static void put_effect(struct buf *b, const struct compare *c, unsigned work, unsigned policy)
{
	const struct judgement *j = &compare_cell(c, work, policy)->judgement;
	char *word = judgement_verdict(j, c->work[work].unit);
	char *value = judgement_value(j, c->work[work].unit), *ends = judgement_ends(j);

	if (j->verdict == VERDICT_UNUSABLE)
		buf_put(b, word);
	else
		buf_printf(b, "%s%s%s", value, ends ? " " : "", ends ? ends : "");
	if (ends && j->verdict != VERDICT_UNUSABLE)
		buf_printf(b, " %s", compare_is_baseline(c, policy) ? "A/A: noise" : word);
	free(value);
	free(ends);
	free(word);
}

char *cell_effect(const struct compare *c, unsigned work, unsigned policy, const char *none)
{
	const struct cell *cell = compare_cell(c, work, policy);
	struct buf b = { 0 };

	if ((int)policy == c->baseline && cell->valid)
		buf_put(&b, "1");
	else if (judgement_n(&cell->judgement) || cell->judgement.verdict == VERDICT_UNUSABLE)
		put_effect(&b, c, work, policy);
	else
		buf_put(&b, none);
	return buf_take(&b);
}

char *cell_lost(const struct cell *cell)
{
	struct buf b = { 0 };

	for (int s = 0; s < NR_STATUS; s++)
		if (s != STATUS_OK && cell->taken[s])
			buf_printf(&b, " (%u %s of %u)", cell->taken[s], status_name((enum status)s),
				   cell_taken(cell));
	return buf_take(&b);
}

/* In a line. Takes the notes over. */
static char *in_a_line(const struct compare *c, unsigned work, unsigned policy, char *notes)
{
	char *rest = notes;
	struct buf b = { 0 };

	for (char *line; (line = strsep(&rest, "\n")) && *line;)
		if (b.len)
			buf_printf(&b, "; %s", line);
		else
			buf_printf(&b, "%s %s, %s: %s", c->work[work].name, c->work[work].metric,
				   c->run->run.policies[policy], line);
	free(notes);
	return buf_take(&b);
}

char *cell_notes(const struct compare *c, unsigned work, unsigned policy)
{
	const struct judgement *j = &compare_cell(c, work, policy)->judgement;

	return in_a_line(c, work, policy, judgement_notes(j, c->work[work].unit));
}

char *cell_brief(const struct compare *c, unsigned work, unsigned policy)
{
	const struct judgement *j = &compare_cell(c, work, policy)->judgement;

	return in_a_line(c, work, policy, judgement_brief(j, c->work[work].unit));
}
