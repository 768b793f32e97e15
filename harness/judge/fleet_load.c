/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each machine of a fleet has, from the store. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/fleet.h"
#include "judge/fleet_cells.h"
#include "record/role.h"
#include "util/mem.h"

static unsigned find_work(struct fleet_view *f, const struct store_cell *c)
{
	unsigned i = 0;

	while (i < f->nr_works && (strcmp(f->work[i].name, c->workload) ||
				   strcmp(f->work[i].metric, c->metric) || strcmp(f->work[i].unit, c->unit)))
		i++;
	if (i == f->nr_works) {
		f->work = mem_grow(f->work, f->nr_works++, sizeof(*f->work));
		f->work[i] = (struct fleet_work){ mem_strdup(c->workload), mem_strdup(c->metric),
						  mem_strdup(c->unit), c->better };
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

/* What a machine has in a cell, while works and policies are still being found. */
struct found {
	char *workload; /* without the metric: of all works of that name; NULL: it is of "work" */
	unsigned work, policy;
	size_t member;
	struct fleet_one one;
};

struct loading {
	struct fleet_view *f;
	struct found *found;
	size_t nr;
	size_t member; /* at hand */
};

static int take_run(void *ctx, const struct store_cells *run)
{
	struct loading *l = ctx;

	for (size_t i = 0; i < run->nr; i++) {
		const struct store_cell *c = &run->cell[i];

		l->found = mem_grow(l->found, l->nr, sizeof(*l->found));
		l->found[l->nr++] = (struct found){
			.workload = c->metric ? NULL : mem_strdup(c->workload),
			.work = c->metric ? find_work(l->f, c) : 0,
			.policy = find_policy(l->f, c->policy),
			.member = l->member,
			.one = { .host = { c->log_ratio, c->error, c->blocks },
				 .ok = c->ok,
				 .due = c->due,
				 .worst = c->worst,
				 .why = mem_strdup(c->why),
				 .stray = NAN },
		};
	}
	return 0;
}

static int take_members(struct store *s, struct loading *l)
{
	const struct members *m = l->f->members;
	int err = 0;

	for (l->member = 0; l->member < m->nr && !err; l->member++)
		err = cells_read_run(s, &(struct cells_reader){ &fleet_cells, take_run, l },
				     m->member[l->member].run.id);
	return err;
}

static void put_found(struct fleet_view *f, struct found *found)
{
	for (unsigned w = 0; w < f->nr_works; w++)
		if (found->workload ? !strcmp(f->work[w].name, found->workload) : w == found->work) {
			struct fleet_one *one = &fleet_cell(f, w, found->policy)->one[found->member];

			free(one->why);
			*one = found->one;
			one->why = mem_strdup(found->one.why);
		}
	free(found->one.why);
	free(found->workload);
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
		put_found(f, &l->found[i]);
	free(l->found);
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
	struct loading l = { .f = f };
	int err;

	*f = (struct fleet_view){ .members = m, .margin = isnan(margin) ? VERDICT_MARGIN : margin };
	take_policies(f);
	err = take_members(s, &l);
	make_cells(&l);
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
