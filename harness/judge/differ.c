/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/differ.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "record/role.h"
#include "util/mem.h"

static void differ_add(struct differences *d, const char *key, const char *a, const char *b)
{
	if (a && b && !strcmp(a, b))
		return;
	if (!a && !b)
		return;
	d->item = mem_grow(d->item, d->nr, sizeof(*d->item));
	d->item[d->nr++] = (struct difference){ mem_strdup(key), a ? a : "absent", b ? b : "absent" };
}

__attribute__((format(printf, 2, 3))) static void refuse_pair(struct differences *d, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	va_end(ap);
	d->reason = mem_grow(d->reason, d->nr_reasons, sizeof(*d->reason));
	d->reason[d->nr_reasons++] = text;
}

static const char *policy_hash(const struct run *run, const char *policy)
{
	for (size_t i = 0; run->policy_hash && run->policies[i]; i++)
		if (!strcmp(run->policies[i], policy))
			return run->policy_hash[i];
	return NULL;
}

static bool has_policy(const struct run *run, const char *policy)
{
	char **p = run->policies;

	while (*p && strcmp(*p, policy))
		p++;
	return *p;
}

/* A policy that only one run has does not have another object. */
static void compare_objects(const struct run *a, const struct run *b, struct differences *d)
{
	for (char **p = a->policies; *p; p++) {
		char *key = mem_printf("policy.%s", *p);

		if (has_policy(b, *p))
			differ_add(d, key, policy_hash(a, *p), policy_hash(b, *p));
		free(key);
	}
}

/*
 * Hashes of the objects by file name are left out: compare_objects() lists those of the policies that ran,
 * knobs included. What a workload says about itself is left out too: its identity is enough.
 */
static bool is_listed_otherwise(const char *key)
{
	return env_key_is_object(key) || env_key_is(key, ENV_ABOUT);
}

static void compare_env(const struct run *a, const struct run *b, struct differences *d)
{
	for (size_t i = 0; i < a->nr_env; i++)
		if (!is_listed_otherwise(a->env[i].key))
			differ_add(d, a->env[i].key, a->env[i].value, run_env(b, a->env[i].key));
	for (size_t i = 0; i < b->nr_env; i++)
		if (!is_listed_otherwise(b->env[i].key) && !run_env(a, b->env[i].key))
			differ_add(d, b->env[i].key, NULL, b->env[i].value);
}

static void judge_work(struct differences *d)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct difference *item = &d->item[i];

		if (!env_key_is(item->key, ENV_WORKLOAD) || !strcmp(item->a, "absent") ||
		    !strcmp(item->b, "absent"))
			continue;
		refuse_pair(d, "%s is not the same work in both (%s, %s)", item->key + strlen(ENV_WORKLOAD),
			    item->a, item->b);
	}
}

static void judge_fair(const struct run *a, const struct run *b, struct differences *d)
{
	const char *in_a = run_env(a, ENV_FAIR), *in_b = run_env(b, ENV_FAIR);

	if (in_a && in_b && strcmp(in_a, in_b))
		refuse_pair(d, "fair is %s in %s and %s in %s", in_a, a->id, in_b, b->id);
}

static void judge_baseline(const struct run *a, const struct run *b, struct differences *d)
{
	if (strcmp(run_baseline(a), run_baseline(b)))
		refuse_pair(d, "the baseline is %s in %s and %s in %s", run_baseline(a), a->id,
			    run_baseline(b), b->id);
}

void differ_directions(const struct compare *a, const struct compare *b, struct differences *d)
{
	for (unsigned w = 0; w < a->nr_works; w++) {
		const struct work *in_a = &a->work[w];
		int other = compare_work(b, in_a->name, in_a->metric);
		enum better better = other < 0 ? BETTER_NONE : b->work[other].better;

		if (in_a->better == BETTER_NONE || better == BETTER_NONE || better == in_a->better)
			continue;
		refuse_pair(d, "%s of %s is better when %s in %s and when %s in %s", in_a->metric, in_a->name,
			    better_name(in_a->better), a->run->run.id, better_name(better), b->run->run.id);
	}
}

void differ_ground(const struct run *a, const struct run *b, struct differences *d)
{
	*d = (struct differences){ 0 };
	differ_add(d, "host", a->host, b->host);
	differ_add(d, "emulated", emulated_name(a->emulated), emulated_name(b->emulated));
	differ_add(d, "where", a->where, b->where);
	differ_add(d, "plan", a->plan, b->plan);
	compare_objects(a, b, d);
	compare_env(a, b, d);
	if (a->emulated != b->emulated)
		refuse_pair(d, "%s ran under emulation, %s did not", (a->emulated ? a : b)->id,
			    (a->emulated ? b : a)->id);
	else if (a->host && b->host && strcmp(a->host, b->host))
		refuse_pair(d, "they are of different machines (hosts %.12s, %.12s)", a->host, b->host);
	judge_work(d);
}

void differ_make(const struct run *a, const struct run *b, struct differences *d)
{
	differ_ground(a, b, d);
	judge_fair(a, b, d);
	judge_baseline(a, b, d);
}

void differ_free(struct differences *d)
{
	for (size_t i = 0; i < d->nr; i++)
		free(d->item[i].key);
	for (size_t i = 0; i < d->nr_reasons; i++)
		free(d->reason[i]);
	free(d->item);
	free(d->reason);
}
