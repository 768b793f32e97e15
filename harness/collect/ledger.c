/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/bpf.h"
#include "policy/probe.h"
#include "util/utf8.h"

#define NAME(n) #n,
static const char *const custody_name[] = { SCXB_ENTRIES(NAME) SCXB_EXITS(NAME) SCXB_NOTES(NAME)
						    SCXB_VIOLATIONS(NAME) };
static const char *const cause_name[] = { SCXB_CAUSES(NAME) };
static const char *const op_name[] = { SCXB_OPS(NAME) };

#define INDEX(n) SCXB_CUSTODY_##n,
static const int entries[] = { SCXB_ENTRIES(INDEX) };
static const int exits[] = { SCXB_EXITS(INDEX) };
static const int violations[] = { SCXB_VIOLATIONS(INDEX) };
#define COUNT(a) ((int)(sizeof(a) / sizeof(*(a))))

static uint64_t total(const struct scxb_cpu *sum, const int *which, int nr)
{
	uint64_t n = 0;

	for (int i = 0; i < nr; i++)
		n += sum->custody[which[i]];
	return n;
}

static void add_metrics(const struct scxb_cpu *sum, struct metrics *m)
{
	char name[80];

	for (int i = 0; i < SCXB_NR_CUSTODY; i++) {
		snprintf(name, sizeof(name), "custody.%s", custody_name[i]);
		metrics_add(m, name, "count", BETTER_NONE, sum->custody[i]);
	}
	for (int i = 0; i < SCXB_NR_CAUSES; i++) {
		snprintf(name, sizeof(name), "custody_ns.%s", cause_name[i]);
		bpf_hist(m, name, "ns", &sum->custody_ns[i]);
	}
}

static void prove_balanced(const struct scxb_cpu *sum, struct record *r)
{
	uint64_t in = total(sum, entries, COUNT(entries)), out = total(sum, exits, COUNT(exits));

	metrics_add(&r->metrics, "custody.inside", "count", BETTER_NONE, (double)in - (double)out);
	record_prove(r, in == out, PROOF_CUSTODY_BALANCED, "%" PRIu64 " entries, %" PRIu64 " exits", in, out);
}

/* "2 double_entry, 1 freed_inside" */
static void prove_clean(const struct scxb_cpu *sum, struct record *r)
{
	char found[256] = "none";
	int len = 0;

	for (int i = 0; i < COUNT(violations); i++) {
		uint64_t n = sum->custody[violations[i]];

		if (n)
			len += snprintf(found + len, sizeof(found) - len, "%s%" PRIu64 " %s", len ? ", " : "",
					n, custody_name[violations[i]]);
	}
	record_prove(r, len == 0, PROOF_CUSTODY_CLEAN, "%s", found);
}

void ledger_totals(const struct scxb_cpu *sum, struct record *r)
{
	add_metrics(sum, &r->metrics);
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
	const char *kind = v->kind < SCXB_NR_CUSTODY ? custody_name[v->kind] : "unknown";
	const char *event = v->event < SCXB_NR_OPS ? op_name[v->event] : "unknown";

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
	struct policy_map map = policy_map(p, "scxb_cpu");
	struct scxb_cpu sum;

	if (!bpf_sum(&map, &sum, sizeof(sum)))
		return;
	ledger_totals(&sum, r);
	record_prove(r, true, PROOF_CUSTODY_SEMANTICS, "%s", proof_semantics_name(probe_custody_is_exact()));
	drain_violations(p, r);
}
