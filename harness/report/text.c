/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The comparison in a terminal: one line per workload, one column per policy. */
#include <stdlib.h>
#include "judge/caption.h"
#include "judge/cell_words.h"
#include "judge/compare.h"
#include "judge/spent.h"
#include "text/grid.h"
#include "report/report.h"
#include "report/section.h"
#include "text/buf.h"
#include "util/mem.h"

/* "1.031 [1.012, 1.054] ▼ slower (1 void of 15)" */
char *section_cell_text(const struct compare *c, unsigned work, unsigned policy)
{
	char *effect = cell_effect(c, work, policy, "-"), *lost = cell_lost(compare_cell(c, work, policy));
	char *text = mem_printf("%s%s", effect, lost);

	free(effect);
	free(lost);
	return text;
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

static void put_all_notes(struct buf *b, const struct compare *c)
{
	for (unsigned w = 0; w < c->nr_works; w++)
		for (unsigned p = 0; p < c->nr_policies; p++) {
			char *notes = cell_notes(c, w, p);

			buf_printf(b, "%s%s", notes, *notes ? "\n" : "");
			free(notes);
		}
}

/* What stands below the table. */
static void put_below(struct buf *b, const struct compare *c)
{
	put_outcomes(b, c);
	put_all_notes(b, c);
	arms_text(b, c->run);
}

int report_text(const struct store_run *run, unsigned width, char **text)
{
	struct compare c;
	struct buf b = { 0 };
	char *answer, *spent = spent_text(run);

	compare_make(run, &c);
	put_matrix(&b, &c, width);
	put_below(&b, &c);
	tax_text(&b, &c);
	answer = compare_answer(&c);
	buf_printf(&b, "\n%s\n", answer);
	if (caption_warning(&run->run))
		buf_printf(&b, "%s\n", caption_warning(&run->run));
	if (spent)
		buf_printf(&b, "%s\n", spent);
	free(spent);
	free(answer);
	compare_free(&c);
	*text = buf_take_folded(&b, width);
	return 0;
}
