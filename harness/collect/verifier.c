/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the verifier did with the policy when it was loaded: in one sample of a run and policy. */
#include <stdio.h>
#include <stdlib.h>
#include "collect/bpf.h"
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/mem.h"

struct source {
	struct policy *policy;
};

static struct source *verifier_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!ctx->first)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->policy = ctx->policy;
	return s;
}

/* Two programs of an object may be called after the same op. */
static const char *name_of(const struct metrics *m, const char *program)
{
	char name[128];

	snprintf(name, sizeof(name), METRIC_VERIFIER_INSNS ".%s", bpf_op_of(program));
	return metrics_find(m, name) ? program : bpf_op_of(program);
}

/* op: "" for all of them, or ".enqueue" */
static void add_figures(struct metrics *m, const char *op, const struct policy_verified *v)
{
	const struct {
		const char *name, *unit;
		double value;
	} figures[] = {
		{ METRIC_VERIFIER_INSNS, "count", (double)v->insns },
		{ METRIC_VERIFIER_STATES, "count", (double)v->states },
		{ METRIC_VERIFIER_XLATED, "B", v->xlated },
		{ METRIC_VERIFIER_JITED, "B", v->jited },
		{ METRIC_VERIFIER_TIME, "us", (double)v->usec },
	};

	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++) {
		char name[128];

		snprintf(name, sizeof(name), "%s%s", figures[i].name, op);
		metrics_add(m, name, figures[i].unit, BETTER_LOWER, figures[i].value);
	}
}

static void verifier_end(struct source *s, struct metrics *m)
{
	const struct policy_verified *list;
	struct policy_verified all = { 0 };
	int nr = policy_verified(s->policy, &list);

	for (int i = 0; i < nr; i++) {
		char op[64];

		all.insns += list[i].insns;
		all.states += list[i].states;
		all.xlated += list[i].xlated;
		all.jited += list[i].jited;
		all.usec += list[i].usec;
		snprintf(op, sizeof(op), ".%s", name_of(m, list[i].program));
		add_figures(m, op, &list[i]);
	}
	if (nr)
		add_figures(m, "", &all);
	free(s);
}

const struct source_kind collect_verifier = { .name = "verifier",
					      .begin = verifier_begin,
					      .end = verifier_end };
