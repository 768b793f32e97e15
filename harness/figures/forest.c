/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ratios to fair of a workload's primary metric, one row per policy, with their intervals. */
#include <math.h>
#include <stdlib.h>
#include "figures/forest_row.h"
#include "figures/figure.h"
#include "text/table.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

/* "0.54 … 11, blocks" */
static void put_range_words(struct buf *b, const struct judgement *j)
{
	char *text = extent_text(&j->extent, false, "");

	buf_printf(b, "%s%s", text, j->extent.one ? "" : ", blocks");
	free(text);
}

/* "0.941 [0.920, 0.963] ▲ faster", "✗ not usable" */
static char *words(const struct compare *c, unsigned work, unsigned policy)
{
	const struct cell *cell = compare_cell(c, work, policy);
	char *verdict = compare_is_baseline(c, policy)
				? mem_strdup("A/A: noise")
				: judgement_verdict(&cell->judgement, c->work[work].unit);
	struct buf b = { 0 };

	if (!cell->judgement.effect.n)
		buf_printf(&b, "no pair with %s", compare_baseline_label(c));
	else if (!forest_draws(&cell->judgement))
		buf_put(&b, verdict);
	else if (cell_has_interval(cell))
		buf_printf(&b, "%.3f [%.3f, %.3f] %s", cell->judgement.effect.ratio,
			   cell->judgement.effect.low, cell->judgement.effect.high, verdict);
	else
		put_range_words(&b, &cell->judgement);
	free(verdict);
	return buf_take(&b);
}

/* In small letters, which are so wide, right of the picture. */
#define LETTER 12.4

/* The part of the picture that ends where the words begin. */
static double right_of(const struct compare *c, unsigned work)
{
	int widest = 0;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		char *text = words(c, work, p);
		int width = utf8_width(text);

		widest = width > widest ? width : widest;
		free(text);
	}
	return fmax(1 - (30 + LETTER * widest) / 1280, 0.5);
}

/* All that is drawn, and what counts as equivalent, with some room. */
static void put_range(struct buf *gp, const struct compare *c, unsigned work)
{
	struct span all = forest_span(c->margin);
	struct axis axis = { .name = "x", .unit = "" };

	for (unsigned p = 0; p < c->nr_policies; p++)
		forest_reach(&all, &compare_cell(c, work, p)->judgement);
	axis.span = forest_room(&all);
	figure_room(&axis, c, right_of(c, work), 0.94);
	axis_log(gp, &axis);
	buf_printf(gp, "right = %.4f\nmargin = %.9g\n", right_of(c, work), c->margin);
}

static void put_row(struct drawing *d, const struct compare *c, unsigned work, unsigned policy)
{
	const struct cell *cell = compare_cell(c, work, policy);
	char *word = words(c, work, policy);

	forest_numbers(&d->dat, &cell->judgement);
	buf_printf(&d->alt, " %s %s;", c->run->run.policies[policy], word);
	buf_put(&d->table, "<tr><th scope=\"row\">");
	buf_html(&d->table, c->run->run.policies[policy]);
	buf_put(&d->table, "</th><td>");
	buf_html(&d->table, word);
	buf_printf(&d->table, "</td><td>%zu</td><td>", cell->judgement.effect.n);
	if (isnan(cell->judgement.adjusted) || !cell_has_interval(cell) || !forest_draws(&cell->judgement))
		buf_put(&d->table, "–");
	else if (cell->judgement.adjusted < 0.0001)
		buf_put(&d->table, "&lt;0.0001");
	else
		buf_printf(&d->table, "%.4f", cell->judgement.adjusted);
	buf_put(&d->table, "</td></tr>\n");
	free(word);
}

/* One line of the script and one of the data each; returns how many. */
static unsigned put_rows(struct drawing *d, const struct compare *c, unsigned work)
{
	struct buf row = { 0 }, word = { 0 };
	unsigned n = 0;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		char *words_of;

		if ((int)p == c->baseline || !compare_cell(c, work, p)->judgement.effect.n)
			continue;
		words_of = words(c, work, p);
		buf_printf(&d->dat, "%u", ++n);
		buf_printf(&row, "Row[%u] = Policy[%u]\n", n, p + 1);
		buf_printf(&word, "Word[%u] = \"%s\"\n", n, words_of);
		put_row(d, c, work, p);
		free(words_of);
	}
	buf_printf(&d->gp, "array Row[%u]\n%sarray Word[%u]\n%s", n, n ? row.text : "", n,
		   n ? word.text : "");
	free(row.text);
	free(word.text);
	return n;
}

bool figure_forest(const struct compare *c, unsigned work, struct drawing *d)
{
	char *ratio = mem_printf("ratio to %s [%s]", compare_baseline_label(c), compare_interval_name(c)),
	     *const heads[] = { ratio, "pairs", "p, adjusted", NULL };
	const struct work *w = &c->work[work];
	char *caption, *label;
	unsigned n;

	forest_columns(&d->dat, c);
	buf_printf(&d->alt, "Ratios of %s to %s:", w->metric, compare_baseline_label(c));
	caption = mem_printf("Ratios to %s, paired by block", compare_baseline_label(c));
	table_begin(&d->table, caption);
	free(caption);
	table_head(&d->table, "policy", heads);
	free(ratio);
	n = put_rows(d, c, work);
	table_end(&d->table);
	if (!n)
		return false;
	figure_rows(&d->gp, n);
	put_range(&d->gp, c, work);
	label = mem_printf("ratio to %s", compare_baseline_label(c));
	figure_label(&d->gp, label, "");
	free(label);
	d->title = mem_printf("Ratio to %s", compare_baseline_label(c));
	d->head = figure_head_of(c, work);
	d->how = mem_printf(
		"A mark is a policy's ratio to %s in the same blocks, its line the %s. A "
		"line that crosses 1 shows no difference; a verdict also needs a small p, adjusted over "
		"all comparisons. The grey band counts as equivalent (within %.3g %%).",
		compare_baseline_label(c), compare_interval_name(c), 100 * c->margin);
	return true;
}
