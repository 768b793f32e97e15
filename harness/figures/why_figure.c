/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The internal figures that moved with a verdict, as small multiples and as a table. */
#include <math.h>
#include <stdlib.h>
#include "figures/figure.h"
#include "figures/why_table.h"
#include "judge/why.h"
#include "text/buf.h"
#include "util/mem.h"

/* More can't be read in one picture; the table has them all. */
#define MAX_PANELS 12
#define PANELS_A_ROW 3 /* as plots/why.gp draws them; one where the picture is narrow */

static void put_median(struct buf *dat, unsigned policy, const struct interval *median)
{
	buf_printf(dat, "%u %.9g", policy + 1, median->value);
	if (isnan(median->low))
		buf_put(dat, " NaN NaN\n");
	else
		buf_printf(dat, " %.9g %.9g\n", median->low, median->high);
}

/* Which of how many. */
struct place {
	unsigned panel, of;
};

/* Its title, and its axis as panelN. */
static void put_axis(struct buf *gp, const struct inner *inner, struct place at, struct span values)
{
	char *name = mem_printf("panel%u", at.panel);
	struct axis axis = { .name = name,
			     .unit = inner->unit,
			     .span = span_around(values.from, values.to, 0.08),
			     .wide = 48 / (at.of < PANELS_A_ROW ? at.of : PANELS_A_ROW),
			     .narrow = 20 };
	char *unit = axis_linear(gp, &axis);

	buf_printf(gp, "Panel[%u] = \"%s%s%s\"\n", at.panel, inner->name, *unit ? ", " : "", unit);
	free(unit);
	free(name);
}

static void put_panel(struct drawing *d, const struct compare *c, const struct inner *inner, struct place at)
{
	struct span values = { INFINITY, -INFINITY };

	buf_printf(&d->dat, "# %s, %s: policy (from 1), median, low, high (95 %%)\n1 NaN NaN NaN\n",
		   inner->name, inner->unit);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct interval median = why_median(c, &inner->cell[p]);

		if (isnan(median.value))
			continue;
		put_median(&d->dat, p, &median);
		values.from = fmin(values.from, fmin(median.value, median.low)); /* fmin() passes NAN by */
		values.to = fmax(values.to, fmax(median.value, median.high));
	}
	buf_put(&d->dat, "\n\n");
	put_axis(&d->gp, inner, at, values);
}

static unsigned count_panels(const struct why *w)
{
	unsigned n = 0;

	for (unsigned i = 0; i < w->nr; i++)
		n += why_inner_moved(w, i);
	return n < MAX_PANELS ? n : MAX_PANELS;
}

/* Returns how many. */
static unsigned put_panels(struct drawing *d, const struct compare *c, const struct why *w)
{
	unsigned n = count_panels(w), panel = 0, high = 160 + 36 * (c->nr_policies < 3 ? 3 : c->nr_policies);

	if (!n)
		return 0;
	buf_printf(&d->gp, "array Panel[%u]\n", n);
	for (unsigned i = 0; i < w->nr && panel < n; i++)
		if (why_inner_moved(w, i))
			put_panel(d, c, &w->inner[i], (struct place){ ++panel, n });
	figure_height(&d->gp, 30 + (n + PANELS_A_ROW - 1) / PANELS_A_ROW * high, 30 + n * high);
	return n;
}

static void put_alt(struct buf *alt, const struct compare *c, const struct why *w)
{
	buf_put(alt, "Ratios of internal figures:");
	for (size_t i = 0; i < w->nr_moves; i++)
		if (why_moved(&w->move[i]))
			buf_printf(alt, " %s %s %.3f of %s's;", c->run->run.policies[w->move[i].policy],
				   w->inner[w->move[i].inner].name, w->move[i].effect.ratio,
				   c->run->run.policies[w->move[i].against]);
}

static unsigned count_moved(const struct why *w)
{
	unsigned n = 0;

	for (size_t i = 0; i < w->nr_moves; i++)
		n += why_moved(&w->move[i]);
	return n;
}

bool figure_why(const struct compare *c, unsigned work, struct drawing *d)
{
	struct why w;
	unsigned panels;
	char *head;

	if (!why_asked(c, work))
		return false;
	why_make(c, work, &w);
	head = figure_head_of(c, work);
	d->head = mem_printf("what moved with %s", head);
	free(head);
	panels = put_panels(d, c, &w);
	put_alt(&d->alt, c, &w);
	why_table(&d->table, c, work, &w);
	d->title = mem_printf("%s: what moved with it", c->work[work].name);
	d->how = mem_printf("Each panel shows an internal figure: a mark is its median under a policy, "
			    "the line the 95 %% interval. Of %zu comparisons with %s, or with another "
			    "policy where it has no such figure, %u moved with a verdict%s.",
			    w.nr_moves, compare_baseline_label(c), count_moved(&w),
			    panels == MAX_PANELS ? "; the picture has the first twelve figures" : "");
	why_free(&w);
	return panels;
}
