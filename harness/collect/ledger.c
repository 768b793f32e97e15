/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/bpf.h"
#include "policy/kernel.h"
#include "record/metric_name.h"
#include "util/utf8.h"

static void add_metrics(const struct scxb_cpu *sum, const struct scxb_rare_hist *rare, struct metrics *m)
{
	char name[80];

	for (int i = 0; i < SCXB_NR_CUSTODY; i++) {
		snprintf(name, sizeof(name), METRIC_CUSTODY "%s", abi_custody[i]);
		metrics_add(m, name, "count", BETTER_NONE, sum->custody[i]);
	}
	for (int i = 0; i < SCXB_NR_CAUSES; i++) {
		snprintf(name, sizeof(name), METRIC_CUSTODY_NS "%s", abi_cause[i]);
		bpf_hist(m, name, "ns", i == SCXB_CAUSE_dispatch ? &sum->dispatch_ns : &rare->hist[i]);
	}
}

static void prove_balanced(const struct scxb_cpu *sum, struct record *r)
{
	uint64_t in = custody_total(sum, CUSTODY_ENTRIES), out = custody_total(sum, CUSTODY_EXITS);

	metrics_add(&r->metrics, METRIC_CUSTODY "inside", "count", BETTER_NONE, (double)in - (double)out);
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

void ledger_totals(const struct scxb_cpu *sum, const struct scxb_rare_hist *rare, struct record *r)
{
	add_metrics(sum, rare, &r->metrics);
	prove_balanced(sum, r);
	prove_clean(sum, r);
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

static void drain_violations(struct policy *p, struct record *r)
{
	json_t *list = json_array();

	policy_drain(p, "scxb_violations", take_violation, list);
	if (json_array_size(list)) {
		free(r->violations);
		r->violations = json_dumps(list, JSON_COMPACT);
	}
	json_decref(list);
}

void collect_ledger(struct policy *p, struct record *r)
{
	struct policy_map map = policy_map(p, "scxb_cpu"), rare_map = policy_map(p, "scxb_rare_hist");
	struct scxb_rare_hist rare;
	struct scxb_cpu sum;

	if (!bpf_sum(&map, &sum, sizeof(sum)))
		return;
	bpf_sum(&rare_map, &rare, sizeof(rare));
	ledger_totals(&sum, &rare, r);
	record_prove(r, true, PROOF_CUSTODY_SEMANTICS, "%s", proof_semantics_name(kernel_custody_is_exact()));
	drain_violations(p, r);
}
