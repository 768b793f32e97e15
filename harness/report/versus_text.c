/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides in a terminal: one group per metric, one line per policy. */
#include "report/terminal.h"
#include "report/versus_words.h"
#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "text/grid.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

#define CUT 44	 /* columns that a value of the environment may take */
#define BEFORE 8 /* of these, columns before the first byte that differs */

static size_t common(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

static bool inside(const char *text, size_t at)
{
	return at && (text[at] & 0xc0) == 0x80;
}

/* The part of value that differs from other, without half a character. */
static char *short_value(const char *value, const char *other)
{
	char *text = utf8_printable(value, 0), *cut;
	size_t begin = common(value, other), end;

	if (strlen(text) <= CUT)
		return text;
	for (begin = begin > BEFORE + 3 ? begin - BEFORE : 0; inside(text, begin); begin--)
		;
	for (end = begin + CUT < strlen(text) ? begin + CUT : strlen(text); inside(text, end); end--)
		;
	cut = mem_printf("%s%.*s%s", begin ? "..." : "", (int)(end - begin), text + begin,
			 text[end] ? "..." : "");
	free(text);
	return cut;
}

void differences_put(struct buf *b, const struct differences *d, unsigned width)
{
	static const struct grid_column heads[] = { { "differs", GRID_TEXT, 0 },
						    { "A", GRID_TEXT, 0 },
						    { "B", GRID_TEXT, 0 } };
	struct grid g;
	char **cells;

	if (!d->nr)
		return;
	grid_begin(&g, heads, 3);
	for (size_t i = 0; i < d->nr; i++) {
		cells = grid_row(&g, false, d->item[i].key);
		cells[1] = short_value(d->item[i].a, d->item[i].b);
		cells[2] = short_value(d->item[i].b, d->item[i].a);
	}
	grid_text(b, &g, width);
	grid_free(&g);
}

static void put_work(struct grid *g, const struct work *work)
{
	char *label = mem_printf("%s %s%s%s%s", work->name, work->metric, *work->unit ? ", " : "", work->unit,
				 work->better == BETTER_LOWER	 ? ", lower is better"
				 : work->better == BETTER_HIGHER ? ", higher is better"
								 : "");

	grid_row(g, true, label);
	free(label);
}

static void put_row(struct grid *g, const struct versus_row *row, size_t nights)
{
	bool two = strcmp(row->policy_a, row->policy_b);
	char *label = two ? mem_printf("%s, %s", row->policy_a, row->policy_b) : mem_strdup(row->policy_a);
	char **cells = grid_row(g, false, label);

	cells[1] = versus_middle(row, &row->a);
	cells[2] = versus_middle(row, &row->b);
	cells[3] = versus_effect(row);
	cells[4] = versus_word(row);
	cells[5] = versus_p(row);
	cells[6] = versus_size(row, nights);
	free(label);
}

static void begin_columns(struct grid *g, const char *a, const char *b)
{
	const char *const heads[] = { a, b, "B / A", "verdict", "p", "n" };

	grid_begin(g, &(struct grid_column){ "", GRID_TEXT, 0 }, 1);
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		grid_column(g, heads[i], GRID_TEXT);
}

static void put_rows(struct buf *b, const struct versus_view *view, unsigned width)
{
	const struct versus *v = view->v;
	const struct work *last = NULL;
	char *head_a = versus_side_head(view, "A"), *head_b = versus_side_head(view, "B");
	struct grid g;

	begin_columns(&g, head_a, head_b);
	for (size_t i = 0; i < v->nr; i++) {
		const struct work *work = v->row[i].work;

		if (!versus_both(&v->row[i]))
			continue;
		if (!last || strcmp(last->name, work->name) || strcmp(last->metric, work->metric))
			put_work(&g, work);
		put_row(&g, &v->row[i], view->spec->nr_a);
		last = work;
	}
	grid_text(b, &g, width);
	grid_free(&g);
	free(head_a);
	free(head_b);
}

static void put_side(struct buf *b, const char *letter, const char *name, const struct compare *c)
{
	const char *kernel = run_env(&c->run->run, ENV_KERNEL);

	buf_printf(b, "%s: %s, plan %s, kernel %s%s\n", letter, name, c->run->run.plan,
		   kernel ? kernel : "absent", compare_is_partial(c) ? ", INTERIM: it has not ended" : "");
}

char *versus_text(const struct versus_view *view, unsigned width)
{
	const struct differences *d = view->differences;
	struct buf b = { 0 };

	put_side(&b, "A", view->name_a, view->spec->a);
	put_side(&b, "B", view->name_b, view->spec->b);
	differences_put(&b, d, width);
	for (size_t i = 0; i < d->nr_reasons; i++)
		buf_printf(&b, "NOT COMPARABLE: %s: no verdicts.\n", d->reason[i]);
	buf_put(&b, "\n");
	put_rows(&b, view, width);
	versus_notes(&b, view->v);
	buf_put(&b, "\n");
	versus_alone(&b, view->v, true);
	versus_alone(&b, view->v, false);
	if (!d->nr_reasons)
		versus_findings(&b, view);
	versus_how(&b, view);
	return buf_take_folded(&b, width);
}
