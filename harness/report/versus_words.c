/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/versus_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/caption.h"
#include "record/role.h"
#include "util/mem.h"

char *versus_middle(const struct versus_row *row, const struct side *side)
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

char *versus_p(const struct versus_row *row)
{
	if (isnan(row->judgement.adjusted))
		return mem_strdup("-");
	return row->judgement.adjusted < 0.0001 ? mem_strdup("<0.0001")
						: mem_printf("%.4f", row->judgement.adjusted);
}

char *versus_side_head(const struct versus_view *view, const char *side)
{
	enum basis basis = BASIS_VALUES;

	for (size_t i = 0; i < view->v->nr; i++)
		if (view->v->row[i].basis != BASIS_VALUES)
			basis = view->v->row[i].basis;
	return basis == BASIS_FAIR ? mem_printf("%s / its %s", side, compare_baseline_label(view->spec->b))
				   : mem_strdup(side);
}

static void put_sentence(struct buf *b, const struct versus_row *row, const char *baseline)
{
	bool blocks = row->basis == BASIS_BLOCKS, unusable = row->judgement.verdict == VERDICT_UNUSABLE;
	char *policy = blocks	  ? mem_strdup(row->policy_b)
		       : unusable ? mem_printf("%s in B", row->policy_b)
				  : mem_printf("%s in B, against %s,", row->policy_b, baseline);
	char *base = blocks ? mem_strdup(row->policy_a) : mem_printf("%s in A", row->policy_a);
	struct verdict_names names = { policy, base, row->work->name, row->work->metric, row->work->unit };
	char *sentence = judgement_sentence(&row->judgement, &names);

	buf_printf(b, "%s\n", sentence);
	free(sentence);
	free(policy);
	free(base);
}

void versus_alone(struct buf *b, const struct versus *v, bool in_a)
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

static bool is_found(const struct versus_row *row)
{
	return row->confirmatory && versus_both(row) && !row->missing;
}

/* An outcome comes before any speed. */
static void put_sentences(struct buf *b, const struct versus_view *view)
{
	for (int outcome = 1; outcome >= 0; outcome--)
		for (size_t i = 0; i < view->v->nr; i++) {
			const struct versus_row *row = &view->v->row[i];
			const struct judgement *j = &row->judgement;

			if (is_found(row) &&
			    (outcome ? j->verdict == VERDICT_UNUSABLE : judgement_is_difference(j)))
				put_sentence(b, row, compare_baseline_label(view->spec->b));
		}
}

static void put_counts(struct buf *b, const struct versus_view *view, const unsigned count[NR_VERDICT])
{
	unsigned better = count[VERDICT_BETTER], worse = count[VERDICT_WORSE];

	if (view->spec->b->run->run.emulated && !run_is_exact(&view->spec->b->run->run))
		buf_printf(b, "B against A: %u different", better + worse);
	else
		buf_printf(b, "B against A: %u better, %u worse", better, worse);
	buf_printf(b, ", %u equivalent, %u inconclusive, %u with too few for a verdict",
		   count[VERDICT_EQUIVALENT], count[VERDICT_INCONCLUSIVE], count[VERDICT_NONE]);
	if (count[VERDICT_UNUSABLE])
		buf_printf(b, ", %u not usable", count[VERDICT_UNUSABLE]);
}

void versus_findings(struct buf *b, const struct versus_view *view)
{
	unsigned count[NR_VERDICT] = { 0 }, missing = 0, all = 0;

	for (size_t i = 0; i < view->v->nr; i++) {
		const struct versus_row *row = &view->v->row[i];

		all += is_found(row);
		if (is_found(row))
			count[row->judgement.verdict]++;
		else
			missing += row->confirmatory && versus_both(row);
	}
	if (!all && !missing)
		return;
	put_sentences(b, view);
	put_counts(b, view, count);
	buf_printf(b, ", %u missing.\n", missing);
}

void versus_how(struct buf *b, const struct versus_view *view)
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
