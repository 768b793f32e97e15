/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/fleet_gate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/differ.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

/* A cell of the baseline, and the same of now; NULL: now there is none. */
struct both {
	const struct fleet_gate *g;
	const struct fleet_cell *then, *now;
};

const struct fleet_cell *fleet_gate_same(const struct fleet_view *in, const struct fleet_view *of,
					 unsigned work, unsigned policy)
{
	const struct fleet_work *wanted = &of->work[work];

	for (unsigned w = 0; w < in->nr_works; w++)
		for (unsigned p = 0; p < in->nr_policies; p++)
			if (!strcmp(in->work[w].name, wanted->name) &&
			    !strcmp(in->work[w].metric, wanted->metric) &&
			    !strcmp(in->work[w].unit, wanted->unit) &&
			    !strcmp(in->policy[p], of->policy[policy]))
				return fleet_cell(in, w, p);
	return NULL;
}

const char *fleet_gate_class(const struct fleet_gate *g, unsigned class)
{
	const struct members *now = g->now->members, *then = g->then->members;

	for (unsigned i = 0; class >= now->nr_classes && i < then->nr_classes; i++)
		if (g->class_then[i] == class)
			return then->class[i];
	return now->class[class];
}

static void name_classes(struct fleet_gate *g)
{
	const struct members *now = g->now->members, *then = g->then->members;

	g->class_then = mem_zalloc(then->nr_classes, sizeof(*g->class_then));
	g->nr_classes = now->nr_classes;
	for (unsigned i = 0; i < then->nr_classes; i++) {
		unsigned k = 0;

		while (k < now->nr_classes && strcmp(now->class[k], then->class[i]))
			k++;
		g->class_then[i] = k < now->nr_classes ? k : g->nr_classes++;
	}
}

/* As it is now; where the machine has no run now, as it was. */
static unsigned class_of(const struct fleet_gate *g, size_t then)
{
	const struct members *now = g->now->members;
	const struct member *old = &g->then->members->member[then];
	int i = members_host(now, old->run.host);

	return i < 0 ? g->class_then[old->class] : now->member[i].class;
}

int fleet_gate_newer(const struct fleet_gate *g, size_t then)
{
	const struct run *old = &g->then->members->member[then].run;
	int i = members_host(g->now->members, old->host);

	return i < 0 || !strcmp(g->now->members->member[i].run.id, old->id) ? -1 : i;
}

static struct fleet_host change_of(const struct fleet_host *then, const struct fleet_host *now)
{
	return (struct fleet_host){ now->x - then->x, hypot(now->error, then->error),
				    now->n < then->n ? now->n : then->n };
}

/* What became of the machines of a class. */
struct tally {
	struct fleet_host *change;
	size_t nr, asked, older, broken; /* older: without a newer run */
	const char *why, *host;		 /* of the first that is broken */
};

static void tally_one(const struct both *b, size_t i, struct tally *t)
{
	const struct fleet_one *then = &b->then->one[i], *now;
	int member = fleet_gate_newer(b->g, i);

	if (isnan(then->host.x))
		return;
	t->asked++;
	t->older += member < 0;
	if (member < 0 || !b->now)
		return;
	now = &b->now->one[member];
	if (now->worst >= STATUS_FAILED && then->worst < STATUS_FAILED && !t->broken++) {
		t->why = now->why ? now->why : status_name(now->worst);
		t->host = b->g->then->members->member[i].run.host;
	}
	if (!isnan(now->host.x))
		t->change[t->nr++] = change_of(&then->host, &now->host);
}

/* A machine that is to have a value now, and had none then: it is not compared. */
static bool is_fresh(const struct both *b, size_t now)
{
	int then = members_host(b->g->then->members, b->g->now->members->member[now].run.host);

	return b->now->one[now].due && (then < 0 || isnan(b->then->one[then].host.x));
}

static size_t count_fresh(const struct both *b, int class)
{
	const struct members *now = b->g->now->members;
	size_t n = 0;

	for (size_t i = 0; b->now && i < now->nr; i++)
		n += (class < 0 || now->member[i].class == (unsigned)class) && is_fresh(b, i);
	return n;
}

static void rule_row(struct fleet_gate_row *row, enum ruling ruling, char *why)
{
	row->ruling = ruling;
	row->why = why;
}

static void rule_by_effect(const struct fleet_gate *g, struct fleet_gate_row *row)
{
	const struct fleet_work *w = &g->then->work[row->work];
	enum gate gate = stats_noninferior(&row->fleet.effect, g->threshold, w->better);

	if (gate == GATE_PASS)
		rule_row(row, RULING_PASS, NULL);
	else if (gate == GATE_REGRESSION)
		rule_row(row, RULING_REGRESSION,
			 mem_printf("at best more than %.3g %% worse", 100 * g->threshold));
	else
		rule_row(row, RULING_INCONCLUSIVE,
			 mem_printf(
				 "neither within %.3g %% nor beyond it: more machines or blocks may show it",
				 100 * g->threshold));
}

static void rule_tally(const struct fleet_gate *g, struct fleet_gate_row *row, const struct tally *t)
{
	row->asked = t->asked;
	row->fleet = stats_fleet(t->change, t->nr);
	if (t->broken)
		rule_row(row, RULING_BROKEN,
			 mem_printf("%zu of %zu machines lost it, the first %.12s: %s", t->broken, t->asked,
				    t->host, t->why));
	else if (t->asked && t->older < t->asked && !t->nr)
		rule_row(row, RULING_MISSING, mem_strdup("no machine has a value of it now"));
	else if ((double)t->asked < RELIABILITY_LEAST * (double)(t->asked + row->fresh))
		rule_row(row, RULING_INCONCLUSIVE,
			 mem_printf("%zu of %zu machines have a value in the baseline", t->asked,
				    t->asked + row->fresh));
	else if ((double)t->nr < RELIABILITY_LEAST * (double)t->asked)
		rule_row(row, RULING_INCONCLUSIVE,
			 mem_printf("%zu of %zu machines have a newer value", t->nr, t->asked));
	else if (t->nr < FLEET_LEAST)
		rule_row(row, RULING_INCONCLUSIVE,
			 mem_printf("%zu machine%s; it takes %d: 'scxbench regress' judges one by itself",
				    t->nr, t->nr == 1 ? "" : "s", FLEET_LEAST));
	else
		rule_by_effect(g, row);
}

static void judge_class(struct fleet_gate *g, const struct both *b, struct fleet_gate_row row)
{
	size_t nr = g->then->members->nr;
	struct tally t = { .change = mem_zalloc(nr, sizeof(*t.change)) };

	for (size_t i = 0; i < nr; i++)
		if (row.class < 0 || class_of(g, i) == (unsigned)row.class)
			tally_one(b, i, &t);
	row.fresh = count_fresh(b, row.class);
	if (t.asked || row.fresh) {
		rule_tally(g, &row, &t);
		g->row = mem_grow(g->row, g->nr, sizeof(*g->row));
		g->row[g->nr++] = row;
	}
	free(t.change);
}

static void judge_cell(struct fleet_gate *g, unsigned work, unsigned policy)
{
	struct both b = { g, fleet_cell(g->then, work, policy),
			  fleet_gate_same(g->now, g->then, work, policy) };

	for (int class = -1; class < (int)g->nr_classes; class ++)
		judge_class(g, &b, (struct fleet_gate_row){ .work = work, .policy = policy, .class = class });
}

void fleet_gate_make(const struct fleet_view *then, const struct fleet_view *now, double threshold,
		     struct fleet_gate *g)
{
	*g = (struct fleet_gate){ .now = now, .then = then, .threshold = threshold };
	name_classes(g);
	for (unsigned w = 0; w < then->nr_works; w++)
		for (unsigned p = 0; p < then->nr_policies; p++)
			judge_cell(g, w, p);
	for (size_t i = 0; i < g->nr; i++) {
		g->count[g->row[i].ruling]++;
		if (g->row[i].ruling > g->ruling)
			g->ruling = g->row[i].ruling;
	}
}

void fleet_gate_free(struct fleet_gate *g)
{
	for (size_t i = 0; i < g->nr; i++)
		free(g->row[i].why);
	free(g->class_then);
	free(g->row);
}

bool fleet_gate_fails(const struct fleet_gate *g)
{
	return g->ruling > RULING_INCONCLUSIVE;
}

const char *fleet_gate_word(const struct fleet_gate *g)
{
	return fleet_gate_fails(g) ? "fail" : g->ruling == RULING_PASS ? RUN_PASSED : "inconclusive";
}

int fleet_gate_check(const struct members *then, const struct members *now)
{
	struct run same = now->member[0].run;
	const struct run *old = &then->member[0].run;
	struct differences d;
	int err = 0;

	same.host = old->host;
	differ_make(old, &same, &d);
	if (d.nr_reasons)
		err = log_err(-CAUSE_USAGE, "the runs can't be compared with their baseline: %s",
			      d.reason[0]);
	differ_free(&d);
	return err;
}
