/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides in a terminal: one group per metric, one line per policy. */
#include "record/role.h"
#include "judge/caption.h"
#include "report/terminal.h"
#include <math.h>
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

static char *middle(const struct versus_row *row, const struct side *side)
{
	struct buf b = { 0 };

	if (extent_known(&side->extent))
		return extent_text(&side->extent, false, "");
	if (isnan(side->middle))
		return mem_strdup("-");
	if (row->basis == BASIS_FAIR)
		return mem_printf("%.3f", side->middle);
	buf_number(&b, side->middle);
	buf_printf(&b, " %s", row->work->unit);
	return buf_take(&b);
}

static char *p_text(const struct versus_row *row)
{
	if (isnan(row->judgement.adjusted))
		return mem_strdup("-");
	return row->judgement.adjusted < 0.0001 ? mem_strdup("<0.0001")
						: mem_printf("%.4f", row->judgement.adjusted);
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

	cells[1] = middle(row, &row->a);
	cells[2] = middle(row, &row->b);
	cells[3] = versus_effect(row);
	cells[4] = versus_word(row);
	cells[5] = p_text(row);
	cells[6] = versus_size(row, nights);
	free(label);
}

/* "A / its fair" where both are ratios; the caller's to free after the grid. */
static char *side_head(const struct versus_view *view, const char *side, bool ratios)
{
	return ratios ? mem_printf("%s / its %s", side, compare_baseline_label(view->spec->b))
		      : mem_strdup(side);
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
	enum basis basis = BASIS_VALUES;
	char *head_a, *head_b;
	struct grid g;

	for (size_t i = 0; i < v->nr; i++)
		if (v->row[i].basis != BASIS_VALUES)
			basis = v->row[i].basis;
	head_a = side_head(view, "A", basis == BASIS_FAIR);
	head_b = side_head(view, "B", basis == BASIS_FAIR);
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

static void put_sentence(struct buf *b, const struct versus_row *row, const char *baseline)
{
	bool blocks = row->basis == BASIS_BLOCKS;
	char *policy = blocks ? mem_strdup(row->policy_b)
			      : mem_printf("%s in B, against %s,", row->policy_b, baseline);
	char *base = blocks ? mem_strdup(row->policy_a) : mem_printf("%s in A", row->policy_a);
	struct verdict_names names = { policy, base, row->work->name, row->work->metric, row->work->unit };
	char *sentence = judgement_sentence(&row->judgement, &names);

	buf_printf(b, "%s\n", sentence);
	free(sentence);
	free(policy);
	free(base);
}

/* "Only in A: build time (fair, fifo); ..." */
static void put_alone(struct buf *b, const struct versus *v, bool in_a)
{
	const struct work *last = NULL;

	for (size_t i = 0; i < v->nr; i++) {
		const struct versus_row *row = &v->row[i];

		if (row->a.part != in_a || row->b.part == in_a)
			continue;
		if (last != row->work)
			buf_printf(b, "%s%s %s (",
				   last	  ? "); "
				   : in_a ? "Only in A: "
					  : "Only in B: ",
				   row->work->name, row->work->metric);
		buf_printf(b, "%s%s", last == row->work ? ", " : "", in_a ? row->policy_a : row->policy_b);
		last = row->work;
	}
	buf_put(b, last ? ").\n" : "");
}

/* Every difference that is shown, in a sentence, and the count of each verdict. */
static void put_findings(struct buf *b, const struct versus_view *view)
{
	unsigned count[NR_VERDICT] = { 0 }, missing = 0, all = 0;

	for (size_t i = 0; i < view->v->nr; i++) {
		const struct versus_row *row = &view->v->row[i];

		if (!row->confirmatory || !versus_both(row))
			continue;
		all++;
		missing += row->missing != NULL;
		if (row->missing)
			continue;
		count[row->judgement.verdict]++;
		if (judgement_is_difference(&row->judgement))
			put_sentence(b, row, compare_baseline_label(view->spec->b));
	}
	if (!all)
		return;
	if (view->spec->b->run->run.emulated && !run_is_exact(&view->spec->b->run->run))
		buf_printf(b, "B against A: %u different", count[VERDICT_BETTER] + count[VERDICT_WORSE]);
	else
		buf_printf(b, "B against A: %u better, %u worse", count[VERDICT_BETTER],
			   count[VERDICT_WORSE]);
	buf_printf(b, ", %u equivalent, %u inconclusive, %u with too few for a verdict, %u missing.\n",
		   count[VERDICT_EQUIVALENT], count[VERDICT_INCONCLUSIVE], count[VERDICT_NONE], missing);
}

static void put_how(struct buf *b, const struct versus_view *view)
{
	const struct compare *a = view->spec->a, *c = view->spec->b;
	char *wanted = versus_wanted(view->v, view->spec);
	const char *warning;

	if (a == c)
		buf_put(b, "Two policies of one run: paired by block, signed-rank test.\n");
	else if (a->baseline < 0 || c->baseline < 0)
		buf_put(b, "A run lacks the baseline: nothing cancels the machine's own changes, so all is "
			   "exploratory.\n");
	else if (!wanted)
		buf_put(b, "Two runs: not paired. The intervals include how far runs of this machine, plan "
			   "and work lie apart although nothing is changed, as the runs before B show it.\n");
	if (wanted)
		buf_printf(b, "Exploratory: %s.\n", wanted);
	free(wanted);
	warning = caption_warning(&a->run->run) ?: caption_warning(&c->run->run);
	if (warning)
		buf_printf(b, "%s\n", warning);
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
	put_alone(&b, view->v, true);
	put_alone(&b, view->v, false);
	if (!d->nr_reasons)
		put_findings(&b, view);
	put_how(&b, view);
	return buf_take_folded(&b, width);
}
