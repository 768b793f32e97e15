/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in a picture: names, its head, where it is from, and the room that they take. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/figure.h"
#include "judge/caption.h"
#include "util/mem.h"
#include "util/utf8.h"

void figure_text(struct buf *b, const char *text)
{
	for (; *text; text++) {
		bool plain = *text > ' ' && *text < 127 && !strchr("\"'\\`${}", *text);

		buf_bytes(b, plain || *text == ' ' ? text : "_", 1);
	}
}

void figure_label(struct buf *gp, const char *text, const char *unit)
{
	buf_put(gp, "label = \"");
	figure_text(gp, text);
	buf_put(gp, *unit ? ", " : "");
	figure_text(gp, unit);
	buf_put(gp, "\"\n");
}

char *figure_head(const char *metric, const char *unit, enum better better)
{
	return mem_printf("%s%s%s, %s", metric, *unit ? " in " : "", unit,
			  better == BETTER_LOWER    ? "lower is better"
			  : better == BETTER_HIGHER ? "higher is better"
						    : "neither direction is better");
}

char *figure_folded(const char *text, int columns)
{
	char *clean = utf8_clean(text), *folded = utf8_fold(clean, columns), *line;
	struct buf b = { 0 };

	for (char *rest = folded; (line = strsep(&rest, "\n"));) {
		bool fits = utf8_width(line) <= columns;

		buf_put(&b, b.len ? "\n" : "");
		buf_bytes(&b, line, fits ? strlen(line) : (size_t)utf8_fit(line, columns - 2));
		buf_put(&b, fits ? "" : "..");
	}
	free(folded);
	free(clean);
	return buf_take(&b);
}

/* NAME = "text", in lines that are no longer. */
static void put_folded(struct buf *gp, const char *name, const char *text, int columns)
{
	struct buf plain = { 0 };
	char *folded, *line;
	unsigned nr = 0;

	figure_text(&plain, text);
	folded = figure_folded(plain.text, columns);
	free(plain.text);
	buf_printf(gp, "%s = \"", name);
	for (char *rest = folded; (line = strsep(&rest, "\n"));)
		buf_printf(gp, "%s%s", nr++ ? "\\n" : "", line);
	buf_printf(gp, "\"\n%s_lines = %u\n", name, nr);
	free(folded);
}

void figure_marks(struct buf *gp, const struct compare *c)
{
	char *marks = caption_marks(c), *word;
	size_t longest = 0;

	buf_printf(gp, "marks = \"%s\"\nmarks_upright = \"", marks);
	for (char *rest = marks; (word = strsep(&rest, " "));) {
		buf_printf(gp, "%s%s", longest ? "\\n" : "", word);
		longest = strlen(word) > longest ? strlen(word) : longest;
	}
	buf_printf(gp, "\"\nmarks_longest = %zu\n", longest);
	free(marks);
}

void figure_caption(struct buf *gp, const struct compare *c, const char *title)
{
	char *origin = caption_origin(c);

	put_folded(gp, "title", title, 84);
	put_folded(gp, "title_narrow", title, 46);
	put_folded(gp, "origin", origin, 124);
	put_folded(gp, "origin_narrow", origin, 60);
	figure_marks(gp, c);
	free(origin);
}

struct span figure_values(const struct compare *c, unsigned work)
{
	struct span s = { INFINITY, -INFINITY };

	for (unsigned p = 0; p < c->nr_policies; p++)
		for (unsigned b = 0; b <= c->nr_blocks; b++) {
			s.from = fmin(s.from, compare_cell(c, work, p)->value[b]); /* fmin() passes NAN by */
			s.to = fmax(s.to, compare_cell(c, work, p)->value[b]);
		}
	return span_around(s.from, s.to, 0.04);
}

static bool has_value(const struct compare *c, unsigned work)
{
	for (unsigned p = 0; p < c->nr_policies; p++)
		if (compare_cell(c, work, p)->valid)
			return true;
	return false;
}

char *figure_head_of(const struct compare *c, unsigned work)
{
	const struct work *w = &c->work[work];
	struct scale scale = scale_of(w->unit, figure_values(c, work).to);
	char *unit = scale_unit(&scale), *head;

	head = has_value(c, work) ? figure_head(w->metric, unit, w->better) : mem_strdup(w->metric);
	free(unit);
	return head;
}

/* As plots/style.gp has it: a character is so wide, and the names take at most this part. */
#define CHARACTER 14.7
#define NAMES_MOST 0.48

static unsigned room_of(double right, double wide, size_t longest)
{
	double left = fmin(38 + CHARACTER * (double)longest, NAMES_MOST * wide);

	return (unsigned)((right * wide - left) / CHARACTER);
}

void figure_room(struct axis *a, const struct compare *c, double wide, double narrow)
{
	size_t longest = 4;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		size_t len = strlen(c->run->run.policies[p]);

		longest = len > FIGURE_NAME ? FIGURE_NAME : len > longest ? len : longest;
	}
	a->wide = room_of(wide, 1280, longest);
	a->narrow = room_of(narrow, 640, longest);
}
