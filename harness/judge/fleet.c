/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/fleet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/unit.h"
#include "stats/nights.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

struct fleet_cell *fleet_cell(const struct fleet_view *f, unsigned work, unsigned policy)
{
	return &f->cell[work * f->nr_policies + policy];
}

bool fleet_strays(const struct fleet_one *one)
{
	return one->stray < FLEET_STRAYS;
}

bool fleet_is_explained(const struct fleet_cell *cell)
{
	return cell->explained_by < FLEET_STRAYS;
}

/* The machines of a class that have a value; class -1: of all. */
struct chosen {
	struct fleet_host *host;
	size_t *member, nr;
};

static struct chosen choose_hosts(const struct fleet_view *f, const struct fleet_cell *cell, int class)
{
	size_t nr = f->members->nr;
	struct chosen c = { mem_zalloc(nr, sizeof(*c.host)), mem_zalloc(nr, sizeof(*c.member)), 0 };

	for (size_t i = 0; i < nr; i++)
		if (!isnan(cell->one[i].host.x) &&
		    (class < 0 || f->members->member[i].class == (unsigned)class)) {
			c.host[c.nr] = cell->one[i].host;
			c.member[c.nr++] = i;
		}
	return c;
}

static void chosen_free(struct chosen *c)
{
	free(c->host);
	free(c->member);
}

/* All samples of the machines together, which no ratio is of. */
static struct reliability outcome_of(const struct fleet_view *f, const struct fleet_cell *cell, int class)
{
	struct reliability r = { 0 };

	for (size_t i = 0; i < f->members->nr; i++) {
		const struct fleet_one *one = &cell->one[i];

		if (class >= 0 && f->members->member[i].class != (unsigned)class)
			continue;
		r.planned += one->due;
		r.valid += one->ok;
		r.taken[STATUS_OK] += one->ok;
		r.taken[one->worst] += one->worst != STATUS_OK;
		if (one->why && !r.why)
			r.why = one->why;
	}
	return r;
}

static size_t count_planned(const struct fleet_view *f, const struct fleet_cell *cell, int class)
{
	size_t n = 0;

	for (size_t i = 0; i < f->members->nr; i++)
		n += cell->one[i].due && (class < 0 || f->members->member[i].class == (unsigned)class);
	return n;
}

static struct judgement evidence_of(const struct fleet_view *f, const struct fleet *fleet, const char *unit)
{
	struct judgement j = judgement_none();

	j.effect = fleet->effect;
	j.margin = f->margin;
	j.between = fleet->between;
	j.equal = stats_runs_within(&fleet->effect, (double)fleet->effect.n - 1, f->margin);
	j.emulated = members_emulated(f->members) && !unit_is_exact(unit);
	return j;
}

static struct fleet_part part_of(const struct fleet_view *f, const struct fleet_cell *cell, int class)
{
	const struct fleet_work *w = &f->work[(unsigned)(cell - f->cell) / f->nr_policies];
	struct chosen c = choose_hosts(f, cell, class);
	struct fleet_part part = { .fleet = stats_fleet(c.host, c.nr), .nr = count_planned(f, cell, class) };

	part.judgement = evidence_of(f, &part.fleet, w->unit);
	part.judgement.of = outcome_of(f, cell, class);
	chosen_free(&c);
	return part;
}

static int side_of(const struct effect *e)
{
	return e->high < 1 ? -1 : e->low > 1 ? 1 : 0;
}

static bool is_within(const struct effect *e, double margin)
{
	return e->low90 >= 1 / (1 + margin) && e->high90 <= 1 + margin;
}

/* By its interval: what is left says the same as all do. */
static bool says_the_same(const struct fleet *left, const struct fleet_part *all, double margin)
{
	if (all->judgement.verdict == VERDICT_EQUIVALENT)
		return is_within(&left->effect, margin);
	if (judgement_is_difference(&all->judgement))
		return side_of(&left->effect) == side_of(&all->fleet.effect);
	return true;
}

static void leave_each_out(struct fleet_view *f, struct fleet_cell *cell)
{
	struct chosen c = choose_hosts(f, cell, -1);

	cell->least = cell->most = NAN;
	cell->holds = c.nr > FLEET_LEAST;
	for (size_t i = 0; i < c.nr && c.nr > FLEET_LEAST; i++) {
		struct fleet left = stats_fleet_without(c.host, c.nr, i);

		cell->least = fmin(cell->least, left.effect.ratio);
		cell->most = fmax(cell->most, left.effect.ratio);
		cell->holds &= says_the_same(&left, &cell->all, f->margin);
	}
	chosen_free(&c);
}

static void find_strays(struct fleet_view *f, struct fleet_cell *cell)
{
	struct chosen c = choose_hosts(f, cell, -1);
	double *p = mem_zalloc(c.nr, sizeof(*p)), *adjusted = mem_zalloc(c.nr, sizeof(*adjusted));

	for (size_t i = 0; i < c.nr; i++)
		p[i] = stats_fleet_stray(c.host, c.nr, i);
	stats_adjust(p, c.nr, adjusted);
	for (size_t i = 0; i < c.nr; i++)
		cell->one[c.member[i]].stray = adjusted[i];
	free(adjusted);
	free(p);
	chosen_free(&c);
}

/* A class as one value: the mean of its machines, and the error of that. */
static struct fleet_host class_mean(const struct chosen *c)
{
	double mean = 0, square = 0, n = (double)c->nr;

	for (size_t i = 0; i < c->nr; i++)
		mean += c->host[i].x / n;
	for (size_t i = 0; i < c->nr; i++)
		square += (c->host[i].x - mean) * (c->host[i].x - mean);
	return (struct fleet_host){ mean, c->nr > 1 ? sqrt(square / (n - 1) / n) : NAN, c->nr };
}

static double explain(const struct fleet_view *f, const struct fleet_cell *cell)
{
	struct fleet_host *mean = mem_zalloc(f->members->nr_classes, sizeof(*mean));
	size_t nr = 0;
	double p;

	for (unsigned i = 0; i < f->members->nr_classes; i++) {
		struct chosen c = choose_hosts(f, cell, (int)i);

		if (c.nr > 1)
			mean[nr++] = class_mean(&c);
		chosen_free(&c);
	}
	p = nr > 1 ? stats_fleet(mean, nr).differ_p : NAN;
	free(mean);
	return p;
}

/* class -1: the whole fleet. */
static struct fleet_part *part_at(struct fleet_cell *cell, int class)
{
	return class < 0 ? &cell->all : &cell->class[class];
}

static void rule_part(struct fleet_view *f, size_t cell, int class)
{
	const struct verdict_rule rule = { f->margin, VERDICT_ALPHA, f->work[cell / f->nr_policies].better,
					   f->family };

	judgement_rule(&part_at(&f->cell[cell], class)->judgement, &rule, false);
}

static size_t nr_cells(const struct fleet_view *f)
{
	return (size_t)f->nr_works * f->nr_policies;
}

/* The cells of all machines are one family, those of all classes another. */
static void judge_family(struct fleet_view *f, int from, int to)
{
	struct judgement **family = mem_zalloc(nr_cells(f) * (size_t)(to - from), sizeof(*family));
	size_t nr = 0;

	for (size_t i = 0; i < nr_cells(f); i++)
		for (int class = from; class < to; class ++)
			family[nr++] = &part_at(&f->cell[i], class)->judgement;
	judgement_adjust(family, nr);
	free(family);
	for (size_t i = 0; i < nr_cells(f); i++)
		for (int class = from; class < to; class ++)
			rule_part(f, i, class);
}

void fleet_judge(struct fleet_view *f)
{
	f->family = (unsigned)nr_cells(f);
	for (size_t i = 0; i < nr_cells(f); i++)
		for (int class = -1; class < (int)f->members->nr_classes; class ++)
			*part_at(&f->cell[i], class) = part_of(f, &f->cell[i], class);
	judge_family(f, -1, 0);
	judge_family(f, 0, (int)f->members->nr_classes);
	for (size_t i = 0; i < nr_cells(f); i++) {
		leave_each_out(f, &f->cell[i]);
		find_strays(f, &f->cell[i]);
		f->cell[i].explained_by = explain(f, &f->cell[i]);
	}
}

struct judgement fleet_own(const struct fleet_view *f, const struct fleet_one *one)
{
	struct judgement j = judgement_none();

	j.effect = stats_host_effect(&one->host);
	j.margin = f->margin;
	return j;
}

int fleet_check(const struct members *m)
{
	if (m->nr >= FLEET_LEAST)
		return 0;
	return log_err(
		-CAUSE_INCONCLUSIVE,
		"%zu machine%s can't answer for a fleet: it takes %d with a run of plan %s; 'scxbench report' "
		"shows what one says, 'scxbench import' brings in runs of more",
		m->nr, m->nr == 1 ? "" : "s", FLEET_LEAST, m->plan);
}
