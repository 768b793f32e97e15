/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The run in a few sentences of plain text: the same on the page and in the terminal. */
#include <math.h>
#include <stdlib.h>
#include "record/role.h"
#include "text/buf.h"
#include "judge/answer_outcome.h"
#include "judge/drift.h"
#include "util/mem.h"

static void put_count(struct buf *b, unsigned n, const char *thing)
{
	buf_printf(b, "%u %s%s", n, thing, n == 1 ? "" : "s");
}

char *compare_points(const struct compare *c)
{
	unsigned valid = 0, again = 0, taken[NR_STATUS] = { 0 }, all = 0, n = 0;
	struct buf b = { 0 };

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		if (!c->work[i / c->nr_policies].primary)
			continue;
		valid += c->cell[i].valid;
		again += c->cell[i].again;
		all += cell_taken(&c->cell[i]);
		for (int s = 0; s < NR_STATUS; s++)
			taken[s] += c->cell[i].taken[s];
	}
	taken[STATUS_OK] -= valid - again;
	taken[STATUS_VOID] -= again;
	buf_printf(&b, "%u of %u timed samples are data points", valid, all);
	for (int s = NR_STATUS - 1; s >= 0; s--)
		if (taken[s])
			buf_printf(&b, "%s%u %s", n++ ? ", " : " (", taken[s],
				   s == STATUS_OK ? "without the metric" : status_name((enum status)s));
	buf_put(&b, n ? ")" : "");
	if (again)
		buf_printf(&b, ", %u of them taken again because the first try was void", again);
	buf_put(&b, ".");
	return buf_take(&b);
}

static bool judged(const struct compare *c, unsigned i, enum verdict v)
{
	bool of_family = c->work[i / c->nr_policies].primary && !compare_is_baseline(c, i % c->nr_policies);

	return of_family && c->cell[i].judgement.verdict == v;
}

static unsigned answer_count(const struct compare *c, enum verdict v)
{
	unsigned n = 0;

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		n += judged(c, i, v);
	return n;
}

/* The distance from no difference; 0 for what is not compared by ratio. */
static double distance(const struct judgement *j)
{
	return j->by == BY_RATIO && !isnan(j->effect.ratio) ? fabs(log(j->effect.ratio)) : 0;
}

/* The cell of that verdict with the ratio furthest from 1, or -1. */
static int furthest(const struct compare *c, enum verdict v)
{
	int best = -1;

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		if (judged(c, i, v) &&
		    (best < 0 || distance(&c->cell[i].judgement) > distance(&c->cell[best].judgement)))
			best = (int)i;
	return best;
}

/* "1 - jain": the complement of an index near its bound. */
static char *metric_name_of(const struct work *w)
{
	return w->complement ? mem_printf("1 - %s", w->metric) : mem_strdup(w->metric);
}

char *compare_sentence(const struct compare *c, unsigned work, unsigned policy)
{
	const struct work *w = &c->work[work];
	char *metric = metric_name_of(w);
	struct verdict_names names = { c->run->run.policies[policy], compare_baseline_name(c), w->name,
				       metric, w->unit };
	char *sentence = judgement_sentence(&compare_cell(c, work, policy)->judgement, &names);

	free(metric);
	return sentence;
}

static void put_finding(struct buf *b, const struct compare *c, enum verdict v)
{
	int i = furthest(c, v);
	char *sentence;

	if (i < 0)
		return;
	sentence = compare_sentence(c, (unsigned)i / c->nr_policies, (unsigned)i % c->nr_policies);
	buf_printf(b, "%s\n", sentence);
	free(sentence);
}

/* Several arms of fair are one. */
static unsigned schedulers(const struct compare *c)
{
	unsigned n = 0;

	for (unsigned p = 0; p < c->nr_policies; p++)
		n += (int)p == c->baseline || !compare_is_baseline(c, p);
	return n;
}

/* "2 better, 1 worse"; under emulation neither is said of anything: "3 different" */
static char *differences(const struct compare *c, unsigned better, unsigned worse)
{
	if (c->run->run.emulated && !run_is_exact(&c->run->run))
		return mem_printf("%u different", better + worse);
	return mem_printf("%u better, %u worse", better, worse);
}

static void put_counts(struct buf *b, const struct compare *c)
{
	unsigned better = answer_count(c, VERDICT_BETTER), worse = answer_count(c, VERDICT_WORSE),
		 none = answer_count(c, VERDICT_NONE);
	unsigned equal = answer_count(c, VERDICT_EQUIVALENT), open = answer_count(c, VERDICT_INCONCLUSIVE);
	unsigned unusable = answer_count(c, VERDICT_UNUSABLE),
		 all = better + worse + none + equal + open + unusable;
	char *differ = differences(c, better, worse);

	buf_printf(b, "%s %u comparison%s with %s: %s, %u equivalent (within %.3g %%), %u inconclusive",
		   (better + worse + equal + unusable) ? "Of"
						       : "No difference and no equivalence is shown. Of",
		   all, all == 1 ? "" : "s", compare_baseline_name(c), differ, equal, 100 * c->margin, open);
	free(differ);
	if (unusable)
		buf_printf(b, ", %u not usable", unusable);
	if (none)
		buf_printf(b, ", %u without a verdict", none);
	buf_put(b, ".\n");
}

/*
 * The best and the worst, so that neither hides the other; without both, what comes nearest, and not first.
 */
static void put_findings(struct buf *b, const struct compare *c)
{
	bool found = answer_count(c, VERDICT_BETTER) + answer_count(c, VERDICT_WORSE);

	if (schedulers(c) < 2) {
		buf_printf(b, "Only %s is in the run: there is nothing to compare it with.\n",
			   compare_baseline_label(c));
		return;
	}
	put_finding(b, c, VERDICT_BETTER);
	put_finding(b, c, VERDICT_WORSE);
	put_counts(b, c);
	if (!found)
		put_finding(b, c,
			    answer_count(c, VERDICT_INCONCLUSIVE) ? VERDICT_INCONCLUSIVE
								  : VERDICT_EQUIVALENT);
}

static void put_noise(struct buf *b, const struct compare *c)
{
	double least = INFINITY, most = 0;
	char *best, *worst;

	for (unsigned w = 0; w < c->nr_works; w++) {
		double seen = c->work[w].primary ? compare_detectable(c, w) : NAN;

		if (isnan(seen))
			continue;
		least = fmin(least, seen);
		most = fmax(most, seen);
	}
	if (least > most)
		return;
	if (isinf(least)) {
		buf_printf(b, "So many comparisons can't show any difference in %u %ss.\n", compare_units(c),
			   compare_unit(c));
		return;
	}
	best = compare_detectable_text(least);
	worst = compare_detectable_text(most);
	buf_printf(b, "By the A/A arm (%s against %s) this run could have shown a ratio %s",
		   compare_baseline_label(c), compare_baseline_label(c), best);
	if (most > least)
		buf_printf(b, ", in its noisiest workload one %s", worst);
	buf_put(b, ".\n");
	free(best);
	free(worst);
}

/* A warning and not a verdict: what drifts is the machine or the workload, and the blocks are random. */
static void put_drifts(struct buf *b, const struct compare *c)
{
	struct buf list = { 0 };
	struct drifts d;

	drifts_make(c, &d);
	if (drifts_put(&list, c, &d, -1))
		buf_printf(b, "Warning: values drift while the run goes on: %s.\n", list.text);
	drifts_free(&d);
	free(list.text);
}

static void put_steered(struct buf *b, const struct compare *c)
{
	double changes;
	unsigned n = compare_steered(c, &changes);

	if (!n)
		return;
	buf_put(b, "Warning: settings of policies were changed while ");
	put_count(b, n, "sample");
	buf_put(b, " ran: this does not compare the policies alone.\n");
}

static void put_retakes(struct buf *b, const struct compare *c)
{
	if (!compare_retakes_warn(c))
		return;
	buf_put(b, "Warning: ");
	put_count(b, compare_retakes(c), "sample");
	buf_printf(
		b,
		" had to be taken again, more than %g %%: the table of the samples that are not ok has the reasons.\n",
		100 * RETAKES_MAX);
}

static void put_size(struct buf *b, const struct compare *c)
{
	put_count(b, schedulers(c), "scheduler");
	buf_put(b, " on ");
	put_count(b, c->nr_works, "workload");
	buf_put(b, ", ");
	put_count(b, c->run->run.blocks, "block");
}

/* Only a run that has not ended can get more samples; lost files do not come back. */
static void put_interim(struct buf *b, const struct compare *c)
{
	const struct run *run = &c->run->run;

	if (!compare_is_partial(c))
		return;
	if (!compare_goes_on(c))
		buf_printf(b, "Incomplete: only %u of %u samples are here; the others are lost.\n",
			   compare_taken(c), run->planned);
	else
		buf_printf(
			b,
			"Interim: %u of %u samples are taken; this is not the run's result.\n"
			"Its intervals may be looked at after every block; verdicts come with the last one.\n",
			compare_taken(c), run->planned);
}

static void put_result(struct buf *b, const struct compare *c)
{
	if (answer_is_empty(c))
		buf_put(b, "There is no result: no sample is a data point.\n");
	else if (c->baseline < 0)
		buf_printf(b,
			   "Without %s in the run there is nothing to compare with; --baseline names another "
			   "of its policies.\n",
			   compare_baseline_label(c));
	else if (compare_is_demo(c))
		buf_printf(b,
			   "This is a demonstration: too few %ss for a verdict (%u, an interval needs %d).\n",
			   compare_unit(c), compare_units(c), STATS_MIN_PAIRS);
	else
		put_findings(b, c);
}

char *compare_answer(const struct compare *c)
{
	struct buf b = { 0 };
	char *points = compare_points(c);

	answer_put_outcomes(&b, c);
	put_interim(&b, c);
	put_result(&b, c);
	put_noise(&b, c);
	put_drifts(&b, c);
	put_steered(&b, c);
	put_retakes(&b, c);
	put_size(&b, c);
	buf_printf(&b, ": %s", points);
	free(points);
	return buf_take(&b);
}
