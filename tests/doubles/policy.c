/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy that is always in and keeps its books, unless $DOUBLE_AT says otherwise; no kernel needed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "collect/sources.h"
#include "double.h"
#include "util/findings.h"
#include "util/cause.h"
#include "util/log.h"

struct policy {
	bool beaten, gone, ejected;
};

static bool instrumented;   /* the sample that is taken */
static bool below, command; /* the last one that was loaded has a parent; is a command */

/* A kernel that tells custody. */
void __wrap_policy_needs_audit(struct findings *f)
{
	(void)f;
}

int __wrap_policy_load(const struct policy_spec *spec, const struct policy_setup *setup,
		       struct policy **policy)
{
	(void)setup;
	setenv("DOUBLE_POLICY", spec->text, 1);
	*policy = NULL;
	below = spec->parent != NULL;
	command = spec->kind == POLICY_CMD;
	if (double_step("load") == FAIL)
		return log_err(-CAUSE_REFUSED, "the verifier refused it");
	*policy = calloc(1, sizeof(**policy));
	return 0;
}

int __wrap_policy_attach(struct policy *p, struct record *r)
{
	enum action action = double_step("attach");

	(void)p;
	if (action == BUSY)
		return log_err(-CAUSE_BUSY, "sched_ext scheduler 'somebody' is active");
	if (action == CANT)
		return log_err(-CAUSE_CANT, "this kernel attaches nothing");
	record_prove(r, true, PROOF_ATTACHED_STATE, "enabled");
	return 0;
}

/* Traced once a sample: how often it is called depends on the clock. */
bool __wrap_policy_beat(struct policy *p)
{
	const char *out = getenv("DOUBLE_EJECT"); /* the name of a policy that never stays */
	enum action action = p->beaten ? GO_ON : double_step("beat");

	if (out && !strcmp(out, getenv("DOUBLE_POLICY")))
		action = EJECT;
	p->ejected |= action == EJECT;
	p->gone |= action == EJECT || action == FAIL;
	p->beaten = true;
	return !p->gone;
}

void __wrap_policy_prove_still_in(struct policy *p, struct record *r)
{
	bool holds = double_step("prove_still_in") != FAIL && !p->gone;

	record_prove(r, holds, PROOF_BEFORE_DETACH_STATE, "enabled");
}

int __wrap_policy_detach(struct policy *p, struct record *r)
{
	if (double_step("detach") == LEAVE)
		return log_err(-CAUSE_LEFT_IN, "the command ended and left its scheduler 'double' in");
	if (!p->ejected)
		return 0;
	r->ejection.kind = 1026;
	r->ejection.reason = strdup("runnable task stall");
	return 0;
}

void __wrap_policy_keep(struct policy *p)
{
	(void)p;
}

void __wrap_policy_unload(struct policy *p)
{
	double_step("unload");
	free(p);
}

struct policy_map __wrap_policy_map(struct policy *p, const char *name)
{
	(void)p, (void)name;
	return (struct policy_map){ 0 };
}

int __wrap_policy_progs(struct policy *p, struct policy_prog *out, int max)
{
	(void)p, (void)out, (void)max;
	return 0;
}

int __wrap_policy_verified(const struct policy *p, const struct policy_verified **list)
{
	static const struct policy_verified two[] = { { "double_enqueue", 40, 3, 90, 400, 300 },
						      { "double_dispatch", 60, 5, 110, 600, 500 } };

	(void)p;
	*list = two;
	return strcmp(getenv("DOUBLE_POLICY"), "fair") ? 2 : 0;
}

int __wrap_policy_stats_on(void)
{
	return -ENOSYS;
}

/* The same each time. */
void __wrap_collect_spin(struct record *r)
{
	metrics_add(&r->metrics, "machine.spin", "ns", BETTER_NONE, 1.25);
}

/* Seven tasks came, and all of them left but where the step is to fail. */
void __wrap_collect_ledger(struct policy *p, struct record *r)
{
	int left = double_step("ledger") == FAIL ? 6 : 7;

	if (!p || command) /* fair has none either */
		return;
	metrics_add(&r->metrics, "custody.entry_dsq", "count", BETTER_NONE, 7);
	metrics_add(&r->metrics, "custody.exit_dispatch", "count", BETTER_NONE, left);
	metrics_add(&r->metrics, "custody.double_entry", "count", BETTER_NONE, 0);
	record_prove(r, left == 7, PROOF_CUSTODY_BALANCED, "7 entries, %d exits", left);
	record_prove(r, true, PROOF_CUSTODY_SEMANTICS, "exact");
}

uint64_t __wrap_collect_bypasses(const struct policy *p)
{
	(void)p;
	return 0;
}

/* It saw what came, and what left. */
void __wrap_collect_custody_audit(struct collect_kept *kept, struct record *r)
{
	double left = 7;

	(void)kept;
	metrics_add(&r->metrics, "audit.custody.entry_dsq", "count", BETTER_NONE, 7);
	metrics_add(&r->metrics, "audit.custody.exit_dispatch", "count", BETTER_NONE, left);
	metrics_add(&r->metrics, "audit.custody.double_entry", "count", BETTER_NONE, 0);
	if (metrics_find(&r->metrics, "custody.entry_dsq"))
		record_prove(r, metrics_value(&r->metrics, "custody.exit_dispatch") == left,
			     PROOF_CUSTODY_AUDITED, "found");
	else
		record_prove(r, true, PROOF_CUSTODY_SEMANTICS, "exact");
}

/* In an instrumented sample: the cost of an op, and what watching took, in s. The CPU time is 0.0005 s. */
static void add_watched(struct metrics *m)
{
	const char *seconds = getenv("DOUBLE_WATCH");

	if (!instrumented || !seconds)
		return;
	metrics_add(m, "bpf.ns.enqueue", "ns", BETTER_LOWER, 4321);
	metrics_add(m, "watch.life.cpu", "s", BETTER_LOWER, atof(seconds));
}

/* The only source: what a sound sample needs for its proof. */
static void end(struct source *s, struct metrics *m)
{
	(void)s;
	add_watched(m);
	metrics_add(m, "scx.SCX_EV_BYPASS_ACTIVATE", "count", BETTER_NONE, 0);
	metrics_add(m, "scx.SCX_EV_BYPASS_DISPATCH", "count", BETTER_NONE, 0);
	metrics_add(m, "bpf.count.workload_ns", "ns", BETTER_NONE, 500000);
	if (!below)
		return;
	metrics_add(m, "scx.SCX_EV_SUB_RESCUE", "count", BETTER_NONE, 0);
	metrics_add(m, "scx.parent.SCX_EV_SUB_BYPASS_DISPATCH", "count", BETTER_NONE, 0);
	metrics_add(m, "scx.parent.SCX_EV_BYPASS_ACTIVATE", "count", BETTER_NONE, 0);
}

static struct source *begin(const struct source_ctx *ctx)
{
	instrumented = ctx->instrumented;
	return (struct source *)ctx;
}

static const struct source_kind proof = { .name = "proof", .begin = begin, .end = end };
const struct source_kind *const __wrap_collect_sources[] = { &proof, &collect_verifier, NULL };
