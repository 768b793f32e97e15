/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/outside.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "collect/bpf.h"
#include "collect/sources.h"
#include "collect/watch.h"
#include "policy/find_op.h"
#include "record/metric_name.h"
#include "util/mem.h"

struct source {
	struct collect_kept *kept;
	int stats;
};

static void open_watch(const struct source_ctx *ctx)
{
	char *object = mem_printf("%s/harness/life/outside.bpf.o", ctx->home);

	outside_open(object, &ctx->kept->outside, &ctx->kept->outside_why);
	free(object);
}

/* Before the policy is attached: nothing is in custody yet. */
static void outside_load(const struct source_ctx *ctx)
{
	struct collect_kept *kept = ctx->kept;
	struct outside_sample *s = &kept->outside_sample;

	*s = (struct outside_sample){ .why = kept->outside_why };
	if (!ctx->outside) {
		if (kept->outside)
			outside_stop(kept->outside);
		return;
	}
	if (!kept->outside && !kept->outside_why.text[0])
		open_watch(ctx);
	s->why = kept->outside_why;
	if (kept->outside && !outside_begin(kept->outside, &s->why))
		s->begun = true;
}

static void aim_at_op(struct outside_watch *w, const char *ops, struct outside_sample *s)
{
	int op = find_op(ops, "dequeue");

	if (op == -ENOTSUP) {
		s->op = OUTSIDE_OP_UNSEEN;
		why_set(&s->why, op, "the kernel does not show the policy's table of ops");
	}
	if (op < 0)
		return;
	s->op = outside_aim(w, op, &s->why) ? OUTSIDE_OP_UNSEEN : OUTSIDE_OP_WATCHED;
	close(op);
}

/* They are attached under fair, too. */
static void watch_outside(const struct source_ctx *ctx)
{
	const struct outside_watch *w = ctx->kept->outside;

	watch_programs(ctx, "outside", outside_object(w), outside_object_of_op(w));
}

static struct source *outside_source_begin(const struct source_ctx *ctx)
{
	struct outside_sample *sample = &ctx->kept->outside_sample;
	struct source *s;

	if (!sample->begun)
		return NULL;
	if (!policy_ops_name(ctx->policy)[0]) {
		watch_outside(ctx);
		return NULL;
	}
	s = mem_zalloc(1, sizeof(*s));
	s->kept = ctx->kept;
	s->stats = policy_stats_on();
	aim_at_op(ctx->kept->outside, policy_ops_name(ctx->policy), sample);
	watch_outside(ctx);
	return s;
}

/* The policy is about to be detached. */
static void outside_source_end(struct source *s, struct metrics *m)
{
	(void)m;
	outside_let_go(s->kept->outside);
	if (s->stats >= 0)
		close(s->stats);
	free(s);
}

static void add_count(struct metrics *m, const char *name, double value, const char *why)
{
	char whole[80];

	snprintf(whole, sizeof(whole), METRIC_AUDIT_CUSTODY "%s", name);
	if (why)
		metrics_absent(m, whole, "count", why);
	else
		metrics_add(m, whole, "count", BETTER_NONE, value);
}

static const char *const outside_names[] = {
#define NAME(n) [OUTSIDE_##n] = #n,
	OUTSIDE_COUNTS(NAME)
};

static const char *why_untold(const struct outside_sample *s)
{
	switch (s->op) {
	case OUTSIDE_OP_NONE:
		return "the policy has no ops.dequeue(), so no exit is told to it";
	case OUTSIDE_OP_UNSEEN:
		return s->why.text;
	default:
		return NULL;
	}
}

static void add_extra(const struct outside_counts *c, const struct outside_sample *s, struct metrics *m)
{
	const __u64 *count = c->sum.count;

	for (int i = 0; i < OUTSIDE_NR_COUNTS; i++)
		add_count(m, outside_names[i], count[i],
			  i != OUTSIDE_stale ? why_untold(s)
			  : c->has_stale     ? NULL
					     : "this kernel does not show them");
	add_count(m, "calls", c->calls, NULL);
	metrics_add(m, METRIC_AUDIT_CUSTODY_TIME, "ns", BETTER_NONE, c->ns);
}

/*
 * Only a ledger knows the policy's own queue and what the policy said in select_cpu, and only old kernels
 * leave exits to be inferred.
 */
static bool is_seen(int which)
{
	return which != SCXB_CUSTODY_verdict && which != SCXB_CUSTODY_lost_race &&
	       which != SCXB_CUSTODY_yielded_again && which != SCXB_CUSTODY_late_core &&
	       which != SCXB_CUSTODY_doubled && which != SCXB_CUSTODY_exit_inferred;
}

/* NULL where both say the same; else the first that differs, the caller's to free. */
static char *difference(const struct outside_cpu *sum, const struct metrics *m)
{
	for (int i = 0; i < custody_span[CUSTODY_VIOLATIONS].first; i++) {
		char *name = mem_printf(METRIC_CUSTODY "%s", abi_custody[i]);
		double own = metrics_value(m, name);

		free(name);
		if (is_seen(i) && own != (double)sum->custody[i])
			return mem_printf("%s: the ledger %.0f, from outside %" PRIu64, abi_custody[i], own,
					  (uint64_t)sum->custody[i]);
	}
	return NULL;
}

static void prove_agreed(const struct outside_cpu *sum, struct record *r)
{
	char *differs = difference(sum, &r->metrics);

	record_prove(r, !differs, PROOF_CUSTODY_AUDITED, "%s", differs ? differs : "equal");
	free(differs);
}

static void prove_told(const struct outside_counts *c, const struct outside_sample *s, struct record *r)
{
	uint64_t told = c->sum.count[OUTSIDE_told], owed = c->sum.count[OUTSIDE_owed];

	if (s->op == OUTSIDE_OP_WATCHED)
		record_prove(r, told == owed, PROOF_CUSTODY_TOLD, "%" PRIu64 " of %" PRIu64 " exits", told,
			     owed);
}

/* The ledger's form, which has the time of a dispatch apart. */
static void outside_ledger(const struct outside_cpu *sum, bool own, struct record *r)
{
	const struct ledger_form form = { METRIC_AUDIT_CUSTODY, METRIC_AUDIT_CUSTODY_NS, is_seen, !own };
	struct scxb_rare_hist *rare = mem_zalloc(1, sizeof(*rare));
	struct scxb_cpu *cpu = mem_zalloc(1, sizeof(*cpu));

	memcpy(cpu->custody, sum->custody, sizeof(cpu->custody));
	memcpy(rare->hist, sum->ns, sizeof(sum->ns));
	cpu->dispatch_ns = sum->ns[SCXB_CAUSE_dispatch];
	ledger_totals(&form, &(struct ledger_sums){ cpu, rare }, r);
	free(cpu);
	free(rare);
}

void outside_totals(const struct outside_counts *c, const struct outside_sample *s, struct record *r)
{
	bool own = metrics_find(&r->metrics, METRIC_CUSTODY "entry_dsq");

	if (c->sum.lost || c->missed) {
		char *why = mem_printf("the auditor did not see %" PRIu64 " periods and %" PRIu64
				       " calls: its counts would be wrong",
				       (uint64_t)c->sum.lost, (uint64_t)c->missed);

		add_count(&r->metrics, "entry_dsq", NAN, why);
		record_prove(r, false, PROOF_CUSTODY_AUDITED, "%s", why);
		free(why);
		return;
	}
	outside_ledger(&c->sum, own, r);
	add_extra(c, s, &r->metrics);
	prove_told(c, s, r);
	if (own)
		prove_agreed(&c->sum, r);
	else
		record_prove(r, true, PROOF_CUSTODY_SEMANTICS, "%s", proof_semantics_name(true));
}

void collect_custody_audit(struct collect_kept *kept, struct record *r)
{
	const struct outside_sample *s = &kept->outside_sample;
	struct outside_counts *c;

	if (!s->begun) {
		if (s->why.text[0])
			add_count(&r->metrics, "entry_dsq", NAN, s->why.text);
		return;
	}
	c = mem_zalloc(1, sizeof(*c));
	if (outside_read(kept->outside, c)) {
		add_count(&r->metrics, "entry_dsq", NAN, "the auditor's counts can't be read");
	} else {
		outside_totals(c, s, r);
		ledger_violations_from(kept->outside, r);
	}
	free(c);
}

const struct source_kind collect_outside = {
	.name = "outside", .load = outside_load, .begin = outside_source_begin, .end = outside_source_end
};
