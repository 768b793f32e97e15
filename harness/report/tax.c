/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What sched_ext itself costs: on the page, and in a terminal. */
#include "judge/tax.h"

#include <stdlib.h>
#include <string.h>
#include "judge/cell_words.h"
#include "report/section.h"
#include "text/table.h"

/* "7,640 to 8,312 insn" */
static void put_medians(struct buf *b, const struct compare *c, unsigned work, unsigned policy)
{
	const struct cell *fair = compare_cell(c, work, (unsigned)c->baseline),
			  *cell = compare_cell(c, work, policy);

	if (!fair->valid || !cell->valid)
		return;
	buf_put(b, "<small>medians: fair ");
	buf_number(b, fair->median);
	buf_put(b, ", here ");
	buf_number(b, cell->median);
	buf_htmlf(b, " %s", c->work[work].unit);
	buf_put(b, "</small>");
}

static void put_policy(struct buf *b, const struct compare *c, unsigned work, int policy)
{
	if (policy < 0) {
		buf_put(b, "<td class=\"absent\">not in this run</td>\n");
		return;
	}
	section_judged(b, c, compare_cell(c, work, (unsigned)policy));
	put_medians(b, c, work, (unsigned)policy);
	buf_put(b, "</td>\n");
}

static void put_ledger(struct buf *b, const struct compare *c, unsigned work, const struct tax *t)
{
	struct judgement j = tax_ledger(c, t, work);
	char *value = judgement_value(&j, c->work[work].unit), *ends = judgement_ends(&j);

	if (!judgement_n(&j))
		buf_put(b, "<td class=\"absent\">not known");
	else
		buf_printf(b, "<td><b>%s</b><small>%s</small>", value, ends ? ends : "no interval");
	buf_put(b, "</td></tr>\n");
	free(value);
	free(ends);
}

static void put_words(struct buf *b, const struct compare *c, const struct tax *t)
{
	char *words = tax_words(c, t);

	buf_put(b, "<p class=\"how\">");
	buf_html(b, words);
	buf_put(b, "</p>\n");
	free(words);
}

void section_tax(struct buf *b, const struct view *v)
{
	static char *const heads[] = { TAX_POLICY " to fair", "the same without the ledger",
				       "the ledger alone", NULL };
	const struct compare *c = v->cmp;
	struct tax t;

	if (!tax_of(c, &t))
		return;
	buf_put(b, "<section>\n<h2>What sched_ext itself costs</h2>\n");
	put_words(b, c, &t);
	table_begin(b, "The kernel's own way of deciding, as a policy and as the kernel has it");
	table_head(b, "workload", heads);
	for (unsigned w = 0; w < c->nr_works; w++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, c->work[w].name);
		buf_put(b, "<small>");
		buf_htmlf(b, "%s, %s", c->work[w].metric, c->work[w].unit);
		buf_put(b, "</small></th>\n");
		put_policy(b, c, w, (int)t.policy);
		put_policy(b, c, w, t.no_ledger);
		put_ledger(b, c, w, &t);
	}
	table_end(b);
	buf_put(b, "</section>\n");
}

static void put_line(struct buf *b, const struct compare *c, const struct tax *t, unsigned work)
{
	char *effect = cell_effect(c, work, t->policy, "no pair with fair");
	struct judgement j = tax_ledger(c, t, work);
	char *ledger = judgement_n(&j) ? judgement_value(&j, c->work[work].unit) : NULL;

	buf_printf(b, "%s: %s", c->work[work].name, effect);
	if (ledger)
		buf_printf(b, ", of which the ledger %s", ledger);
	buf_put(b, "\n");
	free(ledger);
	free(effect);
}

void tax_text(struct buf *b, const struct compare *c)
{
	struct tax t;
	char *words;

	if (!tax_of(c, &t))
		return;
	words = tax_words(c, &t);
	buf_printf(b, "\nWhat sched_ext itself costs, " TAX_POLICY " to fair:\n");
	for (unsigned w = 0; w < c->nr_works; w++)
		put_line(b, c, &t, w);
	buf_put(b, words);
	free(words);
}
