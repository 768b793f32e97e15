/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/fleet.h"

#include <math.h>
#include <stdlib.h>
#include "judge/caption.h"
#include "record/env_key.h"
#include "text/buf.h"
#include "text/grid.h"
#include "util/mem.h"

static void add_part(struct grid *g, const struct fleet_view *f, unsigned work, const struct fleet_part *part)
{
	char **cell = grid_cells(g, g->rows - 1);

	cell[1] = mem_printf("%zu", part->fleet.effect.n);
	cell[2] = fleet_effect(part);
	cell[3] = fleet_next(&part->fleet);
	cell[4] = fleet_between(&part->fleet);
	cell[6] = fleet_word(f, work, part);
}

static void add_cell(struct grid *g, const struct fleet_view *f, unsigned work, unsigned policy)
{
	const struct fleet_cell *cell = fleet_cell(f, work, policy);

	grid_row(g, false, f->policy[policy]);
	add_part(g, f, work, &cell->all);
	grid_cells(g, g->rows - 1)[5] = fleet_without_one(cell);
	for (unsigned i = 0; f->members->nr_classes > 1 && i < f->members->nr_classes; i++) {
		char *label = mem_printf("  class %u", i + 1);

		grid_row(g, false, label);
		free(label);
		add_part(g, f, work, &cell->class[i]);
	}
}

static void put_cells(struct buf *b, const struct fleet_view *f, unsigned width)
{
	static const struct grid_column columns[] = {
		{ "ratio to fair", GRID_TEXT, 0 }, { "machines", GRID_NUMBER, 0 },
		{ "fleet [95 %]", GRID_TEXT, 0 },  { "another machine", GRID_TEXT, 0 },
		{ "lie apart", GRID_NUMBER, 0 },   { "without any one", GRID_TEXT, 0 },
		{ "verdict", GRID_TEXT, 0 }
	};
	struct grid g;

	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (unsigned w = 0; w < f->nr_works; w++) {
		const struct fleet_work *work = &f->work[w];
		char *title = mem_printf("%s %s%s%s", work->name, work->metric, *work->unit ? ", " : "",
					 work->unit);

		grid_row(&g, true, title);
		free(title);
		for (unsigned p = 0; p < f->nr_policies; p++)
			add_cell(&g, f, w, p);
	}
	grid_text(b, &g, width);
	grid_free(&g);
}

static void put_classes(struct buf *b, const struct members *m)
{
	for (unsigned i = 0; i < m->nr_classes; i++)
		buf_printf(b, "Class %u: %u machine%s, %s.\n", i + 1, m->size[i], m->size[i] == 1 ? "" : "s",
			   m->class[i]);
}

static void add_machine(struct grid *g, const struct fleet_view *f, size_t i)
{
	const struct member *m = &f->members->member[i];
	const char *kernel = run_env_known(&m->run, ENV_KERNEL);
	char *name = member_name(m), **cell = grid_row(g, true, name);
	unsigned ok = 0, due = 0, strays = 0;

	for (unsigned c = 0; c < f->nr_works * f->nr_policies; c++) {
		ok += f->cell[c].one[i].ok;
		due += f->cell[c].one[i].due;
		strays += fleet_strays(&f->cell[c].one[i]);
	}
	cell[1] = mem_printf("%u", m->class + 1);
	cell[2] = mem_strdup(kernel ? kernel : "-");
	cell[3] = mem_strdup(m->run.id);
	cell[4] = mem_printf("%u of %u", ok, due);
	cell[5] = mem_printf(strays ? "%u" : "-", strays);
	free(name);
}

static void put_machines(struct buf *b, const struct fleet_view *f, unsigned width)
{
	static const struct grid_column columns[] = {
		{ "machine", GRID_TEXT, 0 }, { "class", GRID_NUMBER, 0 },   { "kernel", GRID_TEXT, 0 },
		{ "run", GRID_TEXT, 0 },     { "samples", GRID_NUMBER, 0 }, { "disagrees", GRID_NUMBER, 0 }
	};
	struct grid g;

	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (size_t i = 0; i < f->members->nr; i++)
		add_machine(&g, f, i);
	grid_text(b, &g, width);
	grid_free(&g);
}

char *fleet_text(const struct fleet_view *f, unsigned width)
{
	const char *warning = caption_warning(&f->members->member[0].run);
	char *answer = fleet_answer(f);
	struct buf b = { 0 };

	put_cells(&b, f, width);
	buf_printf(&b, "\n%s", answer);
	buf_printf(&b, "%s%s", warning ? warning : "", warning ? "\n" : "");
	put_classes(&b, f->members);
	buf_put(&b, "\n");
	put_machines(&b, f, width);
	free(answer);
	return buf_take_folded(&b, width);
}
