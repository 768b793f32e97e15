/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include "report/fleet.h"
#include "text/grid.h"
#include "util/mem.h"

static void add_row(struct grid *g, const struct fleet_gate *gate, const struct fleet_gate_row *row)
{
	const struct effect *e = &row->fleet.effect;
	char **cell = grid_row(g, true, gate->then->work[row->work].name);

	cell[1] = mem_strdup(gate->then->policy[row->policy]);
	cell[2] = fleet_class_name(row->class);
	cell[3] = mem_printf("%zu of %zu", e->n, row->asked);
	cell[4] =
		isnan(e->low) ? mem_strdup("–") : mem_printf("%.3f [%.3f, %.3f]", e->ratio, e->low, e->high);
	cell[5] = mem_strdup(ruling_name(row->ruling));
}

char *fleet_gate_text(const struct fleet_gate *gate, unsigned width)
{
	static const struct grid_column columns[] = {
		{ "workload", GRID_TEXT, 0 },	{ "policy", GRID_TEXT, 0 },	{ "of", GRID_TEXT, 0 },
		{ "machines", GRID_NUMBER, 0 }, { "now / then", GRID_TEXT, 0 }, { "gate", GRID_TEXT, 0 }
	};
	char *answer = fleet_gate_answer(gate);
	struct buf b = { 0 };
	struct grid g;

	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (size_t i = 0; i < gate->nr; i++)
		add_row(&g, gate, &gate->row[i]);
	grid_text(&b, &g, width);
	grid_free(&g);
	buf_printf(&b, "\n%s", answer);
	for (unsigned i = 0; i < gate->nr_classes; i++)
		buf_printf(&b, "Class %u: %s.\n", i + 1, fleet_gate_class(gate, i));
	free(answer);
	return buf_take_folded(&b, width);
}
