/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The slice of each policy: the first that a reader of a difference asks for. */
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "policy/fair.h"
#include "record/env_key.h"
#include "util/mem.h"

/* Of a policy: its knob, by the convention of schedulers/README.md. */
#define SLICE_KNOB "slice_us"
#define AS_FAIR "0" /* the kernel's base slice */

static char *ns_of(const char *us)
{
	unsigned long long ns;

	/* NULL: longer than any slice, and not known */
	return __builtin_mul_overflow(1000ULL, strtoull(us, NULL, 0), &ns) ? NULL : mem_printf("%llu", ns);
}

static void find_default(void *ctx, const struct policy_knob_words *k)
{
	char **slice = ctx;

	if (!strcmp(k->name, SLICE_KNOB))
		*slice = ns_of(k->value);
}

static char *slice_of(const struct bench *b, const struct policy_spec *policy)
{
	bool fair = policy->kind == POLICY_FAIR;
	const char *knob = policy_knob_value(policy, fair ? FAIR_SLICE : SLICE_KNOB);
	char *slice = NULL;

	if (knob)
		slice = ns_of(knob);
	else if (fair)
		slice = mem_strdup(AS_FAIR);
	else if (policy->kind == POLICY_BPF)
		policy_each_knob(policy, find_default, &slice);
	if (!slice || strcmp(slice, AS_FAIR))
		return slice;
	free(slice);
	return mem_strdup(run_env_known(&b->run, ENV_EEVDF_SLICE));
}

void bench_slices(struct bench *b)
{
	b->run.slice_ns = mem_zalloc(b->nr_policies + 1, sizeof(char *));
	for (unsigned i = 0; i < b->nr_policies; i++)
		b->run.slice_ns[i] = slice_of(b, &b->policy[i]);
}
