/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer, the banner and the matrix of ratios. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "report/section.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/mem.h"

/* An interim state or a demonstration is named first. */
void section_answer(struct buf *b, const struct view *v)
{
	char *answer = compare_answer(v->cmp), *rest = strchr(answer, '\n');

	*rest++ = 0;
	buf_put(b, "<p class=\"answer\"><strong>");
	buf_html(b, answer);
	buf_put(b, "</strong>\n");
	buf_html(b, rest);
	buf_put(b, "</p>\n");
	free(answer);
}

void section_banner(struct buf *b, const struct view *v)
{
	if (v->cmp->run->run.emulated)
		buf_put(b, "<p class=\"banner\"><strong>Measured under emulation: ratios only, never "
			   "speed.</strong> An emulator runs every instruction in software; caches, SMT and "
			   "NUMA cost nothing there.</p>\n");
}

/* The verdict in words; colour says no more. */
static void put_word(struct buf *b, const struct work *work, const struct cell *cell)
{
	char *word = compare_verdict(cell->judgement.verdict, work->unit);

	buf_printf(b, "<span class=\"word\">%s</span>", work->better == BETTER_NONE ? "no direction" : word);
	free(word);
}

static void put_interval(struct buf *b, const struct compare *c, const struct cell *cell)
{
	if (cell_has_interval(cell))
		buf_printf(b, "<small>[%.3f, %.3f]</small>", cell->judgement.effect.low,
			   cell->judgement.effect.high);
	else
		buf_printf(b, "<small>no interval: %zu %s%s</small>", cell->judgement.effect.n,
			   c->boot ? "boot" : "pair", cell->judgement.effect.n == 1 ? "" : "s");
}

/* The noise floor: fair compared with fair, and the smallest difference that could be shown above it. */
static void put_noise(struct buf *b, const struct compare *c, const struct cell *cell)
{
	double seen = compare_detectable(c, (unsigned)(cell - c->cell) / c->nr_policies);

	buf_printf(b, "<b>%.3f</b> <span class=\"word\">A/A: noise</span>", cell->judgement.effect.ratio);
	put_interval(b, c, cell);
	if (!isnan(seen)) {
		char *shows = compare_detectable_text(seen);

		buf_printf(b, "<small>could show %s</small>", shows);
		free(shows);
	}
}

/* "13 of 15 data points: 1 void, 1 ejected" */
static void put_taken(struct buf *b, const struct cell *cell)
{
	buf_printf(b, "<small>%u of %u data points</small>", cell->valid, cell_taken(cell));
	for (int s = 0; s < NR_STATUS; s++)
		if (s != STATUS_OK && cell->taken[s])
			buf_printf(b, "<small class=\"status\">%u %s</small>", cell->taken[s],
				   status_name((enum status)s));
}

/* Colour only where there is a verdict. */
static const char *cell_class(const struct cell *cell)
{
	return cell->judgement.verdict == VERDICT_BETTER  ? "better"
	       : cell->judgement.verdict == VERDICT_WORSE ? "worse"
							  : "none";
}

static void put_no_pair(struct buf *b, const struct compare *c)
{
	buf_put(b, "<b>–</b> <span class=\"word\">no pair with ");
	buf_html(b, compare_baseline_label(c));
	buf_put(b, "</span>");
}

static void put_cell(struct buf *b, const struct view *v, const struct work *work, const struct cell *cell)
{
	const struct compare *c = v->cmp;
	unsigned policy = (unsigned)(cell - c->cell) % c->nr_policies;

	buf_printf(b, "<td class=\"%s\">", cell_class(cell));
	if ((int)policy == c->baseline)
		buf_put(b, "<b>1</b> <span class=\"word\">baseline</span>");
	else if (!cell->judgement.effect.n)
		put_no_pair(b, c);
	else if (compare_is_baseline(c, policy))
		put_noise(b, c, cell);
	else {
		buf_printf(b, "<b>%.3f</b> ", cell->judgement.effect.ratio);
		put_word(b, work, cell);
		put_interval(b, c, cell);
	}
	if (cell->valid) {
		buf_put(b, "<small>median of samples ");
		buf_number(b, cell->median);
		buf_htmlf(b, " %s", work->unit);
		buf_put(b, "</small>");
	}
	put_taken(b, cell);
	buf_put(b, "</td>\n");
}

/* "fair, the kernel's own scheduler (EEVDF)", or the name of another baseline. */
static char *baseline_words(const struct compare *c)
{
	const char *label = compare_baseline_label(c), *name = compare_baseline_name(c);
	bool named = strcmp(name, label);

	if (!compare_to_fair(c))
		return mem_strdup(label);
	return mem_printf("%s, the kernel's own scheduler%s%s%s", label, named ? " (" : "", named ? name : "",
			  named ? ")" : "");
}

void section_matrix(struct buf *b, const struct view *v)
{
	const struct compare *c = v->cmp;
	char *baseline = baseline_words(c),
	     *caption =
		     mem_printf("Ratio to %s, of each workload's primary metric, paired by block", baseline);

	table_begin(b, caption);
	free(caption);
	free(baseline);
	section_arms_head(b, &c->run->run);
	for (unsigned w = 0; w < c->nr_works; w++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, c->work[w].name);
		buf_put(b, "<small>");
		buf_htmlf(b, "%s%s%s", c->work[w].metric, *c->work[w].unit ? ", " : "", c->work[w].unit);
		if (c->work[w].better != BETTER_NONE)
			buf_printf(b, ", %s is better", better_name(c->work[w].better));
		if (c->work[w].other_unit)
			buf_printf(b, ", %u in another unit left out", c->work[w].other_unit);
		buf_put(b, "</small></th>\n");
		for (unsigned p = 0; p < c->nr_policies; p++)
			put_cell(b, v, &c->work[w], compare_cell(c, w, p));
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}
