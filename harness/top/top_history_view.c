/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last minutes as sparklines. */
#include <math.h>
#include <stdlib.h>

#include "text/grid.h"
#include "top/top.h"
#include "util/mem.h"

/* Columns of a line beside the sparkline: a name, three numbers, and a blank before each of the others. */
#define NAME_COLUMNS 18
#define NUMBER_COLUMNS 8
#define BESIDE (NAME_COLUMNS + 3 * (1 + NUMBER_COLUMNS) + 1)
#define SPARK_LEAST 8

struct printed {
	const char *name;
	char *(*print)(double value);
};
#define PRINTED(name, words, print) { words, print },
static const struct printed printed[NR_FIGURES] = { TOP_FIGURES(PRINTED) };

static double extreme(const struct top_past *p, enum top_figure figure, double (*of)(double, double))
{
	double value = NAN;

	for (size_t i = 0; i < p->nr; i++)
		value = of(value, p->point[i].value[figure]);
	return value;
}

static void add_figure(struct grid *g, const struct top_data *d, const struct top_spark *how)
{
	const struct printed *p = &printed[how->figure];
	char **cell = grid_row(g, true, p->name);
	const struct top_past *past = &d->past;

	cell[1] = p->print(past->nr ? past->point[past->nr - 1].value[how->figure] : NAN);
	cell[2] = p->print(extreme(past, how->figure, fmin));
	cell[3] = p->print(extreme(past, how->figure, fmax));
	cell[4] = top_spark(past, how);
}

void top_history_table(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = { { "FIGURE", GRID_TEXT, NAME_COLUMNS },
						    { "NOW", GRID_NUMBER, NUMBER_COLUMNS },
						    { "LEAST", GRID_NUMBER, NUMBER_COLUMNS },
						    { "MOST", GRID_NUMBER, NUMBER_COLUMNS },
						    { "UNTIL NOW", GRID_TEXT, 0 } };
	int columns = d->size.columns - BESIDE < SPARK_LEAST ? SPARK_LEAST : d->size.columns - BESIDE;
	const struct top_past *p = &d->past;
	struct top_spark how = { 0, (size_t)columns, d->size.utf8 };
	char *text;

	grid_begin(g, heads, 5);
	for (; how.figure < NR_FIGURES; how.figure++)
		add_figure(g, d, &how);
	if (p->nr < 2)
		return;
	text = mem_printf("%zu looks in %.0f s; a column is %zu of them, blank where nothing is known", p->nr,
			  p->point[p->nr - 1].when_s - p->point[0].when_s, top_spark_looks(p, how.columns));
	grid_row(g, true, text);
	free(text);
}
