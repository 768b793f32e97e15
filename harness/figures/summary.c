/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/forest_row.h"
#include "judge/cell_words.h"
#include "util/mem.h"
#include "util/utf8.h"

/* The picture is 1280 pixels wide. Small letters, in which all but the names is written, are so wide. */
#define WIDE 1280
#define LETTER 12.6
#define COLUMNS 108 /* of running text, in which most letters are narrower */
#define WORDS 42    /* columns that words beside a row may take; longer ones are folded */

/* Pixels: a row's, and that of many; for each line of words more; where rows are many. */
#define ROW 44
#define ROW_OF_MANY 30
#define LINE 30
#define MANY 30

/* What the rows take: the height of one without a second line, that of all, the widest name and words. */
struct rows {
	struct buf gp; /* elements of Name, Group, Word, Lines, High and Middle */
	unsigned nr;
	int row, high, name, words;
};

static int nr_lines(const char *text)
{
	int n = 1;

	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

/* A string in quotes, its lines as gnuplot has them. Beside figure_text() it may have signs of verdicts. */
static void put_string(struct buf *gp, const char *text)
{
	buf_put(gp, "\"");
	for (; *text; text++)
		if (*text == '\n')
			buf_put(gp, "\\n");
		else
			buf_bytes(gp, strchr("\"\\`$", *text) ? "_" : text, 1);
	buf_put(gp, "\"\n");
}

static void put_element(struct buf *gp, const char *array, unsigned row, const char *text)
{
	buf_printf(gp, "%s[%u] = ", array, row);
	put_string(gp, text);
}

static int widest_line(const char *text)
{
	char *lines = mem_strdup(text), *rest = lines;
	int widest = 0;

	for (char *line; (line = strsep(&rest, "\n"));)
		if (utf8_width(line) > widest)
			widest = utf8_width(line);
	free(lines);
	return widest;
}

static void put_row(struct rows *r, const char *group, const char *name, const char *words)
{
	int lines = nr_lines(words), high = (*group ? ROW : r->row) + LINE * (lines - 1);

	put_element(&r->gp, "Group", ++r->nr, group);
	put_element(&r->gp, "Name", r->nr, name);
	put_element(&r->gp, "Word", r->nr, words);
	buf_printf(&r->gp, "Lines[%u] = %d\nHigh[%u] = %d\nMiddle[%u] = %.1f\n", r->nr, lines, r->nr, high,
		   r->nr, r->high + high / 2.0);
	r->high += high;
}

/* A workload's row has no numbers, and its text goes over the whole width. */
static void put_group(struct rows *r, const struct summary *s, unsigned work)
{
	char *head = figure_head_of(s->c, work), *text = mem_printf("%s: %s", s->c->work[work].name, head);
	char *line = figure_folded(text, COLUMNS);

	line[strcspn(line, "\n")] = '\0';
	put_row(r, line, "", "");
	free(line);
	free(text);
	free(head);
}

/* "1.031 [1.012, 1.054] ▼ slower (1 void of 15)", what is lost in a line of its own where it does not fit. */
static char *folded_words(const struct summary *s, unsigned work, unsigned policy)
{
	char *effect = summary_effect(s, work, policy), *lost = cell_lost(compare_cell(s->c, work, policy));
	char *folded = figure_folded(effect, WORDS);
	bool fits = utf8_width(effect) + utf8_width(lost) <= WORDS;
	char *text = mem_printf("%s%s%s", folded, fits || !*lost ? "" : "\n", lost + (!fits && *lost));

	free(folded);
	free(effect);
	free(lost);
	return text;
}

static void put_policy(struct rows *r, const struct summary *s, unsigned work, unsigned policy)
{
	char *folded = folded_words(s, work, policy);
	char *name = figure_folded(s->c->run->run.policies[policy], FIGURE_NAME);

	name[strcspn(name, "\n")] = '\0';
	put_row(r, "", name, folded);
	if (utf8_width(name) > r->name)
		r->name = utf8_width(name);
	if (widest_line(folded) > r->words)
		r->words = widest_line(folded);
	free(name);
	free(folded);
}

static void put_rows(struct drawing *d, const struct summary *s, struct rows *r)
{
	static const char *const arrays[] = { "Name", "Group", "Word", "Lines", "High", "Middle" };

	forest_columns(&d->dat, s->c);
	for (unsigned w = 0; w < s->c->nr_works; w++) {
		bool any = false;

		for (unsigned p = 0; p < s->c->nr_policies; p++) {
			if (!summary_shows(s, w, p))
				continue;
			if (!any)
				put_group(r, s, w);
			any = true;
			put_policy(r, s, w, p);
			buf_printf(&d->dat, "%u", r->nr);
			forest_numbers(&d->dat, &compare_cell(s->c, w, p)->judgement);
		}
	}
	for (size_t i = 0; i < sizeof(arrays) / sizeof(*arrays); i++)
		buf_printf(&d->gp, "array %s[%u]\n", arrays[i], r->nr);
	buf_printf(&d->gp, "%srows_high = %d\nmany = %d\n", r->gp.text, r->high, r->row != ROW);
	free(r->gp.text);
}

static void put_axis(struct buf *gp, const struct summary *s, const struct rows *r)
{
	double left = fmin(66 + LETTER * 1.1 * r->name, 0.35 * WIDE), right = WIDE - 40 - LETTER * r->words;
	struct axis axis = { .name = "x", .unit = "" };
	struct span all = forest_span(s->c->margin);

	for (unsigned w = 0; w < s->c->nr_works; w++)
		for (unsigned p = 0; p < s->c->nr_policies; p++)
			if (summary_shows(s, w, p))
				forest_reach(&all, &compare_cell(s->c, w, p)->judgement);
	axis.span = forest_room(&all);
	axis.wide = (unsigned)((right - left) / LETTER);
	axis_log(gp, &axis);
	buf_printf(gp, "left = %.4f\nright = %.4f\nmargin = %.9g\n", left / WIDE, right / WIDE, s->c->margin);
}

/* The two weightiest sentences of the answer. */
static char *headline(const struct summary *s)
{
	char *answer = summary_answer(s), *end = strchr(answer, '\n');

	end = end ? strchr(end + 1, '\n') : NULL;
	if (end)
		*end = '\0';
	return answer;
}

static char *how(const struct summary *s)
{
	char *read = summary_how(s, true), *points = compare_points(s->c),
	     *text = mem_printf("%s %s", read, points);

	free(points);
	free(read);
	return text;
}

/* NAME, and NAME_lines, each line of the text by itself. Takes the text over. */
static void put_text(struct buf *gp, const char *name, char *text, int columns)
{
	struct buf b = { 0 };
	char *rest = text;

	buf_put(&b, "");
	for (char *line; (line = strsep(&rest, "\n"));) {
		char *folded = figure_folded(line, columns);

		buf_printf(&b, "%s%s", b.len ? "\n" : "", folded);
		free(folded);
	}
	buf_printf(gp, "%s_lines = %d\n%s = ", name, nr_lines(b.text), name);
	put_string(gp, b.text);
	free(b.text);
	free(text);
}

static void put_texts(struct buf *gp, const struct summary *s)
{
	put_text(gp, "title", summary_title(s), COLUMNS * 8 / 10);
	put_text(gp, "headline", headline(s), COLUMNS);
	put_text(gp, "origin", summary_origin(s), COLUMNS);
	put_text(gp, "how", how(s), COLUMNS);
	put_text(gp, "label", mem_printf("less  ←  ratio to %s  →  more", compare_baseline_label(s->c)),
		 COLUMNS);
	figure_marks(gp, s->c);
}

int figure_summary(const char *home, const struct summary *s, const char *dir, struct figures *f)
{
	struct drawing d = { .once = true };
	struct rows rows = { .row = summary_rows(s) > MANY ? ROW_OF_MANY : ROW };
	int err = figures_open(home, dir, f);

	put_texts(&d.gp, s);
	put_rows(&d, s, &rows);
	put_axis(&d.gp, s, &rows);
	figure_height(&d.gp, 0, 0);
	if (!err)
		err = figures_add(f, "summary", s->c->run->run.id, &d);
	if (!err)
		figures_draw(f);
	return err;
}
