/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer, the banner and the matrix of ratios. */
#include <math.h>
#include <stdlib.h>
#include "plan/plan.h"
#include "report/section.h"

void table_begin(struct buf *b, const char *caption)
{
	buf_put(b, "<div class=\"scroll\" tabindex=\"0\"><table>\n");
	if (*caption)
		buf_printf(b, "<caption>%s</caption>\n", caption);
}

void table_head(struct buf *b, const char *first, char *const *heads)
{
	buf_put(b, "<thead><tr><th scope=\"col\">");
	buf_html(b, first);
	for (; heads && *heads; heads++) {
		buf_put(b, "</th><th scope=\"col\">");
		buf_html(b, *heads);
	}
	buf_put(b, "</th></tr></thead>\n<tbody>\n");
}

void table_end(struct buf *b)
{
	buf_put(b, "</tbody></table></div>\n");
}

void section_answer(struct buf *b, const struct view *v)
{
	char *answer = compare_answer(v->cmp);

	buf_put(b, "<p class=\"answer\">");
	buf_html(b, answer);
	buf_put(b, "</p>\n");
	free(answer);
}

void section_banner(struct buf *b, const struct view *v)
{
	const struct run *run = &v->cmp->run->run;

	if (run->emulated)
		buf_put(b,
			"<p class=\"banner\"><strong>Measured under emulation: ratios only, never "
			"speed.</strong> "
			"An emulator runs every instruction in software; caches, SMT and NUMA cost nothing "
			"there.</p>\n");
	if (compare_is_demo(v->cmp))
		buf_printf(b,
			   "<p class=\"banner\"><strong>A demonstration: too few blocks for a "
			   "verdict.</strong> An interval needs %d blocks, this run has %u.</p>\n",
			   PLAN_MIN_BLOCKS, run->blocks);
}

static void put_ratio(struct buf *b, const struct work *work, const struct cell *cell)
{
	static const char *const words[] = { "no difference", "▲ better", "▼ worse" };
	static const char *const open[] = { "no verdict", "▲ no verdict", "▼ no verdict" };
	const char *word = (cell_has_interval(cell) ? words : open)[cell_side(work, cell)];

	if (work->better == BETTER_NONE)
		word = "no direction";
	else if (cell_has_interval(cell) && !cell_settled(cell))
		word = "≈ undecided";
	buf_printf(b, "<b>%.3f</b> <span class=\"word\">%s</span>", cell->effect.ratio, word);
	if (cell_has_interval(cell))
		buf_printf(b, "<small>[%.3f, %.3f]</small>", cell->effect.low, cell->effect.high);
	else
		buf_printf(b, "<small>no interval: %zu %s</small>", cell->effect.n,
			   cell->effect.n == 1 ? "pair" : "pairs");
}

/* Colour says no more than the words do: none where there is no verdict. */
static const char *cell_class(const struct work *work, const struct cell *cell)
{
	static const char *const settled[] = { "none", "better", "worse" };

	return cell_has_interval(cell) && cell_settled(cell) ? settled[cell_side(work, cell)] : "none";
}

static void put_cell(struct buf *b, const struct view *v, const struct work *work, const struct cell *cell)
{
	const struct cell *row = cell - (cell - v->cmp->cell) % v->cmp->nr_policies;
	bool is_fair = v->cmp->fair >= 0 && cell == row + v->cmp->fair;

	buf_printf(b, "<td class=\"%s\">", is_fair ? "none" : cell_class(work, cell));
	if (is_fair)
		buf_put(b, "<b>1</b> <span class=\"word\">baseline</span>");
	else if (cell->effect.n)
		put_ratio(b, work, cell);
	else
		buf_put(b, "<b>–</b> <span class=\"word\">no pair with fair</span>");
	if (cell->valid) {
		buf_put(b, "<small>median ");
		buf_number(b, cell->median);
		buf_htmlf(b, " %s", work->unit);
		buf_put(b, "</small>");
	}
	buf_printf(b, "<small>%u of %u valid</small></td>\n", cell->valid, cell_taken(cell));
}

void section_matrix(struct buf *b, const struct view *v)
{
	const struct compare *c = v->cmp;

	table_begin(b, "Ratio to fair of each workload's primary metric, paired by block");
	table_head(b, "workload", c->run->run.policies);
	for (unsigned w = 0; w < c->nr_works; w++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, c->work[w].name);
		buf_put(b, "<small>");
		buf_htmlf(b, "%s%s%s", c->work[w].metric, *c->work[w].unit ? ", " : "", c->work[w].unit);
		if (c->work[w].better != BETTER_NONE)
			buf_printf(b, ", %s is better", better_name(c->work[w].better));
		buf_put(b, "</small></th>\n");
		for (unsigned p = 0; p < c->nr_policies; p++)
			put_cell(b, v, &c->work[w], compare_cell(c, w, p));
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}
