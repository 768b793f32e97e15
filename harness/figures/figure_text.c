/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in a picture, and the room that it takes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/figure.h"
#include "util/mem.h"

void figure_text(struct buf *b, const char *text)
{
	for (; *text; text++) {
		bool plain = *text > ' ' && *text < 127 && !strchr("\"'\\`$%/{}", *text);

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

const char *figure_unit(const struct compare *c, unsigned work)
{
	return scale_of(c->work[work].unit, figure_values(c, work).to).unit;
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
