/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/metric_name.h"
#include "stats/stats.h"
#include "util/mem.h"

/* What the storm did not do is listed with its reason, unless another sample did it. */
static void take_absent(struct ledger *l, const struct metric *m, bool own)
{
	if (own && m->absent)
		l->why = m->absent;
	if (!own && !metrics_find(&l->sum, m->name))
		metrics_absent(&l->sum, m->name, m->unit, m->absent ? m->absent : "no reason recorded");
}

/* True when it is one of the ledger's own counts. */
static bool take_metric(struct ledger *l, const struct metric *m)
{
	bool own = metric_rest(m->name, METRIC_CUSTODY);
	double before;

	if (!own && !metric_rest(m->name, METRIC_STORM))
		return false;
	before = metrics_value(&l->sum, m->name);
	if (isnan(m->value)) {
		take_absent(l, m, own);
		return false;
	}
	metrics_add(&l->sum, m->name, m->unit, m->better, m->value + (isnan(before) ? 0 : before));
	return own;
}

static void take_hist(struct ledger *l, const struct hist *h)
{
	struct hist *sum = (struct hist *)metrics_find_hist(&l->sum, h->name);

	if (metric_rest(h->name, METRIC_CUSTODY_NS))
		stats_hist_merge(sum ? sum : metrics_hist(&l->sum, h->name, h->unit), h);
}

static void take_sample(struct ledger *l, const struct record *r)
{
	bool has = false;

	l->taken++;
	for (size_t i = 0; i < r->metrics.nr; i++)
		has |= take_metric(l, &r->metrics.metric[i]);
	for (size_t i = 0; i < r->metrics.nr_hists && !r->instrumented; i++)
		take_hist(l, &r->metrics.hist[i]);
	for (size_t i = 0; i < r->nr_proofs; i++)
		l->exact &= proof_semantics(&r->proof[i]);
	l->kept += has;
	if (r->status == STATUS_FAILED || r->status == STATUS_EJECTED) {
		l->broken++;
		l->why = r->why;
	}
}

void ledger_make(const struct store_run *run, const char *policy, struct ledger *l)
{
	*l = (struct ledger){ .run = run, .policy = policy, .exact = true };
	for (size_t i = 0; i < run->nr; i++)
		if (!strcmp(run->sample[i].policy, policy))
			take_sample(l, &run->sample[i]);
}

void ledger_free(struct ledger *l)
{
	metrics_free(&l->sum);
}

static double named(const struct ledger *l, char *name)
{
	double value = metrics_value(&l->sum, name);

	free(name);
	return value;
}

double ledger_count(const struct ledger *l, enum scxb_custody which)
{
	return named(l, mem_printf(METRIC_CUSTODY "%s", abi_custody[which]));
}

const struct hist *ledger_times(const struct ledger *l, enum scxb_cause cause)
{
	char *name = mem_printf(METRIC_CUSTODY_NS "%s", abi_cause[cause]);
	const struct hist *h = metrics_find_hist(&l->sum, name);

	free(name);
	return h;
}

double ledger_storm(const struct ledger *l, const char *kind, const char *suffix)
{
	return named(l, mem_printf(METRIC_STORM "%s%s", kind, suffix));
}

double ledger_total(const struct ledger *l, enum custody_group group)
{
	double total = NAN;

	for (int i = custody_span[group].first; i < custody_span[group].end; i++) {
		double x = ledger_count(l, (enum scxb_custody)i);

		if (!isnan(x))
			total = isnan(total) ? x : total + x;
	}
	return total;
}

double ledger_inside(const struct ledger *l)
{
	return ledger_total(l, CUSTODY_ENTRIES) - ledger_total(l, CUSTODY_EXITS);
}

static bool is_planned(const struct ledger *l)
{
	char **name = l->run->run.policies;

	while (name && *name && strcmp(*name, l->policy))
		name++;
	return name && *name;
}

enum ledger_state ledger_state(const struct ledger *l)
{
	if (!l->taken && !is_planned(l))
		return LEDGER_NONE;
	if (!l->taken || l->kept < l->taken || l->broken)
		return LEDGER_BROKEN;
	if (ledger_total(l, CUSTODY_VIOLATIONS) != 0)
		return LEDGER_VIOLATED;
	if (!l->exact)
		return LEDGER_INFERRED;
	return ledger_inside(l) == 0 ? LEDGER_BALANCED : LEDGER_UNBALANCED;
}

const char *ledger_word(enum ledger_state state)
{
	static const char *const words[] = {
		[LEDGER_BROKEN] = "failed",	    [LEDGER_VIOLATED] = "violated",
		[LEDGER_UNBALANCED] = "unbalanced", [LEDGER_INFERRED] = "inferred",
		[LEDGER_BALANCED] = "balanced",	    [LEDGER_NONE] = "–",
	};

	return words[state];
}

bool ledger_fails(enum ledger_state state)
{
	return state <= LEDGER_UNBALANCED;
}
