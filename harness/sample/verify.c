/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/verify.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/ejection.h"
#include "record/metric_name.h"
#include "sample/own_time.h"

static void prove_none(struct record *r, enum proof_check check, const char *event)
{
	double n = metrics_value(&r->metrics, event);

	if (isnan(n))
		record_prove(r, false, check, "not reported by this kernel");
	else
		record_prove(r, n == 0, check, "%.0f", n);
}

/* During a bypass the kernel schedules by itself, so the policy was not measured. */
static void prove_no_bypass(struct record *r)
{
	prove_none(r, PROOF_BYPASS_ACTIVATE, METRIC_BYPASS_ACTIVATE);
	prove_none(r, PROOF_BYPASS_DISPATCH, METRIC_BYPASS_DISPATCH);
}

/* Then an ancestor ran tasks of the workload in the policy's place. */
static void prove_by_itself(struct record *r)
{
	prove_none(r, PROOF_RESCUE, METRIC_RESCUE);
	prove_none(r, PROOF_PARENT_RAN, METRIC_PARENT_RAN);
	prove_none(r, PROOF_PARENT_BYPASS, METRIC_PARENT_BYPASS);
}

/* The auditor is the last resort, so its reason counts. */
static const char *why_no_audit(const struct record *r)
{
	const struct metric *m = metrics_find(&r->metrics, METRIC_AUDIT_EXT);

	return m && m->absent ? m->absent : "no audit";
}

/*
 * What may be spent in another class however short the sample is: a tick's worth of work that the kernel or
 * the harness did there. From 2 s of CPU time on, 1 % is more than this.
 */
#define ELSEWHERE_NS 20e6
/* The two clocks are not read at the same moment; nothing sleeps and wakes in less. */
#define SUSPENDED_S 0.1

/* Whatever the share: the text of a line that does not hold also names the threads that were elsewhere. */
static void prove_share(const struct sample_facts *facts, struct record *r, double ext, double all)
{
	double wanted = facts->workload->ext_share;
	bool holds = ext / all >= wanted || all - ext <= ELSEWHERE_NS;
	const char *who = holds ? NULL : facts->elsewhere;

	record_prove(
		r, holds, PROOF_IN_EXT,
		"%.2f %% of %.3f s, %.1f ms elsewhere%s%s%s; at least %g %% wanted, or at most %g ms elsewhere",
		100 * ext / all, all / 1e9, fmax(0, all - ext) / 1e6, who ? " (" : "", who ? who : "",
		who ? ")" : "", 100 * wanted, ELSEWHERE_NS / 1e6);
}

static void prove_ext_share(const struct sample_facts *facts, struct record *r)
{
	double ext = metrics_value(&r->metrics, METRIC_COUNT_OF(workload_ns)),
	       all = metrics_value(&r->metrics, METRIC_CGROUP_CPU);

	if (isnan(ext))
		ext = metrics_value(&r->metrics, METRIC_AUDIT_EXT);
	if (isnan(ext) && facts->exact)
		record_prove(r, !facts->partial, PROOF_IN_EXT, "not counted: %s",
			     facts->partial ? "the policy leaves ordinary tasks to fair"
					    : "the policy has every ordinary task");
	else if (isnan(ext) || isnan(all) || all <= 0)
		record_prove(r, false, PROOF_IN_EXT, "not known: %s",
			     isnan(ext) ? why_no_audit(r) : "no CPU time of the workload");
	else
		prove_share(facts, r, ext, all);
}

/* Only if the auditor watched; otherwise the proof is that no policy was attached. */
static void prove_no_ext(struct record *r)
{
	double ext = metrics_value(&r->metrics, METRIC_AUDIT_EXT);

	if (!isnan(ext))
		record_prove(r, ext == 0, PROOF_OUTSIDE_EXT, "%.0f ns in it", ext);
}

/* Timers of the workload may have run on, and its results are of another machine than the other samples'. */
static void prove_awake(double suspended_s, struct record *r)
{
	record_prove(r, suspended_s < SUSPENDED_S, PROOF_AWAKE, "%.3f s suspended", suspended_s);
}

static void set_void(struct record *r, const struct proof *p)
{
	r->status = STATUS_VOID;
	r->why = proof_line(p);
}

static void set_ejected(struct record *r)
{
	char *why = ejection_text(&r->ejection);

	r->status = STATUS_EJECTED;
	free(r->why);
	r->why = why;
}

void sample_verify(const struct sample_facts *facts, struct record *r)
{
	if (r->status != STATUS_EJECTED && ejection_by_kernel(&r->ejection))
		set_ejected(r);
	if (r->status != STATUS_OK)
		return;
	if (facts->policy->kind == POLICY_FAIR) {
		prove_no_ext(r);
	} else {
		prove_no_bypass(r);
		if (facts->policy->parent)
			prove_by_itself(r);
		prove_ext_share(facts, r);
	}
	prove_own_time(facts->workload, r);
	prove_awake(facts->suspended_s, r);
	for (size_t i = 0; i < r->nr_proofs && r->status == STATUS_OK; i++)
		if (!r->proof[i].holds)
			set_void(r, &r->proof[i]);
}
