/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/svg_mark.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define EVERY 260.0 /* points of height */
#define MOST 34.0   /* of a letter */

/* Of the picture, in points. */
struct size {
	double wide, high;
};

/* Behind the background and the title; NULL: where that is, is not known. */
static const char *find_place(const char *svg, struct size *size)
{
	const char *box = strstr(svg, "viewBox=\""), *graph = box ? strstr(box, "class=\"graph\"") : NULL;
	const char *first = graph ? strstr(graph, "\n<!-- ") : NULL;

	if (!first || sscanf(box, "viewBox=\"%*f %*f %lf %lf", &size->wide, &size->high) != 2)
		return NULL;
	return first + 1;
}

static unsigned count_words(const char *marks, size_t *longest)
{
	unsigned n = 0;

	*longest = 0;
	for (; *marks; marks += strspn(marks, " ")) {
		size_t len = strcspn(marks, " ");

		*longest = len > *longest ? len : *longest;
		marks += len;
		n++;
	}
	return n;
}

/* A word in each line, the first at y. */
static void put_words(struct buf *b, const char *marks, double y, double line)
{
	for (; *marks; marks += strspn(marks, " ")) {
		int len = (int)strcspn(marks, " ");

		buf_printf(b, "<tspan x=\"0\" y=\"%.1f\">%.*s</tspan>", y, len, marks);
		marks += len;
		y += line;
	}
}

/* Graphviz has the origin 4 points off the lower left corner. */
static void put_marks(struct buf *b, const char *marks, struct size size, bool dark)
{
	size_t longest;
	unsigned words = count_words(marks, &longest), times = (unsigned)fmax(1, round(size.high / EVERY));
	double letter = fmin(MOST, 1.2 * size.wide / (double)longest), line = 1.3 * letter;

	buf_printf(
		b,
		"<text transform=\"translate(%.1f %.1f)\" text-anchor=\"middle\" font-family=\"DejaVu Sans,"
		"sans-serif\" font-weight=\"bold\" font-size=\"%.1f\" fill=\"%s\">",
		size.wide / 2 - 4, 4 - size.high, letter, dark ? "#62441f" : "#f0cda3");
	for (unsigned i = 0; i < times; i++)
		put_words(b, marks, size.high * (i + 0.5) / times - line * (words / 2.0 - 0.8), line);
	buf_put(b, "</text>\n");
}

void svg_mark(struct buf *b, const char *svg, const char *marks, bool dark)
{
	struct size size;
	const char *place = *marks ? find_place(svg, &size) : NULL;

	if (place) {
		buf_bytes(b, svg, (size_t)(place - svg));
		put_marks(b, marks, size, dark);
		svg = place;
	}
	buf_put(b, svg);
}
