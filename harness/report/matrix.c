/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer, the banner and the matrix of ratios. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/role.h"
#include "report/section.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/mem.h"

void answer_html(struct buf *b, char *answer)
{
	char *rest = strchr(answer, '\n');

	*rest++ = 0;
	buf_put(b, "<p class=\"answer\"><strong>");
	buf_html(b, answer);
	buf_put(b, "</strong>\n");
	buf_html(b, rest);
	buf_put(b, "</p>\n");
	free(answer);
}

/* An interim state or a demonstration is named first. */
void section_answer(struct buf *b, const struct view *v)
{
	answer_html(b, compare_answer(v->cmp));
}

void banner_html(struct buf *b, const struct run *run)
{
	if (run_is_exact(run))
		buf_put(b,
			"<p class=\"banner\"><strong>Instructions, not time.</strong> The exact lab counts every "
			"instruction and repeats a seed to the last one. A count says how long a path is, and "
			"nothing of caches, of waiting or of other CPUs.</p>\n");
	else if (run->emulated)
		buf_put(b, "<p class=\"banner\"><strong>Measured under emulation: ratios only, never "
			   "speed.</strong> An emulator runs every instruction in software; caches, SMT and "
			   "NUMA cost nothing there.</p>\n");
}

void section_banner(struct buf *b, const struct view *v)
{
	banner_html(b, &v->cmp->run->run);
}

/* The verdict in words; colour says no more. */
static void put_word(struct buf *b, const struct work *work, const struct cell *cell)
{
	char *word = judgement_verdict(&cell->judgement, work->unit);

	buf_printf(b, "<span class=\"word\">%s</span>", work->better == BETTER_NONE ? "no direction" : word);
	free(word);
}

static void put_interval(struct buf *b, const struct compare *c, const struct cell *cell)
{
	char *ends = judgement_ends(&cell->judgement);
	size_t n = judgement_n(&cell->judgement);

	if (ends)
		buf_printf(b, "<small>%s</small>", ends);
	else
		buf_printf(b, "<small>no interval: %zu %s%s</small>", n, c->boot ? "boot" : "pair",
			   n == 1 ? "" : "s");
	free(ends);
}

/* What too few blocks show is a range, in grey. */
static void put_value(struct buf *b, const struct judgement *j, const char *value)
{
	const char *tag = extent_known(&j->extent) ? "span" : "b";

	buf_printf(b, "<%s%s>", tag, extent_known(&j->extent) ? " class=\"range\"" : "");
	buf_html(b, value);
	buf_printf(b, "</%s>", tag);
}

/* The noise floor: fair compared with fair, and the smallest difference that could be shown above it. */
static void put_noise(struct buf *b, const struct compare *c, const struct cell *cell)
{
	unsigned work = (unsigned)(cell - c->cell) / c->nr_policies;
	char *value = judgement_value(&cell->judgement, c->work[work].unit);
	double seen = compare_detectable(c, work);

	put_value(b, &cell->judgement, value);
	buf_put(b, " <span class=\"word\">A/A: noise</span>");
	free(value);
	put_interval(b, c, cell);
	if (!isnan(seen)) {
		char *shows = compare_detectable_text(seen);

		buf_printf(b, "<small>could show %s</small>", shows);
		free(shows);
	}
}

/* "13 of 15 data points", "1 void", "1 missing" */
void section_taken(struct buf *b, const struct cell *cell)
{
	unsigned missing = reliability_missing(&cell->judgement.of);

	buf_printf(b, "<small>%u of %u data points</small>", cell->valid, cell->judgement.of.planned);
	for (int s = 0; s < NR_STATUS; s++)
		if (s != STATUS_OK && cell->taken[s])
			buf_printf(b, "<small class=\"status\">%u %s</small>", cell->taken[s],
				   status_name((enum status)s));
	if (missing)
		buf_printf(b, "<small class=\"status\">%u missing</small>", missing);
}

/* Reasons, totals and pairs left out. */
static void put_notes(struct buf *b, const struct judgement *j, const char *unit)
{
	char *notes = judgement_notes(j, unit), *rest = notes;

	for (char *line; (line = strsep(&rest, "\n")) && *line;) {
		buf_put(b, "<small class=\"note\">");
		buf_html(b, line);
		buf_put(b, "</small>");
	}
	free(notes);
}

/* No number is ahead of what became of the policy. */
static void put_policy(struct buf *b, const struct compare *c, const struct work *work,
		       const struct cell *cell)
{
	char *value = judgement_value(&cell->judgement, work->unit);

	if (cell->judgement.verdict != VERDICT_UNUSABLE) {
		put_value(b, &cell->judgement, value);
		buf_put(b, " ");
	}
	put_word(b, work, cell);
	if (cell->judgement.verdict != VERDICT_UNUSABLE)
		put_interval(b, c, cell);
	free(value);
}

/* Colour only where there is a verdict of speed. */
static const char *cell_class(const struct cell *cell)
{
	static const char *const names[NR_VERDICT] = {
		[VERDICT_NONE] = "none",   [VERDICT_INCONCLUSIVE] = "none", [VERDICT_BETTER] = "better",
		[VERDICT_WORSE] = "worse", [VERDICT_EQUIVALENT] = "none",   [VERDICT_UNUSABLE] = "unusable",
	};

	if (cell->judgement.emulated && judgement_is_difference(&cell->judgement))
		return "none";
	return names[cell->judgement.verdict];
}

static void put_no_pair(struct buf *b, const struct compare *c)
{
	buf_put(b, "<b>–</b> <span class=\"word\">no pair with ");
	buf_html(b, compare_baseline_label(c));
	buf_put(b, "</span>");
}

void section_judged(struct buf *b, const struct compare *c, const struct cell *cell)
{
	unsigned policy = (unsigned)(cell - c->cell) % c->nr_policies;
	const struct work *work = &c->work[(unsigned)(cell - c->cell) / c->nr_policies];

	buf_printf(b, "<td class=\"%s\">", cell_class(cell));
	if ((int)policy == c->baseline)
		buf_printf(b, "<b>%s</b> <span class=\"word\">baseline</span>", cell->valid ? "1" : "–");
	else if (!judgement_n(&cell->judgement) && cell->judgement.verdict != VERDICT_UNUSABLE)
		put_no_pair(b, c);
	else if (compare_is_baseline(c, policy))
		put_noise(b, c, cell);
	else
		put_policy(b, c, work, cell);
	put_notes(b, &cell->judgement, work->unit);
}

static void put_cell(struct buf *b, const struct compare *c, const struct work *work, const struct cell *cell)
{
	section_judged(b, c, cell);
	if (cell->valid) {
		buf_put(b, "<small>median of samples ");
		buf_number(b, cell->median);
		buf_htmlf(b, " %s", work->unit);
		buf_put(b, "</small>");
	}
	section_taken(b, cell);
	buf_put(b, "</td>\n");
}

/* What became of each policy's samples, before any ratio. */
static void put_outcomes(struct buf *b, const struct compare *c)
{
	buf_put(b,
		"<tr><th scope=\"row\">samples<small>data points of planned, all workloads</small></th>\n");
	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct reliability r = compare_outcome(c, p);
		char *points = reliability_text(&r), *lost = reliability_lost_text(&r);

		buf_printf(b, "<td>%s<small class=\"note\">%s</small></td>\n", points, lost);
		free(points);
		free(lost);
	}
	buf_put(b, "</tr>\n");
}

/* Where a verdict has its reasons, if any figure moved with it. */
static void put_why(struct buf *b, const struct figures *f, const char *workload)
{
	for (size_t i = 0; i < f->nr; i++)
		if (!strcmp(f->figure[i].section, "why") && !strcmp(f->figure[i].of, workload))
			buf_printf(b, "<small><a href=\"#%s\">why it came out so</a></small>",
				   f->figure[i].name);
}

void section_matrix(struct buf *b, const struct view *v)
{
	const struct compare *c = v->cmp;
	char *baseline = compare_baseline_words(c),
	     *caption =
		     mem_printf("Ratio to %s, of each workload's primary metric, paired by block", baseline);

	table_begin(b, caption);
	free(caption);
	free(baseline);
	section_arms_head(b, c->run);
	put_outcomes(b, c);
	for (unsigned w = 0; w < c->nr_works; w++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, c->work[w].name);
		buf_put(b, "<small>");
		buf_htmlf(b, "%s%s%s", c->work[w].metric, *c->work[w].unit ? ", " : "", c->work[w].unit);
		if (c->work[w].better != BETTER_NONE)
			buf_printf(b, ", %s is better", better_name(c->work[w].better));
		if (c->work[w].other_unit)
			buf_printf(b, ", %u in another unit left out", c->work[w].other_unit);
		buf_put(b, "</small>");
		put_why(b, v->figures, c->work[w].name);
		buf_put(b, "</th>\n");
		for (unsigned p = 0; p < c->nr_policies; p++)
			put_cell(b, c, &c->work[w], compare_cell(c, w, p));
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}
