/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate's ruling in sentences. */
#include <math.h>
#include <stdlib.h>
#include "judge/fleet_gate.h"
#include "text/buf.h"

static void put_row(struct buf *b, const struct fleet_gate *g, const struct fleet_gate_row *row)
{
	const struct effect *e = &row->fleet.effect;
	char *class = fleet_class_name(row->class);

	buf_printf(b, "%s under %s on %s: %s, %s", g->then->work[row->work].name,
		   g->then->policy[row->policy], class, ruling_name(row->ruling), row->why);
	if (!isnan(e->low))
		buf_printf(b, "; now is %.3f of then [%.3f, %.3f]", e->ratio, e->low, e->high);
	buf_put(b, ".\n");
	free(class);
}

char *fleet_gate_answer(const struct fleet_gate *g)
{
	struct buf b = { 0 };

	buf_printf(&b, "%s: %u of %zu comparisons pass, each at most %.3g %% worse than its baseline.\n",
		   fleet_gate_word(g), g->count[RULING_PASS], g->nr, 100 * g->threshold);
	for (int ruling = NR_RULING - 1; ruling > RULING_PASS; ruling--)
		for (size_t i = 0; i < g->nr; i++)
			if (g->row[i].ruling == (enum ruling)ruling)
				put_row(&b, g, &g->row[i]);
	return buf_take(&b);
}
