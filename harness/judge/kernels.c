/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/differ.h"
#include "judge/kernel_label.h"
#include "record/env_key.h"
#include "record/role.h"
#include "text/buf.h"
#include "util/mem.h"

int kernels_policy(const struct kernels *k, const char *policy)
{
	for (unsigned p = 0; p < k->nr_policies; p++)
		if (!strcmp(k->policy[p], policy))
			return (int)p;
	return -1;
}

static void add_policy(struct kernels *k, const struct run *run, const char *policy)
{
	if (kernels_policy(k, policy) >= 0 || arm_of(policy, run->baseline) == ARM_TWIN)
		return;
	k->policy = mem_grow(k->policy, k->nr_policies, sizeof(*k->policy));
	k->policy[k->nr_policies++] = policy;
}

static void add_work(struct kernels *k, const struct work *w)
{
	for (unsigned i = 0; i < k->nr_works; i++)
		if (!strcmp(k->work[i].name, w->name) && !strcmp(k->work[i].metric, w->metric))
			return;
	k->work = mem_grow(k->work, k->nr_works, sizeof(*k->work));
	k->work[k->nr_works++] = (struct kernel_work){ w->name, w->metric, w->unit };
}

void kernels_make(const struct store_run *run, size_t nr, struct kernels *k)
{
	*k = (struct kernels){ .run = run, .nr_runs = (unsigned)nr };
	k->label = kernel_labels(run, nr);
	k->compare = mem_zalloc(nr + 1, sizeof(*k->compare));
	for (unsigned i = 0; i < nr; i++) {
		compare_make(&run[i], &k->compare[i]);
		for (char **p = run[i].run.policies; p && *p; p++)
			add_policy(k, &run[i].run, *p);
		for (unsigned w = 0; w < k->compare[i].nr_works; w++)
			add_work(k, &k->compare[i].work[w]);
	}
}

void kernels_free(struct kernels *k)
{
	for (unsigned i = 0; i < k->nr_runs; i++)
		compare_free(&k->compare[i]);
	kernel_labels_free(k->label);
	free(k->compare);
	free(k->policy);
	free(k->work);
}

const struct cell *kernels_cell(const struct kernels *k, struct kernel_place at, const struct work **row)
{
	const struct compare *c = &k->compare[at.run];
	int policy = compare_policy(c, k->policy[at.policy]);
	int work = compare_work(c, k->work[at.work].name, k->work[at.work].metric);

	if (policy < 0 || work < 0)
		return NULL;
	*row = &c->work[work];
	return compare_cell(c, (unsigned)work, (unsigned)policy);
}

const char *kernels_why(const struct kernels *k, struct kernel_place at)
{
	char *key = mem_printf(ENV_PLAN_LEFT_OUT "%s", k->policy[at.policy]);
	const char *why = run_env(&k->run[at.run].run, key);

	free(key);
	return why;
}

double kernels_median(const struct kernels *k, struct kernel_place at)
{
	const struct work *row;
	const struct cell *cell = kernels_cell(k, at, &row);

	return cell && cell->valid ? cell->median : NAN;
}

double kernels_ratio(const struct kernels *k, struct kernel_place of, struct kernel_place to)
{
	const struct work *row = NULL, *other = NULL;

	if (!kernels_cell(k, of, &row) || !kernels_cell(k, to, &other) || strcmp(row->unit, other->unit) != 0)
		return NAN;
	return kernels_median(k, of) / kernels_median(k, to);
}

bool kernels_against(const struct kernels *k, struct kernel_place at, struct kernel_place *to)
{
	int fair = kernels_policy(k, FAIR_NAME);
	bool is_fair = (int)at.policy == fair;

	if (fair < 0)
		return false;
	*to = (struct kernel_place){ is_fair ? 0 : at.run, at.work, (unsigned)fair };
	while (is_fair && to->run < at.run && isnan(kernels_median(k, *to)))
		to->run++;
	return !(is_fair && to->run == at.run) && !isnan(kernels_ratio(k, at, *to));
}

const char *kernels_fair(const struct kernels *k, unsigned run)
{
	const char *fair = run_env(&k->run[run].run, ENV_FAIR);

	return fair ? fair : "not known";
}

/* The names of those that were left out for this reason; the first of them is at i. */
static void put_left_out(struct buf *b, const struct run *run, size_t i)
{
	const char *why = run->env[i].value;

	buf_put(b, " Left out:");
	for (size_t n = i; n < run->nr_env; n++)
		if (env_key_is(run->env[n].key, ENV_PLAN_LEFT_OUT) && !strcmp(run->env[n].value, why))
			buf_printf(b, "%s %s", n == i ? "" : ",",
				   run->env[n].key + strlen(ENV_PLAN_LEFT_OUT));
	buf_printf(b, ", because %s%s.",
		   strncmp(why, "policy ", strlen("policy ")) ? "" : "the kernel refuses it: ", why);
}

static bool is_told(const struct run *run, size_t i)
{
	for (size_t n = 0; n < i; n++)
		if (env_key_is(run->env[n].key, ENV_PLAN_LEFT_OUT) &&
		    !strcmp(run->env[n].value, run->env[i].value))
			return true;
	return false;
}

char *kernels_answer(const struct kernels *k, unsigned run)
{
	const struct run *of = &k->run[run].run;
	char *points = compare_points(&k->compare[run]);
	struct buf b = { 0 };

	buf_printf(&b, "Linux %s: fair is %s. %s", k->label[run], kernels_fair(k, run), points);
	if (compare_is_partial(&k->compare[run]))
		buf_put(&b, " It has fewer samples than planned: an interim state.");
	if (of->policies[0] && of->policies[1] && compare_is_demo(&k->compare[run]))
		buf_printf(&b, " Too few %ss for a verdict: a demonstration.",
			   compare_unit(&k->compare[run]));
	for (size_t i = 0; i < of->nr_env; i++)
		if (env_key_is(of->env[i].key, ENV_PLAN_LEFT_OUT) && !is_told(of, i))
			put_left_out(&b, of, i);
	free(points);
	return buf_take(&b);
}

char *kernels_notes(const struct kernels *k, unsigned run)
{
	struct differences d;
	struct buf b = { 0 };

	differ_ground(&k->run[0].run, &k->run[run].run, &d);
	for (size_t i = 0; i < d.nr_reasons; i++)
		buf_printf(&b, "%s and %s can't stand side by side: %s.\n", k->run[0].run.id,
			   k->run[run].run.id, d.reason[i]);
	differ_free(&d);
	return buf_take(&b);
}
