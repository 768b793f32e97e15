/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The result for a person. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bisect/bisect.h"
#include "text/buf.h"
#include "text/grid.h"
#include "util/mem.h"

#define SHOWN 10 /* commits that are left */

static char *ratio_text(const struct entry *e)
{
	if (!e->blocks || isnan(e->ratio))
		return NULL;
	return isnan(e->low) ? mem_printf("%.3f", e->ratio)
			     : mem_printf("%.3f [%.3f, %.3f]", e->ratio, e->low, e->high);
}

static const char *said_of(const struct entry *e)
{
	return e->turn == TURN_GOOD	   ? "like GOOD"
	       : e->turn == TURN_BAD	   ? "like BAD"
	       : e->kind == ENTRY_MEASURED ? "undecided"
	       : e->kind == ENTRY_UNBUILT  ? "skipped, can't be built"
					   : "skipped";
}

static void put_row(struct grid *g, const struct entry *e, const char *said)
{
	char *hash = mem_printf("%.12s", e->hash), **cell = grid_row(g, false, hash);

	cell[1] = e->blocks ? mem_printf("%u", e->blocks) : NULL;
	cell[2] = ratio_text(e);
	cell[3] = e->why ? mem_printf("%s: %s", said, e->why) : mem_strdup(said);
	free(hash);
}

static void put_table(struct buf *out, const struct bisect *b, unsigned width)
{
	static const struct grid_column columns[] = { { "commit", GRID_TEXT, 0 },
						      { "blocks", GRID_NUMBER, 0 },
						      { "ratio to GOOD", GRID_NUMBER, 0 },
						      { "", GRID_PROSE, 0 } };
	struct entry good = { .ratio = NAN };
	struct grid g;

	grid_begin(&g, columns, 4);
	snprintf(good.hash, sizeof(good.hash), "%s", b->job.good);
	put_row(&g, &good, "GOOD");
	put_row(&g, &b->ends, "BAD");
	for (size_t i = 0; i < b->nr_entries; i++)
		put_row(&g, &b->entry[i], said_of(&b->entry[i]));
	grid_text(out, &g, width);
	grid_free(&g);
}

static void put_left(struct buf *out, const struct bisect *b)
{
	unsigned nr = 0;

	for (char **hash = b->left; hash && *hash; hash++, nr++)
		if (nr < SHOWN)
			buf_printf(out, "    %.12s\n", *hash);
	if (nr > SHOWN)
		buf_printf(out, "    and %u more, which --json lists\n", nr - SHOWN);
}

static void put_found(struct buf *out, const struct bisect *b)
{
	const struct entry *f = &b->found;

	buf_printf(out, "%s is the first bad commit.\n    %s, %s\n    %s\n", b->bad, b->about.author,
		   b->about.date, b->about.subject);
	if (f->why)
		buf_printf(out, "Its parent %.12s can't be built: %s.\n", b->parent, f->why);
	else if (isnan(f->low))
		buf_printf(out, "Beside its parent %.12s it was not measured often enough for an interval.\n",
			   b->parent);
	else
		buf_printf(
			out,
			"%s is %.3f times that of its parent %.12s (95 %% interval %.3f to %.3f, %u blocks).\n",
			b->metric, f->ratio, b->parent, f->low, f->high, f->blocks);
	buf_printf(out,
		   "The chance that a turn was wrong is at most %g %%, if one commit made the difference.\n",
		   100 * b->job.risk);
}

static void put_end(struct buf *out, const struct bisect *b)
{
	const char *what = b->end == END_OPEN
				   ? "The last commit was not decided within its blocks: give more --blocks"
				   : "What is left can't be built or measured";

	switch (b->end) {
	case END_FOUND:
		put_found(out, b);
		break;
	case END_NO_DIFFERENCE:
		buf_put(out, "No difference between GOOD and BAD could be shown: nothing to bisect.\n");
		break;
	default:
		buf_printf(out, "%s. The first bad commit is one of these:\n", what);
		put_left(out, b);
	}
}

char *bisect_text(const struct bisect *b, unsigned width)
{
	struct buf out = { 0 };

	buf_printf(&out, "bisection %s: %u commits, %s of %s\n\n", b->job.id, b->commits,
		   b->metric ? b->metric : "the primary metric", b->job.workload);
	put_table(&out, b, width);
	buf_put(&out, "\n");
	put_end(&out, b);
	if (b->emulated)
		buf_put(&out, "All of it was measured under emulation: believe a ratio from bare metal.\n");
	return buf_take_printable(&out);
}
