/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate's page: the judgement first, then what it rests on, then how to repeat it. */
#include "judge/caption.h"
#include "record/role.h"
#include "report/terminal.h"
#include <math.h>
#include <stdlib.h>
#include "text/grid.h"
#include "text/buf.h"
#include "util/mem.h"

static void put_counts(struct buf *b, const struct regress *r, unsigned gated)
{
	buf_printf(b, " of %u gated metrics %u pass", gated, r->count[RULING_PASS]);
	for (int i = NR_RULING - 1; i > RULING_PASS; i--)
		if (r->count[i])
			buf_printf(b, ", %u %s%s", r->count[i], ruling_name((enum ruling)i),
				   i == RULING_REGRESSION && r->count[i] != 1 ? "s" : "");
}

/* Only a run that has not ended can get more samples. */
static void put_partial(struct buf *b, bool ended)
{
	buf_printf(b, ended ? "The run has fewer samples than its plan: it can fail, but it can't pass.\n"
			    : "The run has not ended: so far it can fail, but it can't pass.\n");
}

void regress_judgement(struct buf *b, const struct regress *r, const struct regress_names *names)
{
	unsigned gated = (unsigned)r->versus.nr - r->count[RULING_INFO];

	if (regress_fails(r))
		buf_put(b, "FAIL:");
	else if (regress_passes(r))
		buf_put(b, "PASS:");
	else
		buf_put(b, "INCONCLUSIVE:");
	put_counts(b, r, gated);
	if (r->anchor) {
		buf_put(b, "; since the anchor,");
		put_counts(b, r->anchor, (unsigned)r->anchor->versus.nr - r->anchor->count[RULING_INFO]);
	}
	buf_put(b, ".\n");
	if (!gated)
		buf_put(b, "Nothing is gated: the baseline and the run have no metric in common.\n");
	if (r->partial)
		put_partial(b, names->run->ended);
}

char *regress_limit(const struct regress_row *row)
{
	if (row->ruling == RULING_INFO)
		return mem_strdup("-");
	return row->v->work->better == BETTER_HIGHER ? mem_printf(">= %.3f", 1 / (1 + row->threshold))
						     : mem_printf("<= %.3f", 1 + row->threshold);
}

char *regress_sign(const struct regress_row *row)
{
	static const char *const signs[NR_RULING] = { "", "+ ", "? ", "! ", "! ", "! " };

	return mem_printf("%s%s", signs[row->ruling], ruling_name(row->ruling));
}

static void put_row(struct grid *g, const struct regress_row *row, size_t nights)
{
	char *label = mem_printf("%s %s: %s", row->v->work->name, row->v->work->metric, row->v->policy_b);
	char **cells = grid_row(g, true, label);

	cells[1] = row->v->missing ? mem_strdup("-") : versus_effect(row->v);
	cells[2] = regress_limit(row);
	cells[3] = regress_sign(row);
	cells[4] = versus_size(row->v, nights);
	cells[5] = row->ruling == RULING_INFO || row->v->missing ? mem_strdup("-") : versus_word(row->v);
	cells[6] = mem_strdup(row->why ? row->why : "");
	free(label);
}

static void put_rows(struct buf *b, const struct regress *r, const struct regress_names *names,
		     unsigned width)
{
	char *ratio = mem_printf("ratio to %s", run_baseline(names->run));
	const struct grid_column heads[] = { { ratio, GRID_TEXT, 0 },	{ "run / baseline", GRID_TEXT, 0 },
					     { "limit", GRID_TEXT, 0 }, { "gate", GRID_TEXT, 0 },
					     { "n", GRID_TEXT, 0 },	{ "verdict", GRID_TEXT, 0 },
					     { "why", GRID_PROSE, 0 } };
	struct grid g;

	grid_begin(&g, heads, 7);
	/* The heaviest first: a failing gate is read for it. */
	for (int weight = NR_RULING - 1; weight >= 0; weight--)
		for (size_t i = 0; i < r->versus.nr; i++)
			if ((int)r->row[i].ruling == weight)
				put_row(&g, &r->row[i], names->nights);
	grid_text(b, &g, width);
	grid_free(&g);
	versus_notes(b, &r->versus);
	free(ratio);
}

static void put_anchor(struct buf *b, const struct regress *r, const struct regress_names *names,
		       unsigned width)
{
	struct regress_names one = *names;

	if (!r->anchor)
		return;
	one.nights = 1;
	buf_printf(b, "Since the anchor %s, which only a person moves:\n", names->anchor);
	put_rows(b, r->anchor, &one, width);
	buf_put(b, "\n");
}

char *regress_text(const struct regress *r, const struct regress_names *names, unsigned width)
{
	char *wanted = versus_wanted(&r->versus, names->spec), *text;
	struct buf b = { 0 };
	struct differences d;

	regress_judgement(&b, r, names);
	buf_printf(&b, "Run %s against %s. A loss is judged by the ratio to the run's own %s.\n\n",
		   names->run->id, names->title, run_baseline(names->run));
	put_rows(&b, r, names, width);
	buf_put(&b, "\n");
	put_anchor(&b, r, names, width);
	if (wanted)
		buf_printf(&b, "Inconclusive: %s.\n", wanted);
	free(wanted);
	if (caption_warning(names->run))
		buf_printf(&b, "%s\n", caption_warning(names->run));
	differ_make(names->baseline, names->run, &d);
	buf_printf(&b, "A is %s, B is %s%s.\n", names->baseline->id, names->run->id,
		   d.nr ? "" : "; their environments do not differ");
	differences_put(&b, &d, width);
	differ_free(&d);
	text = buf_take_folded(&b, width);
	buf_printf(&b, "%s\nThe run again:    %s\nThe judgement:    %s\n", text, names->run->command,
		   names->command);
	free(text);
	return buf_take_printable(&b);
}
