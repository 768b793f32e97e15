/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The comparison in a terminal: a workload a line, a policy a column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "report/buf.h"
#include "report/compare.h"
#include "report/report.h"
#include "util/mem.h"
#include "util/utf8.h"

/* Columns that text takes: bytes that begin a UTF-8 character. */
static int width(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

/* Control bytes of a name must not reach the terminal; keep is one that may, or 0. */
static char *printable(const char *name, char keep)
{
	char *clean = utf8_clean(name);

	for (char *s = clean; *s; s++)
		if (((unsigned char)*s < ' ' && *s != keep) || *s == 127)
			*s = '?';
	return clean;
}

static char *cell_text(const struct compare *c, unsigned work, unsigned policy)
{
	static const char *const words[] = { "", " better", " worse" };
	const struct cell *cell = compare_cell(c, work, policy);
	const char *word = words[cell_side(&c->work[work], cell)];
	struct buf b = { 0 };

	if ((int)policy == c->fair)
		buf_put(&b, cell->valid ? "1" : "-");
	else if (!cell->ratio.n)
		buf_put(&b, "-");
	else if (cell_has_interval(cell))
		buf_printf(&b, "%.3f [%.3f, %.3f]%s", cell->ratio.ratio, cell->ratio.low, cell->ratio.high,
			   cell_settled(cell) ? word : "");
	else
		buf_printf(&b, "%.3f", cell->ratio.ratio);
	if (cell_taken(cell) > cell->valid)
		buf_printf(&b, " (%u of %u missing)", cell_taken(cell) - cell->valid, cell_taken(cell));
	return buf_take(&b);
}

/* A table of rows * columns texts; all but the first column flush left, two spaces apart. */
static void put_table(struct buf *b, char **text, unsigned rows, unsigned columns)
{
	int *wide = mem_zalloc(columns, sizeof(*wide));

	for (unsigned i = 0; i < rows * columns; i++)
		if (wide[i % columns] < width(text[i]))
			wide[i % columns] = width(text[i]);
	for (unsigned i = 0; i < rows * columns; i++) {
		bool last = i % columns == columns - 1;

		buf_printf(b, "%s%*s", text[i], last ? 0 : wide[i % columns] + 2 - width(text[i]),
			   last ? "\n" : "");
	}
	free(wide);
}

static char *row_name(const struct work *w)
{
	char *name = printable(w->name, 0), *metric = printable(w->metric, 0);
	char *row = mem_printf("%s %s", name, metric);

	free(name);
	free(metric);
	return row;
}

static void put_matrix(struct buf *b, const struct compare *c)
{
	unsigned rows = c->nr_works + 1, columns = c->nr_policies + 1;
	char **text = mem_zalloc(rows * columns, sizeof(*text));

	text[0] = mem_strdup("ratio to fair");
	for (unsigned p = 0; p < c->nr_policies; p++)
		text[p + 1] = printable(c->run->run.policies[p], 0);
	for (unsigned w = 0; w < c->nr_works; w++) {
		text[(w + 1) * columns] = row_name(&c->work[w]);
		for (unsigned p = 0; p < c->nr_policies; p++)
			text[(w + 1) * columns + p + 1] = cell_text(c, w, p);
	}
	put_table(b, text, rows, columns);
	for (unsigned i = 0; i < rows * columns; i++)
		free(text[i]);
	free(text);
}

int report_text(const struct store_run *run, char **text)
{
	struct compare c;
	struct buf b = { 0 };
	char *answer, *clean;

	compare_make(run, &c);
	put_matrix(&b, &c);
	answer = compare_answer(&c);
	clean = printable(answer, '\n');
	buf_printf(&b, "\n%s\n", clean);
	if (run->run.emulated)
		buf_put(&b, "Measured under emulation: ratios only, never speed.\n");
	free(clean);
	free(answer);
	compare_free(&c);
	*text = buf_take(&b);
	return 0;
}
