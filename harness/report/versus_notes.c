/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands below a table of two sides: what its numbers rest on. */
#include <stdlib.h>
#include <string.h>
#include "report/terminal.h"
#include "util/mem.h"

char *versus_effect(const struct versus_row *row)
{
	const struct judgement *j = &row->judgement;
	char *value, *ends, *text;

	if (row->missing || j->verdict == VERDICT_UNUSABLE)
		return mem_strdup(row->missing ? row->missing : "-");
	value = judgement_value(j, row->work->unit);
	ends = judgement_ends(j);
	text = ends			  ? mem_printf("%s %s", value, ends)
	       : extent_known(&j->extent) ? mem_strdup(value)
					  : mem_printf("%s, no interval", value);
	free(value);
	free(ends);
	return text;
}

static void put_label(struct buf *b, const struct versus_row *row)
{
	buf_printf(b, "%s %s, %s", row->work->name, row->work->metric, row->policy_b);
	if (strcmp(row->policy_a, row->policy_b))
		buf_printf(b, " against %s", row->policy_a);
}

/* "28 of 30 samples (2 void), lost 6.67 % (95 % interval 0.818 to 22.1 %)" */
static void put_side(struct buf *b, const struct side *side)
{
	char *points = reliability_text(&side->samples), *lost = reliability_lost_text(&side->samples);

	buf_printf(b, "%s%s%s", points, reliability_lost(&side->samples) ? ", " : "",
		   reliability_lost(&side->samples) ? lost : "");
	free(points);
	free(lost);
}

static void put_outcome(struct buf *b, const struct versus_row *row)
{
	put_label(b, row);
	buf_put(b, ": A: ");
	put_side(b, &row->a);
	buf_put(b, "; B: ");
	put_side(b, &row->b);
	buf_put(b, "\n");
}

static void put_notes(struct buf *b, const struct versus_row *row)
{
	char *notes = judgement_notes(&row->judgement, row->work->unit), *rest = notes;
	const char *before = ": ";

	if (*notes) {
		put_label(b, row);
		for (char *line; (line = strsep(&rest, "\n")) && *line; before = "; ")
			buf_printf(b, "%s%s", before, line);
		buf_put(b, "\n");
	}
	free(notes);
}

void versus_notes(struct buf *b, const struct versus *v)
{
	for (size_t i = 0; i < v->nr; i++) {
		const struct versus_row *row = &v->row[i];

		if (!row->work->primary || !versus_both(row))
			continue;
		if (reliability_lost(&row->a.samples) || reliability_lost(&row->b.samples))
			put_outcome(b, row);
		if (row->confirmatory && !row->missing)
			put_notes(b, row);
	}
}
