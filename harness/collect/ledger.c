/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/bpf.h"
#include "life/outside_watch.h"
#include "policy/kernel.h"
#include "record/metric_name.h"
#include "util/utf8.h"

static void add_metrics(const struct ledger_form *form, const struct ledger_sums *sums, struct metrics *m)
{
	double in = custody_total(sums->cpu, CUSTODY_ENTRIES), out = custody_total(sums->cpu, CUSTODY_EXITS);
	char name[80];

	for (int i = 0; i < SCXB_NR_CUSTODY; i++) {
		if (form->is_seen && !form->is_seen(i))
			continue;
		snprintf(name, sizeof(name), "%s%s", form->counts, abi_custody[i]);
		metrics_add(m, name, "count", BETTER_NONE, sums->cpu->custody[i]);
	}
	snprintf(name, sizeof(name), "%sinside", form->counts);
	metrics_add(m, name, "count", BETTER_NONE, in - out);
	for (int i = 0; i < SCXB_NR_CAUSES; i++) {
		snprintf(name, sizeof(name), "%s%s", form->times, abi_cause[i]);
		bpf_hist(m, name, "ns",
			 i == SCXB_CAUSE_dispatch ? &sums->cpu->dispatch_ns : &sums->rare->hist[i]);
	}
}

static void prove_balanced(const struct scxb_cpu *sum, struct record *r)
{
	uint64_t in = custody_total(sum, CUSTODY_ENTRIES), out = custody_total(sum, CUSTODY_EXITS);

	record_prove(r, in == out, PROOF_CUSTODY_BALANCED, "%" PRIu64 " entries, %" PRIu64 " exits", in, out);
}

/* "2 double_entry, 1 freed_inside" */
static void prove_clean(const struct scxb_cpu *sum, struct record *r)
{
	char found[256] = "none";
	int len = 0;

	for (int i = custody_span[CUSTODY_VIOLATIONS].first; i < custody_span[CUSTODY_VIOLATIONS].end; i++) {
		uint64_t n = sum->custody[i];

		if (n)
			len += snprintf(found + len, sizeof(found) - len, "%s%" PRIu64 " %s", len ? ", " : "",
					n, abi_custody[i]);
	}
	record_prove(r, len == 0, PROOF_CUSTODY_CLEAN, "%s", found);
}

void ledger_totals(const struct ledger_form *form, const struct ledger_sums *sums, struct record *r)
{
	add_metrics(form, sums, &r->metrics);
	if (!form->proves)
		return;
	prove_balanced(sums->cpu, r);
	prove_clean(sums->cpu, r);
}

static json_t *text(const char *s, size_t max)
{
	char *whole = strndup(s, max), *clean = utf8_clean(whole);
	json_t *json = json_string(clean);

	free(whole);
	free(clean);
	return json;
}

void *ledger_violation(const struct scxb_violation *v)
{
	const char *kind = v->kind < SCXB_NR_CUSTODY ? abi_custody[v->kind] : "unknown";
	const char *event = v->event < SCXB_NR_OPS ? abi_op[v->event] : "unknown";

	return json_pack("{ss ss sI si so si sI sI sI}", "kind", kind, "event", event, "state",
			 (json_int_t)v->state, "pid", v->pid, "comm", text(v->comm, sizeof(v->comm)), "cpu",
			 v->cpu, "when_ns", (json_int_t)v->when_ns, "task_flags", (json_int_t)v->task_flags,
			 "op_flags", (json_int_t)v->op_flags);
}

static void take_violation(void *ctx, const void *rec, size_t len)
{
	if (len >= sizeof(struct scxb_violation))
		json_array_append_new(ctx, ledger_violation(rec));
}

/* Adds the list, which goes. */
static void add_violations(json_t *list, struct record *r)
{
	json_t *all = r->violations ? json_loads(r->violations, 0, NULL) : NULL;

	if (!all)
		all = json_array();
	json_array_extend(all, list);
	if (json_array_size(list)) {
		free(r->violations);
		r->violations = json_dumps(all, JSON_COMPACT);
	}
	json_decref(list);
	json_decref(all);
}

static void drain_violations(struct policy *p, struct record *r)
{
	json_t *list = json_array();

	policy_drain(p, "scxb_violations", take_violation, list);
	add_violations(list, r);
}

void ledger_violations_from(struct outside_watch *w, struct record *r)
{
	json_t *list = json_array();

	outside_drain(w, take_violation, list);
	add_violations(list, r);
}

void collect_ledger(struct policy *p, struct record *r)
{
	const struct ledger_form form = { METRIC_CUSTODY, METRIC_CUSTODY_NS, NULL, true };
	struct policy_map map = policy_map(p, SCXB_COUNTERS_MAP), rare_map = policy_map(p, "scxb_rare_hist");
	struct scxb_rare_hist rare;
	struct scxb_cpu sum;

	if (!bpf_sum(&map, &sum, sizeof(sum)))
		return;
	scxb_derive(&sum);
	bpf_sum(&rare_map, &rare, sizeof(rare));
	ledger_totals(&form, &(struct ledger_sums){ &sum, &rare }, r);
	record_prove(r, true, PROOF_CUSTODY_SEMANTICS, "%s", proof_semantics_name(kernel_custody_is_exact()));
	drain_violations(p, r);
}
