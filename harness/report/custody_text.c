/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Custody runs side by side in a terminal: one column per ledger, with the kernels of a policy together. */
#include <stdlib.h>
#include "report/report.h"
#include "judge/ledgers.h"
#include "report/ledger_rows.h"
#include "text/buf.h"
#include "util/mem.h"

static void put_heads(struct grid *g, const struct ledgers *s)
{
	char **cells;

	grid_begin(g, &(struct grid_column){ .head = "policy" }, 1);
	for (unsigned i = 0; i < s->nr_policies * s->nr_runs; i++)
		grid_column(g, s->ledger[i].title, GRID_NUMBER);
	cells = grid_row(g, true, "kernel");
	for (unsigned i = 0; i < s->nr_policies * s->nr_runs; i++)
		cells[i + 1] = mem_strdup(s->label[i % s->nr_runs]);
}

static void put_table(struct buf *b, const struct ledgers *s, unsigned width)
{
	unsigned nr = s->nr_policies * s->nr_runs;
	struct grid g;

	put_heads(&g, s);
	state_row(&g, s->ledger, nr);
	ledger_rows(&g, s->ledger, nr);
	storm_rows(&g, s->ledger, nr);
	grid_text(b, &g, width);
	grid_free(&g);
}

char *report_custody_text(const struct store_run *run, size_t nr, unsigned width)
{
	struct buf b = { 0 };
	struct ledgers s;

	ledgers_make(run, nr, &s);
	put_table(&b, &s, width);
	buf_put(&b, "\n");
	for (unsigned i = 0; i < s.nr_runs; i++) {
		char *answer = ledgers_answer(&s, i), *notes = ledgers_notes(&s, i);

		buf_printf(&b, "%s\n%s", answer, notes);
		free(notes);
		free(answer);
	}
	buf_put(&b, "NUMA balancing does not apply to ext tasks: the kernel scans only tasks of the fair "
		    "class.\n");
	ledgers_free(&s);
	return buf_take_folded(&b, width);
}
