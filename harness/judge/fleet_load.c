/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each machine of a fleet has, from the store. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/fleet.h"
#include "judge/fleet_series.h"
#include "record/role.h"
#include "util/mem.h"

static unsigned find_work(struct fleet_view *f, const struct store_family *family)
{
	unsigned i = 0;

	while (i < f->nr_works &&
	       (strcmp(f->work[i].name, family->workload) || strcmp(f->work[i].metric, family->metric) ||
		strcmp(f->work[i].unit, family->unit)))
		i++;
	if (i == f->nr_works) {
		f->work = mem_grow(f->work, f->nr_works++, sizeof(*f->work));
		f->work[i] = (struct fleet_work){ mem_strdup(family->workload), mem_strdup(family->metric),
						  mem_strdup(family->unit), family->better };
	}
	return i;
}

static unsigned find_policy(struct fleet_view *f, const char *policy)
{
	unsigned i = 0;

	while (i < f->nr_policies && strcmp(f->policy[i], policy))
		i++;
	if (i == f->nr_policies) {
		f->policy = mem_grow(f->policy, f->nr_policies++, sizeof(*f->policy));
		f->policy[i] = mem_strdup(policy);
	}
	return i;
}

/* A machine's ratio in a cell, while works and policies are still being found. */
struct found {
	unsigned work, policy, member;
	struct fleet_host host;
};

struct loading {
	struct fleet_view *f;
	struct found *found;
	size_t nr;
	size_t host; /* of the machine at hand: what is seen of one comes together */
};

static int take_value(void *ctx, const struct fleet_seen *seen)
{
	struct loading *l = ctx;
	int member = members_host_near(l->f->members, seen->family->host, &l->host);

	if (member < 0 || strcmp(l->f->members->member[member].run.id, seen->run))
		return 0;
	l->found = mem_grow(l->found, l->nr, sizeof(*l->found));
	l->found[l->nr++] = (struct found){ find_work(l->f, seen->family), find_policy(l->f, seen->policy),
					    (unsigned)member, seen->host };
	return 0;
}

static void make_cells(struct loading *l)
{
	struct fleet_view *f = l->f;
	size_t nr = (size_t)f->nr_works * f->nr_policies;

	f->cell = mem_zalloc(nr, sizeof(*f->cell));
	for (size_t i = 0; i < nr; i++) {
		f->cell[i].one = mem_zalloc(f->members->nr, sizeof(*f->cell[i].one));
		f->cell[i].class = mem_zalloc(f->members->nr_classes, sizeof(*f->cell[i].class));
		for (size_t k = 0; k < f->members->nr; k++)
			f->cell[i].one[k] = (struct fleet_one){ .host = { NAN, NAN, 0 }, .stray = NAN };
	}
	for (size_t i = 0; i < l->nr; i++)
		fleet_cell(f, l->found[i].work, l->found[i].policy)->one[l->found[i].member].host =
			l->found[i].host;
}

static void take_outcome_of(struct fleet_view *f, unsigned work, const struct store_outcome *o)
{
	int member = members_host(f->members, o->host);
	struct fleet_one *one;

	if (member < 0 || strcmp(f->members->member[member].run.id, o->run))
		return;
	for (unsigned p = 0; p < f->nr_policies; p++) {
		if (strcmp(f->policy[p], o->policy))
			continue;
		one = &fleet_cell(f, work, p)->one[member];
		one->ok = o->ok;
		one->due = o->due;
		one->worst = o->worst;
		free(one->why);
		one->why = mem_strdup(o->why);
	}
}

static int take_outcome(void *ctx, const struct store_outcome *o)
{
	struct fleet_view *f = ctx;

	for (unsigned w = 0; w < f->nr_works; w++)
		if (!strcmp(f->work[w].name, o->workload))
			take_outcome_of(f, w, o);
	return 0;
}

/* In the order of the latest run's plan; also those that have no value anywhere. */
static void take_policies(struct fleet_view *f)
{
	for (size_t i = 0; i < f->members->nr; i++)
		for (char **p = f->members->member[i].run.policies; *p; p++)
			if (!arm_is_baseline(*p, NULL))
				find_policy(f, *p);
}

int fleet_load(struct store *s, const struct members *m, double margin, struct fleet_view *f)
{
	const struct store_filter filter = { .since_ns = members_since(m),
					     .primary_only = true,
					     .comparisons = true };
	struct loading l = { .f = f };
	int err;

	*f = (struct fleet_view){ .members = m, .margin = isnan(margin) ? VERDICT_MARGIN : margin };
	take_policies(f);
	err = fleet_series(s, &filter, take_value, &l);
	make_cells(&l);
	free(l.found);
	if (!err)
		err = store_outcomes(s, &filter, take_outcome, f);
	if (!err)
		fleet_judge(f);
	return err;
}

void fleet_view_free(struct fleet_view *f)
{
	for (size_t i = 0; f->cell && i < (size_t)f->nr_works * f->nr_policies; i++) {
		for (size_t k = 0; k < f->members->nr; k++)
			free(f->cell[i].one[k].why);
		free(f->cell[i].one);
		free(f->cell[i].class);
	}
	for (unsigned i = 0; i < f->nr_works; i++) {
		free(f->work[i].name);
		free(f->work[i].metric);
		free(f->work[i].unit);
	}
	for (unsigned i = 0; i < f->nr_policies; i++)
		free(f->policy[i]);
	free(f->cell);
	free(f->work);
	free(f->policy);
}
