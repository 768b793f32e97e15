/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The comparison in a terminal: one line per workload, one column per policy. */
#include <stdlib.h>
#include <string.h>
#include "judge/caption.h"
#include "judge/compare.h"
#include "judge/spent.h"
#include "text/grid.h"
#include "report/report.h"
#include "report/section.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

static void put_effect(struct buf *b, const struct compare *c, unsigned work, const struct cell *cell)
{
	unsigned policy = (unsigned)(cell - c->cell) % c->nr_policies;
	char *word = judgement_verdict(&cell->judgement, c->work[work].unit);
	char *value = judgement_value(&cell->judgement, c->work[work].unit),
	     *ends = judgement_ends(&cell->judgement);

	if (cell->judgement.verdict == VERDICT_UNUSABLE)
		buf_put(b, word);
	else
		buf_printf(b, "%s%s%s", value, ends ? " " : "", ends ? ends : "");
	if (ends && cell->judgement.verdict != VERDICT_UNUSABLE)
		buf_printf(b, " %s", compare_is_baseline(c, policy) ? "A/A: noise" : word);
	free(value);
	free(ends);
	free(word);
}

/* "1.031 [1.012, 1.054] ▼ slower (1 void of 15)" */
char *section_cell_text(const struct compare *c, unsigned work, unsigned policy)
{
	const struct cell *cell = compare_cell(c, work, policy);
	struct buf b = { 0 };

	if ((int)policy == c->baseline && cell->valid)
		buf_put(&b, "1");
	else if (judgement_n(&cell->judgement) || cell->judgement.verdict == VERDICT_UNUSABLE)
		put_effect(&b, c, work, cell);
	else
		buf_put(&b, "-");
	for (int s = 0; s < NR_STATUS; s++)
		if (s != STATUS_OK && cell->taken[s])
			buf_printf(&b, " (%u %s of %u)", cell->taken[s], status_name((enum status)s),
				   cell_taken(cell));
	return buf_take(&b);
}

static void put_matrix(struct buf *b, const struct compare *c, unsigned width)
{
	struct grid g;
	char **cells, *head = mem_printf("ratio to %s", compare_baseline_label(c));

	grid_begin(&g, &(struct grid_column){ .head = head }, 1);
	for (unsigned p = 0; p < c->nr_policies; p++)
		grid_column(&g, c->run->run.policies[p], GRID_TEXT);
	for (unsigned w = 0; w < c->nr_works; w++) {
		char *label = mem_printf("%s %s", c->work[w].name, c->work[w].metric);

		cells = grid_row(&g, true, label);
		for (unsigned p = 0; p < c->nr_policies; p++)
			cells[p + 1] = section_cell_text(c, w, p);
		free(label);
	}
	grid_text(b, &g, width);
	grid_free(&g);
	free(head);
}

/* "fifo: 28 of 30 samples (2 void), lost 6.67 % (95 % interval 0.818 to 22.1 %)", where any are lost. */
static void put_outcomes(struct buf *b, const struct compare *c)
{
	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct reliability r = compare_outcome(c, p);
		char *points = reliability_text(&r), *lost = reliability_lost_text(&r);

		if (reliability_lost(&r))
			buf_printf(b, "%s: %s, %s\n", c->run->run.policies[p], points, lost);
		free(points);
		free(lost);
	}
}

/* "build time, fifo: about 20 blocks would decide; totals 1.031 [1.012, 1.054]" */
static void put_notes(struct buf *b, const struct compare *c, unsigned work, unsigned policy)
{
	char *notes = judgement_notes(&compare_cell(c, work, policy)->judgement, c->work[work].unit);
	char *rest = notes;
	bool any = false;

	for (char *line; (line = strsep(&rest, "\n")) && *line; any = true)
		if (any)
			buf_printf(b, "; %s", line);
		else
			buf_printf(b, "%s %s, %s: %s", c->work[work].name, c->work[work].metric,
				   c->run->run.policies[policy], line);
	buf_put(b, any ? "\n" : "");
	free(notes);
}

static void put_all_notes(struct buf *b, const struct compare *c)
{
	for (unsigned w = 0; w < c->nr_works; w++)
		for (unsigned p = 0; p < c->nr_policies; p++)
			put_notes(b, c, w, p);
}

/* Names and what policies say of themselves have no control characters here. */
static void put_clean(struct buf *b, struct buf *lines)
{
	char *text = buf_take(lines), *clean = utf8_printable(text ? text : "", '\n');

	buf_put(b, clean);
	free(clean);
	free(text);
}

/* What stands below the table. */
static void put_below(struct buf *b, const struct compare *c)
{
	struct buf lines = { 0 };

	put_outcomes(&lines, c);
	put_all_notes(&lines, c);
	arms_text(&lines, c->run);
	put_clean(b, &lines);
}

int report_text(const struct store_run *run, unsigned width, char **text)
{
	struct compare c;
	struct buf b = { 0 };
	char *answer, *clean, *spent = spent_text(run);

	compare_make(run, &c);
	put_matrix(&b, &c, width);
	put_below(&b, &c);
	answer = compare_answer(&c);
	clean = utf8_printable(answer, '\n');
	buf_printf(&b, "\n%s\n", clean);
	if (caption_warning(&run->run))
		buf_printf(&b, "%s\n", caption_warning(&run->run));
	if (spent)
		buf_printf(&b, "%s\n", spent);
	free(spent);
	free(clean);
	free(answer);
	compare_free(&c);
	*text = buf_take(&b);
	return 0;
}
