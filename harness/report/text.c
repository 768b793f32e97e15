/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The comparison in a terminal: one line per workload, one column per policy. */
#include <stdlib.h>
#include "judge/compare.h"
#include "text/grid.h"
#include "report/report.h"
#include "report/section.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

static void put_effect(struct buf *b, const struct compare *c, unsigned work, const struct cell *cell)
{
	unsigned policy = (unsigned)(cell - c->cell) % c->nr_policies;
	char *word = compare_verdict(cell->judgement.verdict, c->work[work].unit);

	buf_printf(b, "%.3f", cell->judgement.effect.ratio);
	if (cell_has_interval(cell))
		buf_printf(b, " [%.3f, %.3f] %s", cell->judgement.effect.low, cell->judgement.effect.high,
			   compare_is_baseline(c, policy) ? "A/A: noise" : word);
	free(word);
}

/* "1.031 [1.012, 1.054] ▼ slower (1 void of 15)" */
static char *cell_text(const struct compare *c, unsigned work, unsigned policy)
{
	const struct cell *cell = compare_cell(c, work, policy);
	struct buf b = { 0 };

	if ((int)policy == c->baseline && cell->valid)
		buf_put(&b, "1");
	else if (cell->judgement.effect.n)
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
			cells[p + 1] = cell_text(c, w, p);
		free(label);
	}
	grid_text(b, &g, width);
	grid_free(&g);
	free(head);
}

static void put_arms(struct buf *b, const struct run *run)
{
	struct buf arms = { 0 };
	char *clean;

	arms_text(&arms, run);
	clean = utf8_printable(arms.text ? arms.text : "", '\n');
	buf_put(b, clean);
	free(clean);
	free(arms.text);
}

int report_text(const struct store_run *run, unsigned width, char **text)
{
	struct compare c;
	struct buf b = { 0 };
	char *answer, *clean;

	compare_make(run, &c);
	put_matrix(&b, &c, width);
	put_arms(&b, &run->run);
	answer = compare_answer(&c);
	clean = utf8_printable(answer, '\n');
	buf_printf(&b, "\n%s\n", clean);
	if (run->run.emulated)
		buf_put(&b, "Measured under emulation: ratios only, never speed.\n");
	free(clean);
	free(answer);
	compare_free(&c);
	*text = buf_take(&b);
	return 0;
}
