/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/metric_name.h"
#include "stats/stats.h"
#include "util/mem.h"

/* A figure is the sum of metrics over another sum, or over the window's seconds; or a histogram's median. */
static const struct define {
	const char *name, *unit;
	const char *of[5], *per[6]; /* per empty: the window */
	double scale;
	const char *hist;
} defines[] = {
	{ "context switches", "/s", { METRIC_SWITCHES }, { NULL }, 1, NULL },
	{ "time run at a stretch", "us", { METRIC_RUN_TIME }, { METRIC_PCOUNT }, 1e-3, NULL },
	{ "wait for a CPU", "us a run", { METRIC_RUN_DELAY }, { METRIC_PCOUNT }, 1e-3, NULL },
	{ "voluntary switches", "/s", { METRIC_NVCSW }, { NULL }, 1, NULL },
	{ "preempted", "/s", { METRIC_NIVCSW }, { NULL }, 1, NULL },
	{ "CPUs kept busy", "", { METRIC_CGROUP_CPU }, { NULL }, 1e-9, NULL },
	{ "some task waits for a CPU (PSI)", "us/s", { METRIC_PSI_CPU }, { NULL }, 1, NULL },
	{ "CPU migrations", "/s", { METRIC_MIGRATIONS }, { NULL }, 1, NULL },
	{ "instructions a cycle", "", { METRIC_INSTRUCTIONS }, { METRIC_CYCLES }, 1, NULL },
	{ "cache misses",
	  "per 1,000 instructions",
	  { METRIC_CACHE_MISSES },
	  { METRIC_INSTRUCTIONS },
	  1000,
	  NULL },
	{ "branch misses",
	  "per 1,000 instructions",
	  { METRIC_BRANCH_MISSES },
	  { METRIC_INSTRUCTIONS },
	  1000,
	  NULL },
	{ "runs that stayed on their CPU",
	  "%",
	  { METRIC_COUNT_OF(stay) },
	  { METRIC_COUNT_OF(stay), METRIC_COUNT_OF(mig_core), METRIC_COUNT_OF(mig_l3),
	    METRIC_COUNT_OF(mig_node), METRIC_COUNT_OF(mig_far) },
	  100,
	  NULL },
	{ "migrations to an SMT sibling", "/s", { METRIC_COUNT_OF(mig_core) }, { NULL }, 1, NULL },
	{ "migrations within an L3 group", "/s", { METRIC_COUNT_OF(mig_l3) }, { NULL }, 1, NULL },
	{ "migrations between L3 groups", "/s", { METRIC_COUNT_OF(mig_node) }, { NULL }, 1, NULL },
	{ "migrations between nodes", "/s", { METRIC_COUNT_OF(mig_far) }, { NULL }, 1, NULL },
	{ "wakeups that found an idle CPU",
	  "%",
	  { METRIC_COUNT_OF(idle_hit) },
	  { METRIC_OP_OF(select_cpu) },
	  100,
	  NULL },
	{ "direct dispatches to a CPU",
	  "%",
	  { METRIC_COUNT_OF(direct) },
	  { METRIC_COUNT_OF(direct), METRIC_COUNT_OF(queued) },
	  100,
	  NULL },
	{ "steals from another L3 group",
	  "/s",
	  { METRIC_COUNT_OF(steal_near), METRIC_COUNT_OF(steal_far) },
	  { NULL },
	  1,
	  NULL },
	{ "time in custody, median", "us", { NULL }, { NULL }, 1e-3, METRIC_CUSTODY_NS_OF(dispatch) },
};
#define NR_DEFINES (sizeof(defines) / sizeof(*defines))

/* NAN where one of them is absent. */
static double sum(const struct record *r, const char *const *name)
{
	double all = 0;

	for (; *name; name++)
		all += metrics_value(&r->metrics, *name);
	return all;
}

static double figure_of(const struct record *r, const struct define *d)
{
	const struct hist *h = d->hist ? metrics_find_hist(&r->metrics, d->hist) : NULL;
	double per = *d->per ? sum(r, d->per) : r->window_s;

	if (d->hist)
		return h ? d->scale * stats_hist_quantile(h, 0.5) : NAN;
	return per > 0 ? d->scale * sum(r, d->of) / per : NAN;
}

static void take_sample(const struct compare *c, const struct define *d, const struct record *r,
			struct cell *cell)
{
	int p = compare_policy(c, r->policy);
	double value = p < 0 || r->block > c->nr_blocks ? NAN : figure_of(r, d);

	if (isnan(value))
		return;
	cell[p].valid += isnan(cell[p].value[r->block]);
	cell[p].value[r->block] = value;
}

static struct cell *cells_make(const struct compare *c)
{
	struct cell *cell = mem_zalloc(c->nr_policies, sizeof(*cell));

	for (unsigned p = 0; p < c->nr_policies; p++) {
		cell[p].value = mem_zalloc(c->nr_blocks + 1, sizeof(double));
		for (unsigned b = 0; b <= c->nr_blocks; b++)
			cell[p].value[b] = NAN;
	}
	return cell;
}

static void cells_free(struct cell *cell, unsigned nr)
{
	for (unsigned p = 0; p < nr; p++)
		free(cell[p].value);
	free(cell);
}

static bool any_value(const struct cell *cell, unsigned nr)
{
	for (unsigned p = 0; p < nr; p++)
		if (cell[p].valid)
			return true;
	return false;
}

static void add_inner(struct why *w, const struct compare *c, unsigned work, const struct define *d)
{
	struct cell *cell = cells_make(c);

	for (size_t i = 0; i < c->run->nr; i++)
		if (compare_counts(&c->run->sample[i]) &&
		    !strcmp(c->run->sample[i].workload, c->work[work].name))
			take_sample(c, d, &c->run->sample[i], cell);
	if (!any_value(cell, c->nr_policies)) {
		cells_free(cell, c->nr_policies);
		return;
	}
	w->inner = mem_grow(w->inner, w->nr, sizeof(*w->inner));
	w->inner[w->nr++] = (struct inner){ d->name, d->unit, cell };
}

/*
 * Of the policies that have the figure, the one with the most different ratio to fair; -1: no policy
 * has it.
 */
static int most_unlike(const struct compare *c, unsigned work, unsigned policy, const struct inner *inner)
{
	double own = log(compare_cell(c, work, policy)->judgement.effect.ratio), most = 0;
	int best = -1;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		double far = fabs(log(compare_cell(c, work, p)->judgement.effect.ratio) - own);

		if (p != policy && inner->cell[p].valid && far > most) {
			most = far;
			best = (int)p;
		}
	}
	return best;
}

static void add_move(struct why *w, const struct compare *c, unsigned work, struct move m)
{
	const struct inner *inner = &w->inner[m.inner];
	int against = c->baseline >= 0 && inner->cell[c->baseline].valid
			      ? c->baseline
			      : most_unlike(c, work, m.policy, inner);

	if (against < 0 || !inner->cell[m.policy].valid)
		return;
	m.against = (unsigned)against;
	compare_pairs(c, &inner->cell[m.policy], &inner->cell[against], &m.effect);
	w->move = mem_grow(w->move, w->nr_moves, sizeof(*w->move));
	w->move[w->nr_moves++] = m;
}

static void why_judge(struct why *w)
{
	double *p = mem_zalloc(w->nr_moves, sizeof(*p)),
	       *adjusted = mem_zalloc(w->nr_moves, sizeof(*adjusted));

	for (size_t i = 0; i < w->nr_moves; i++)
		p[i] = w->move[i].effect.p;
	stats_adjust(p, w->nr_moves, adjusted);
	for (size_t i = 0; i < w->nr_moves; i++)
		w->move[i].adjusted = adjusted[i];
	free(p);
	free(adjusted);
}

bool why_asked_of(const struct compare *c, unsigned work, unsigned policy)
{
	return judgement_is_difference(&compare_cell(c, work, policy)->judgement);
}

bool why_asked(const struct compare *c, unsigned work)
{
	for (unsigned p = 0; p < c->nr_policies; p++)
		if (why_asked_of(c, work, p))
			return true;
	return false;
}

bool why_moved(const struct move *m)
{
	return m->adjusted < VERDICT_ALPHA && (m->effect.low > 1 || m->effect.high < 1);
}

bool why_inner_moved(const struct why *w, unsigned inner)
{
	for (size_t i = 0; i < w->nr_moves; i++)
		if (w->move[i].inner == inner && why_moved(&w->move[i]))
			return true;
	return false;
}

struct interval why_median(const struct compare *c, const struct cell *cell)
{
	double *x = mem_zalloc(c->nr_blocks + 1, sizeof(*x));
	struct interval median;
	size_t n = 0;

	for (unsigned b = 0; b <= c->nr_blocks; b++)
		if (!isnan(cell->value[b]))
			x[n++] = cell->value[b];
	median = stats_median_interval(x, n);
	free(x);
	return median;
}

void why_make(const struct compare *c, unsigned work, struct why *w)
{
	*w = (struct why){ .nr_policies = c->nr_policies };
	for (size_t i = 0; i < NR_DEFINES; i++)
		add_inner(w, c, work, &defines[i]);
	for (unsigned p = 0; p < c->nr_policies; p++)
		for (unsigned i = 0; why_asked_of(c, work, p) && i < w->nr; i++)
			add_move(w, c, work, (struct move){ .inner = i, .policy = p });
	why_judge(w);
}

void why_free(struct why *w)
{
	for (unsigned i = 0; i < w->nr; i++)
		cells_free(w->inner[i].cell, w->nr_policies);
	free(w->inner);
	free(w->move);
}
