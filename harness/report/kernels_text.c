/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/kernels.h"

#include <math.h>
#include <stdlib.h>
#include "judge/caption.h"
#include "report/section.h"
#include "text/buf.h"
#include "text/grid.h"
#include "util/mem.h"

void kernels_cost(const struct kernels *k, struct kernel_place at, char **value, char **ratio)
{
	double median = kernels_median(k, at);
	struct kernel_place to;
	struct buf b = { 0 };
	bool here;

	*value = *ratio = NULL;
	if (isnan(median))
		return;
	buf_fixed(&b, median, 0);
	*value = buf_take(&b);
	if (!kernels_against(k, at, &to))
		return;
	here = to.run == at.run;
	*ratio = mem_printf("%.3f of fair %s%s", kernels_ratio(k, at, to), here ? "here" : "of ",
			    here ? "" : k->label[to.run]);
}

static char *cost_text(const struct kernels *k, struct kernel_place at)
{
	char *value, *ratio, *text;

	kernels_cost(k, at, &value, &ratio);
	text = mem_printf("%s%s%s%s", value ? value : "-", ratio ? " (" : "", ratio ? ratio : "",
			  ratio ? ")" : "");
	free(value);
	free(ratio);
	return text;
}

static char *judged_text(const struct kernels *k, struct kernel_place at)
{
	const struct work *row;
	const struct cell *cell = kernels_cell(k, at, &row);
	const struct compare *c = &k->compare[at.run];

	if (!cell)
		return mem_strdup(kernels_why(k, at) ? "left out" : "not run");
	return section_cell_text(c, (unsigned)(row - c->work), (unsigned)(cell - c->cell) % c->nr_policies);
}

static void put_table(struct buf *b, const struct kernels *k, unsigned width,
		      char *(*cell)(const struct kernels *k, struct kernel_place at))
{
	struct grid g;

	grid_begin(&g, &(struct grid_column){ .head = "Linux" }, 1);
	for (unsigned i = 0; i < k->nr_runs; i++)
		grid_column(&g, k->label[i], GRID_TEXT);
	for (unsigned w = 0; w < k->nr_works; w++) {
		char *title = mem_printf("%s %s%s%s", k->work[w].name, k->work[w].metric,
					 *k->work[w].unit ? ", " : "", k->work[w].unit);

		grid_row(&g, true, title);
		free(title);
		for (unsigned p = 0; p < k->nr_policies; p++) {
			char **cells = grid_row(&g, false, k->policy[p]);

			for (unsigned i = 0; i < k->nr_runs; i++)
				cells[i + 1] = cell(k, (struct kernel_place){ i, w, p });
		}
	}
	grid_text(b, &g, width);
	grid_free(&g);
}

static void put_answers(struct buf *b, const struct kernels *k)
{
	for (unsigned i = 0; i < k->nr_runs; i++) {
		char *answer = kernels_answer(k, i), *notes = kernels_notes(k, i);

		buf_printf(b, "%s\n%s", answer, notes);
		free(notes);
		free(answer);
	}
}

char *kernels_text(const struct kernels_view *v, unsigned width)
{
	const char *warning = v->measured.nr_runs ? caption_warning(&v->measured.run[0].run) : NULL;
	struct buf b = { 0 };

	if (v->measured.nr_runs) {
		buf_put(&b, "Ratio to the fair of the same kernel:\n\n");
		put_table(&b, &v->measured, width, judged_text);
		buf_put(&b, "\n");
		put_answers(&b, &v->measured);
		buf_printf(&b, "%s%s", warning ? warning : "", warning ? "\n" : "");
	}
	if (v->counted.nr_runs) {
		buf_printf(
			&b,
			"%sInstructions an operation, counted exactly, which may be compared from kernel to "
			"kernel:\n\n",
			v->measured.nr_runs ? "\n" : "");
		put_table(&b, &v->counted, width, cost_text);
		if (!v->measured.nr_runs)
			put_answers(&b, &v->counted);
	}
	for (const char *const *why = v->without; why && *why; why++)
		buf_printf(&b, "%s\n", *why);
	return buf_take_folded(&b, width);
}
