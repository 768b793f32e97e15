/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include "report/fleet.h"
#include "text/grid.h"
#include "util/mem.h"

static void add_line(struct grid *g, const struct fleet_line *line)
{
	const struct history_series *s = &line->series;
	const struct history_night *latest = history_latest(s);
	size_t last = latest ? (size_t)(latest - s->night) : s->nr - 1;
	const struct effect *e = &line->fleet[last].effect;
	char **cell = grid_row(g, true, s->workload);

	cell[1] = mem_strdup(s->policy);
	cell[2] = mem_printf("%zu", s->nr);
	cell[3] = history_number(s, history_level(s));
	cell[4] =
		isnan(e->low) ? mem_strdup("–") : mem_printf("%.3f [%.3f, %.3f]", e->ratio, e->low, e->high);
	cell[5] = mem_printf("%zu", e->n);
	cell[6] = mem_strdup(s->night[last].run->id);
	cell[7] = mem_printf("%zu", s->nr_points);
}

char *fleet_nights_text(const struct fleet_nights *n, unsigned width)
{
	static const struct grid_column columns[] = { { "workload", GRID_TEXT, 0 },
						      { "policy", GRID_TEXT, 0 },
						      { "nights", GRID_NUMBER, 0 },
						      { "level", GRID_NUMBER, 0 },
						      { "latest [95 %]", GRID_TEXT, 0 },
						      { "machines", GRID_NUMBER, 0 },
						      { "of", GRID_TEXT, 0 },
						      { "changes", GRID_NUMBER, 0 } };
	char *changes = fleet_nights_changes(n);
	struct buf b = { 0 };
	struct grid g;

	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (size_t i = 0; i < n->nr; i++)
		add_line(&g, &n->line[i]);
	grid_text(&b, &g, width);
	grid_free(&g);
	buf_printf(&b,
		   "\n%sEach night is the fleet's ratio to fair over the machines that ran that day (UTC).\n",
		   changes);
	free(changes);
	return buf_take_folded(&b, width);
}
