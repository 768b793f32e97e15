/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/instrumented.h"
#include "record/metric_name.h"
#include "stats/stats.h"
#include "text/buf.h"
#include "util/mem.h"

static const char *const outside_names[] = {
#define NAME(n) [OUTSIDE_##n] = METRIC_CUSTODY #n,
	OUTSIDE_COUNTS(NAME)
#undef NAME
};

/* One of the counts that only an audit has. */
static bool is_extra(const char *name)
{
	for (int i = 0; i < OUTSIDE_NR_COUNTS; i++)
		if (!strcmp(name, outside_names[i]))
			return true;
	return false;
}

/* What the storm did not do is listed with its reason, unless another sample did it. */
static void take_absent(struct ledger *l, const struct metric *m, bool own)
{
	if (own && m->absent && !is_extra(m->name))
		l->why = m->absent;
	if ((!own || is_extra(m->name)) && !metrics_find(&l->sum, m->name))
		metrics_absent(&l->sum, m->name, m->unit, m->absent ? m->absent : "no reason recorded");
}

/* The name of a count in the sum, the caller's to free; NULL: it is none of this ledger. */
static char *name_of(const struct ledger *l, const char *metric, bool *own)
{
	const char *rest = metric_rest(metric, l->audited ? METRIC_AUDIT_CUSTODY : METRIC_CUSTODY);

	*own = rest;
	if (rest)
		return mem_printf(METRIC_CUSTODY "%s", rest);
	return metric_rest(metric, METRIC_STORM) ? mem_strdup(metric) : NULL;
}

static void take_value(struct ledger *l, const struct metric *m)
{
	double before = metrics_value(&l->sum, m->name);

	metrics_add(&l->sum, m->name, m->unit, m->better, m->value + (isnan(before) ? 0 : before));
}

/* Times of instrumented samples are those of the audit, which may be kept in these alone. */
static bool has_times(const struct ledger *l, const struct record *r)
{
	return l->audited ? !instrumented_refused(&l->run->run, r) : !r->instrumented;
}

/* True when it is one of the ledger's own counts. */
static bool take_metric(struct ledger *l, const struct metric *given)
{
	struct metric m = *given;
	bool own, absent = isnan(m.value);

	m.name = name_of(l, given->name, &own);
	if (!m.name)
		return false;
	if (absent)
		take_absent(l, &m, own);
	else
		take_value(l, &m);
	free(m.name);
	return own && !absent;
}

static void take_hist(struct ledger *l, const struct hist *h)
{
	const char *rest = metric_rest(h->name, l->audited ? METRIC_AUDIT_CUSTODY_NS : METRIC_CUSTODY_NS);
	char *name = rest ? mem_printf(METRIC_CUSTODY_NS "%s", rest) : NULL;
	struct hist *sum = name ? (struct hist *)metrics_find_hist(&l->sum, name) : NULL;

	if (name)
		stats_hist_merge(sum ? sum : metrics_hist(&l->sum, name, h->unit), h);
	free(name);
}

/* What is audited may be the instrumented samples alone. */
static bool mentions(const struct record *r, enum ledger_of of)
{
	const char *first = of == LEDGER_AUDITED ? METRIC_AUDIT_CUSTODY : METRIC_CUSTODY;

	for (size_t i = 0; i < r->metrics.nr; i++)
		if (metric_rest(r->metrics.metric[i].name, first))
			return true;
	return false;
}

static void take_proof(struct ledger *l, const struct proof *p)
{
	l->exact &= proof_semantics(p);
	if (p->check == PROOF_CUSTODY_AUDITED || p->check == PROOF_CUSTODY_TOLD)
		l->differs |= l->audited && !p->holds;
}

static void take_sample(struct ledger *l, const struct record *r)
{
	bool has = false, broken = r->status == STATUS_FAILED || r->status == STATUS_EJECTED;

	if (l->audited && !broken && !mentions(r, LEDGER_AUDITED))
		return;
	l->taken++;
	for (size_t i = 0; i < r->metrics.nr; i++)
		has |= take_metric(l, &r->metrics.metric[i]);
	for (size_t i = 0; i < r->metrics.nr_hists && has_times(l, r); i++)
		take_hist(l, &r->metrics.hist[i]);
	for (size_t i = 0; i < r->nr_proofs; i++)
		take_proof(l, &r->proof[i]);
	l->kept += has;
	if (broken) {
		l->broken++;
		l->why = r->why;
	}
}

bool ledger_is_kept(const struct store_run *run, const char *policy, enum ledger_of of)
{
	for (size_t i = 0; i < run->nr; i++)
		if (!strcmp(run->sample[i].policy, policy) && mentions(&run->sample[i], of))
			return true;
	return false;
}

void ledger_make(const struct store_run *run, const char *policy, enum ledger_of of, struct ledger *l)
{
	bool audited =
		of == LEDGER_AUDITED || (of == LEDGER_ANY && !ledger_is_kept(run, policy, LEDGER_OWN) &&
					 ledger_is_kept(run, policy, LEDGER_AUDITED));

	*l = (struct ledger){ .run = run, .policy = policy, .audited = audited, .exact = true };
	l->title = mem_printf("%s%s", policy, audited ? ", audited" : "");
	for (size_t i = 0; i < run->nr; i++)
		if (!strcmp(run->sample[i].policy, policy))
			take_sample(l, &run->sample[i]);
}

void ledger_free(struct ledger *l)
{
	metrics_free(&l->sum);
	free(l->title);
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

bool ledger_any_audited(const struct ledger *ledger, unsigned nr)
{
	while (nr--)
		if (ledger[nr].audited)
			return true;
	return false;
}

double ledger_outside(const struct ledger *l, enum outside_count which)
{
	return metrics_value(&l->sum, outside_names[which]);
}

const char *ledger_why_untold(const struct ledger *l)
{
	const struct metric *m = metrics_find(&l->sum, outside_names[OUTSIDE_told]);

	return m ? m->absent : NULL;
}

char *ledger_note(const struct ledger *l)
{
	double told = ledger_outside(l, OUTSIDE_told), stale = ledger_outside(l, OUTSIDE_stale),
	       exits = ledger_total(l, CUSTODY_EXITS), ns = metrics_value(&l->sum, METRIC_CUSTODY "time"),
	       calls = metrics_value(&l->sum, METRIC_CUSTODY "calls");
	struct buf b = { 0 };

	if (!l->audited || isnan(exits))
		return NULL;
	if (isnan(told))
		buf_printf(&b, "%s (%.0f exits)", ledger_why_untold(l) ?: "what it was told is not known",
			   exits);
	else
		buf_printf(&b, "told %.0f of %.0f exits by ops.dequeue()", told,
			   ledger_outside(l, OUTSIDE_owed));
	if (stale > 0)
		buf_printf(&b, "; %.0f inserts were of tasks that it did not have", stale);
	if (!isnan(calls) && !isnan(ns))
		buf_printf(&b, "; the audit: %.0f calls, %.3f s", calls, ns / 1e9);
	return buf_take(&b);
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
	if (l->differs)
		return LEDGER_DIFFERS;
	if (!l->exact)
		return LEDGER_INFERRED;
	return ledger_inside(l) == 0 ? LEDGER_BALANCED : LEDGER_UNBALANCED;
}

/* NAN, where a sample has no ledger, is neither. */
bool ledger_is_quiet(const struct ledger *l)
{
	double inside = ledger_inside(l);

	return !(ledger_total(l, CUSTODY_VIOLATIONS) > 0) && !l->differs &&
	       !(l->exact && (inside < 0 || inside > 0));
}

const char *ledger_word(enum ledger_state state)
{
	static const char *const words[] = {
		[LEDGER_BROKEN] = "failed",
		[LEDGER_VIOLATED] = "violated",
		[LEDGER_DIFFERS] = "differs",
		[LEDGER_UNBALANCED] = "unbalanced",
		[LEDGER_INFERRED] = "inferred",
		[LEDGER_BALANCED] = "balanced",
		[LEDGER_NONE] = "–",
	};

	return words[state];
}

bool ledger_fails(enum ledger_state state)
{
	return state <= LEDGER_UNBALANCED;
}
