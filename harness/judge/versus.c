/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/versus.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/versus_values.h"
#include "record/role.h"
#include "util/mem.h"

/* The k-th run of all: those of side A, then B's if it is another. */
static const struct compare *nth(const struct versus_spec *s, size_t k)
{
	return k < s->nr_a ? &s->a[k] : s->b;
}

static size_t nr_runs(const struct versus_spec *s)
{
	return s->nr_a + (s->a != s->b);
}

static void add_work(const struct work ***list, size_t *nr, const struct work *work)
{
	for (size_t i = 0; i < *nr; i++)
		if (!strcmp((*list)[i]->name, work->name) && !strcmp((*list)[i]->metric, work->metric))
			return;
	*list = mem_grow(*list, *nr, sizeof(**list));
	(*list)[(*nr)++] = work;
}

static const struct work **all_works(const struct versus_spec *s, size_t *nr)
{
	const struct work **list = NULL;

	*nr = 0;
	for (size_t k = 0; k < nr_runs(s); k++)
		for (unsigned w = 0; w < nth(s, k)->nr_works; w++)
			add_work(&list, nr, &nth(s, k)->work[w]);
	return list;
}

static void add_policy(const char ***list, size_t *nr, const char *policy)
{
	for (size_t i = 0; i < *nr; i++)
		if (!strcmp((*list)[i], policy))
			return;
	*list = mem_grow(*list, *nr, sizeof(**list));
	(*list)[(*nr)++] = policy;
}

/* The baselines among them, but not their second arms. */
static const char **all_policies(const struct versus_spec *s, size_t *nr)
{
	const char **list = NULL;

	*nr = 0;
	for (size_t k = 0; k < nr_runs(s); k++)
		for (char **p = nth(s, k)->run->run.policies; *p; p++)
			if (arm_of(*p, nth(s, k)->run->run.baseline) != ARM_TWIN)
				add_policy(&list, nr, *p);
	return list;
}

bool versus_is_baseline(const struct versus_spec *s, const char *policy)
{
	return arm_is_baseline(policy, s->b->run->run.baseline);
}

static struct versus_row *add_row(struct versus *v, const struct work *work)
{
	v->row = mem_grow(v->row, v->nr, sizeof(*v->row));
	v->row[v->nr] = (struct versus_row){ .work = work };
	return &v->row[v->nr++];
}

static void make_rows(const struct versus_spec *s, struct versus *v)
{
	size_t nr_works, nr_policies;
	const struct work **works = all_works(s, &nr_works);
	const char **policies = all_policies(s, &nr_policies);

	for (size_t w = 0; w < nr_works; w++) {
		if (s->policy_a) {
			struct versus_row *row = add_row(v, works[w]);

			row->policy_a = s->policy_a;
			row->policy_b = s->policy_b;
			continue;
		}
		for (size_t p = 0; p < nr_policies; p++) {
			struct versus_row *row = add_row(v, works[w]);

			row->policy_a = row->policy_b = policies[p];
		}
	}
	free(works);
	free(policies);
}

/* Only confirmatory rows are the family; a row without a p is not of it, nor one that the page judges. */
static void adjust_rows(struct versus *v)
{
	struct judgement **family = mem_zalloc(v->nr, sizeof(*family));
	size_t n = 0;

	for (size_t i = 0; i < v->nr; i++) {
		struct versus_row *row = &v->row[i];

		if (!row->confirmatory)
			continue;
		v->family += !isnan(judgement_p(&row->judgement));
		if (!row->of_page)
			family[n++] = &row->judgement;
	}
	judgement_adjust(family, n);
	free(family);
}

static void take_values(const struct versus_spec *s, struct versus *v, struct versus_row *row)
{
	versus_values(s, row);
	if (row->work->primary && !versus_is_baseline(s, row->policy_b) && !row->missing &&
	    row->wanted > v->wanted)
		v->wanted = row->wanted;
}

void versus_make(const struct versus_spec *s, struct versus *v)
{
	*v = (struct versus){ 0 };
	make_rows(s, v);
	for (size_t i = 0; i < v->nr; i++)
		take_values(s, v, &v->row[i]);
	adjust_rows(v);
	for (size_t i = 0; i < v->nr; i++) {
		struct versus_row *row = &v->row[i];
		struct verdict_rule rule = { limits_of(s->margin, row->work), VERDICT_ALPHA,
					     row->work->better, v->family };

		if (row->confirmatory && !row->of_page)
			judgement_rule(&row->judgement, &rule, false);
	}
}

void versus_free(struct versus *v)
{
	for (size_t i = 0; i < v->nr; i++)
		free(v->row[i].missing);
	free(v->row);
}

bool versus_both(const struct versus_row *row)
{
	return row->a.part && row->b.part;
}

char *versus_word(const struct versus_row *row)
{
	if (row->missing)
		return mem_strdup("missing");
	if (!row->confirmatory)
		return mem_strdup("exploratory");
	return judgement_verdict(&row->judgement, row->work->unit);
}

char *versus_size(const struct versus_row *row, size_t nights)
{
	if (row->missing)
		return mem_printf("%u+%u", row->a.valid, row->b.valid);
	if (row->basis == BASIS_BLOCKS)
		return mem_printf("%zu", judgement_n(&row->judgement));
	if (nights > 1)
		return mem_printf("%zu nights", judgement_n(&row->judgement));
	return mem_printf("%zu+%zu", row->a.n, row->b.n);
}

char *versus_wanted(const struct versus *v, const struct versus_spec *spec)
{
	if (!v->wanted || spec->exploratory)
		return NULL;
	return mem_printf("how far runs lie apart although nothing was changed is not known, so nothing is "
			  "concluded: take %zu more run%s on this machine, '%s'",
			  v->wanted, v->wanted == 1 ? "" : "s", spec->b->run->run.command);
}

const char *basis_name(enum basis basis)
{
	static const char *const names[] = {
		[BASIS_BLOCKS] = "blocks",
		[BASIS_FAIR] = "fair",
		[BASIS_VALUES] = "values",
	};

	return names[basis];
}

bool versus_any_in_common(const struct versus *v)
{
	for (size_t i = 0; i < v->nr; i++)
		if (versus_both(&v->row[i]))
			return true;
	return false;
}

bool versus_any_failed(const struct versus *v)
{
	for (size_t i = 0; i < v->nr; i++)
		if (v->row[i].work->primary &&
		    ((v->row[i].a.part && !v->row[i].a.valid) || (v->row[i].b.part && !v->row[i].b.valid)))
			return true;
	return false;
}
