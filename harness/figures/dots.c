/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every data point of a workload as a dot, by policy, with the median and its interval. */
#include <math.h>
#include <stdlib.h>
#include "figures/figure.h"
#include "figures/strip.h"
#include "text/table.h"
#include "text/buf.h"
#include "util/mem.h"

/* Returns how many. */
static unsigned put_points(struct drawing *d, const struct compare *c, unsigned work)
{
	unsigned n = 0;

	buf_put(&d->dat, "# policy (from 1), block, value\n");
	for (unsigned p = 0; p < c->nr_policies; p++) {
		const struct cell *cell = compare_cell(c, work, p);

		for (unsigned b = 0; b <= c->nr_blocks; b++) {
			if (isnan(cell->value[b]))
				continue;
			buf_printf(&d->dat, "%u %u %.17g\n", p + 1, b, cell->value[b]);
			n++;
		}
	}
	return n;
}

static void put_axis(struct buf *gp, const struct compare *c, unsigned work)
{
	const struct work *w = &c->work[work];
	struct axis axis = { .name = "x", .unit = w->unit, .span = figure_values(c, work) };
	char *unit;

	figure_room(&axis, c, 0.97, 0.94);
	unit = axis_linear(gp, &axis);
	figure_label(gp, w->metric, unit);
	free(unit);
}

/* The values without gaps: the caller's to free; returns how many. */
static size_t values_of(const struct compare *c, const struct cell *cell, double **value)
{
	size_t n = 0;

	*value = mem_zalloc(c->nr_blocks + 1, sizeof(**value));
	for (unsigned b = 0; b <= c->nr_blocks; b++)
		if (!isnan(cell->value[b]))
			(*value)[n++] = cell->value[b];
	return n;
}

static void put_ends(struct buf *b, const double *x, size_t n)
{
	double least = INFINITY, most = -INFINITY;

	for (size_t i = 0; i < n; i++) {
		least = fmin(least, x[i]);
		most = fmax(most, x[i]);
	}
	buf_put(b, "</td><td>");
	buf_number(b, least);
	buf_put(b, "</td><td>");
	buf_number(b, most);
}

/* Every data point, on an axis that all policies of the workload share. */
static void put_strip(struct buf *b, const struct compare *c, unsigned work, unsigned policy)
{
	struct point *point;
	struct interval median;
	double *x;
	size_t n = values_of(c, compare_cell(c, work, policy), &x);
	struct strip_dots d = { .nr = { points_of_cell(c, work, policy, &point) },
				.span = figure_values(c, work),
				.middle = &median,
				.unit = c->work[work].unit };

	d.lane[0] = point;
	median = stats_median_interval(x, n);
	buf_put(b, "</th><td class=\"dots\">");
	strip_dots(b, &d);
	free(point);
	free(x);
}

static void put_numbers(struct buf *b, const double *x, size_t n)
{
	struct interval median = stats_median_interval(x, n);

	buf_printf(b, "</td><td>%zu</td><td>", n);
	if (n) {
		buf_number(b, median.value);
		figure_interval(b, &median);
		put_ends(b, x, n);
	} else {
		buf_put(b, "–</td><td>–</td><td>–");
	}
	buf_put(b, "</td></tr>\n");
}

static void put_alt(struct buf *b, const char *policy, const struct interval *median)
{
	buf_printf(b, " %s ", policy);
	buf_number(b, median->value);
	figure_interval(b, median);
	buf_put(b, ";");
}

static void put_policy(struct drawing *d, const struct compare *c, unsigned work, unsigned policy)
{
	const char *name = c->run->run.policies[policy];
	double *x;
	size_t n = values_of(c, compare_cell(c, work, policy), &x);
	struct interval median = stats_median_interval(x, n);

	buf_put(&d->table, "<tr><th scope=\"row\">");
	buf_html(&d->table, name);
	put_strip(&d->table, c, work, policy);
	put_numbers(&d->table, x, n);
	if (n) {
		buf_printf(&d->dat, "%u %.17g", policy + 1, median.value);
		if (isnan(median.low))
			buf_put(&d->dat, " NaN NaN\n");
		else
			buf_printf(&d->dat, " %.17g %.17g\n", median.low, median.high);
		put_alt(&d->alt, name, &median);
	}
	free(x);
}

/* "all, from 9.8 to 13.2"; the caller's to free. */
static char *axis_words(const struct compare *c, unsigned work)
{
	struct span s = figure_values(c, work);
	struct buf b = { 0 };

	buf_put(&b, "all, from ");
	buf_number(&b, s.from);
	buf_put(&b, " to ");
	buf_number(&b, s.to);
	return buf_take(&b);
}

static void begin_table(struct drawing *d, const struct compare *c, unsigned work)
{
	const struct work *w = &c->work[work];
	char *dots = axis_words(c, work), *caption = mem_printf("%s in %s", w->metric, w->unit);
	char *const heads[] = { dots, "data points", "median [95 % interval]", "least", "most", NULL };

	table_begin(&d->table, caption);
	table_head(&d->table, "policy", heads);
	free(caption);
	free(dots);
}

bool figure_dots(const struct compare *c, unsigned work, struct drawing *d)
{
	const struct work *w = &c->work[work];

	if (!put_points(d, c, work))
		return false;
	buf_put(&d->dat, "\n\n# policy, median, low, high (95 %)\n");
	buf_printf(&d->alt, "Medians of %s in %s:", w->metric, w->unit);
	begin_table(d, c, work);
	for (unsigned p = 0; p < c->nr_policies; p++)
		put_policy(d, c, work, p);
	table_end(&d->table);
	d->strips = true;
	buf_printf(&d->gp, "blocks = %u\n", c->nr_blocks);
	figure_rows(&d->gp, c->nr_policies);
	put_axis(&d->gp, c, work);
	d->head = figure_head_of(c, work);
	d->title = mem_strdup("Every sample");
	d->how = mem_strdup(
		"Each dot is a sample, from top to bottom in the order of the blocks; where they are few, each "
		"says its number, block, value and log. The upright line is the policy's median, the "
		"band around it the median's 95 % interval, from 6 samples on.");
	return true;
}
