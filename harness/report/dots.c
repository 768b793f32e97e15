/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every data point of a workload as a dot, by policy. */
#include <math.h>
#include "report/figure.h"
#include "util/mem.h"

static unsigned put_points(struct buf *dat, const struct compare *c, unsigned work)
{
	unsigned n = 0;

	buf_put(dat, "# policy (from 1), block, value\n");
	for (unsigned p = 0; p < c->nr_policies; p++) {
		const struct cell *cell = compare_cell(c, work, p);

		for (unsigned b = 0; b <= c->nr_blocks; b++) {
			if (isnan(cell->value[b]))
				continue;
			buf_printf(dat, "%u %u %.17g\n", p + 1, b, cell->value[b]);
			n++;
		}
	}
	return n;
}

static void put_medians(struct buf *dat, const struct compare *c, unsigned work)
{
	buf_put(dat, "\n\n# policy, median\n");
	for (unsigned p = 0; p < c->nr_policies; p++)
		if (compare_cell(c, work, p)->valid)
			buf_printf(dat, "%u %.17g\n", p + 1, compare_cell(c, work, p)->median);
}

static char *describe(const struct compare *c, unsigned work)
{
	struct buf alt = { 0 };

	buf_printf(&alt, "Medians of %s in %s:", c->work[work].metric, c->work[work].unit);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		const struct cell *cell = compare_cell(c, work, p);

		buf_printf(&alt, "%s %s ", p ? "," : "", c->run->run.policies[p]);
		buf_number(&alt, cell->median);
	}
	return buf_take(&alt);
}

bool figure_dots(const struct compare *c, unsigned work, struct figure *fig, struct buf *dat, struct buf *gp)
{
	const struct work *w = &c->work[work];

	if (!put_points(dat, c, work))
		return false;
	put_medians(dat, c, work);
	buf_printf(gp, "blocks = %u\nylabel = \"", c->nr_blocks);
	figure_text(gp, w->metric);
	buf_put(gp, ", ");
	figure_text(gp, w->unit);
	buf_put(gp, "\"\n");
	fig->title = mem_printf("%s: every sample", w->name);
	fig->how = mem_printf(
		"A dot is a sample, from left to right in the order of the blocks; the bar is the median. "
		"%s The axis need not start at zero.",
		w->better == BETTER_LOWER    ? "Lower is better."
		: w->better == BETTER_HIGHER ? "Higher is better."
					     : "Neither direction is better.");
	fig->alt = describe(c, work);
	return true;
}
