/* SPDX-License-Identifier: GPL-2.0-or-later */
/* May a new version of policies go to the fleet? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/fleet.h"
#include "export/fleet_json.h"
#include "report/fleet.h"
#include "store/store.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/log.h"

/* The runs of now and of the baseline, by machine. */
struct sides {
	struct members now, then;
};

static int bless_runs(struct store *store, const struct members *m)
{
	int err = 0;

	for (size_t i = 0; i < m->nr && !err; i++)
		err = store_tag(store, m->member[i].run.id, REGRESS_LAST_GOOD);
	return err;
}

/* Where none was, none is moved; else a machine that is new would never be judged. */
static int begin_missing(struct store *store, const struct fleet_gate *g)
{
	const struct members *now = g->now->members;
	size_t nr = 0;
	int err = 0;

	for (size_t i = 0; i < now->nr && !err; i++)
		if (members_host(g->then->members, now->member[i].run.host) < 0) {
			err = store_tag(store, now->member[i].run.id, REGRESS_LAST_GOOD);
			nr++;
		}
	if (nr && !err)
		log_warn("%zu machine%s without a baseline: the latest run is it from now on", nr,
			 nr == 1 ? "" : "s");
	return err;
}

static void show_gate(const struct fleet_options *o, const struct fleet_gate *g)
{
	char *text = o->json ? fleet_gate_json(g) : fleet_gate_text(g, grid_terminal());

	printf("%s%s", text, o->json ? "\n" : "");
	free(text);
}

static int rule_sides(const struct fleet_options *o, struct store *store, const struct fleet_view *then,
		      const struct fleet_view *now)
{
	struct fleet_gate g;
	int err = 0;

	fleet_gate_make(then, now, o->threshold > 0 ? o->threshold : REGRESS_THRESHOLD, &g);
	show_gate(o, &g);
	if (fleet_gate_fails(&g))
		err = -CAUSE_FAILED;
	else if (g.ruling == RULING_PASS)
		err = o->bless ? bless_runs(store, now->members) : 0;
	else
		err = o->bless && !o->baseline ? begin_missing(store, &g) : 0;
	if (!err && g.ruling != RULING_PASS)
		err = -CAUSE_INCONCLUSIVE;
	fleet_gate_free(&g);
	return err;
}

static int judge_sides(const struct fleet_options *o, struct store *store, const struct sides *s)
{
	struct fleet_view then = { .members = &s->then }, now = { .members = &s->now };
	int err = fleet_gate_check(&s->then, &s->now);

	if (!err)
		err = fleet_load(store, &s->then, NAN, &then);
	if (!err)
		err = fleet_load(store, &s->now, NAN, &now);
	if (!err)
		err = rule_sides(o, store, &then, &now);
	fleet_view_free(&then);
	fleet_view_free(&now);
	return err;
}

/* A gate never passes for want of data: what becomes the baseline now was not judged. */
static int begin_baseline(const struct fleet_options *o, struct store *store, const struct sides *s)
{
	int err = o->bless ? bless_runs(store, &s->now) : 0;

	if (err)
		return err;
	return log_err(
		-CAUSE_INCONCLUSIVE,
		o->bless ? "no machine has a run tagged " REGRESS_LAST_GOOD
			   ": these of %zu machines are the baseline from now on"
			 : "no machine has a run tagged " REGRESS_LAST_GOOD
			   ": 'scxbench fleet gate --bless' makes the latest runs of these %zu machines the "
			   "baseline",
		s->now.nr);
}

/* 1: some machine has a run with that tag; 0; or -errno. */
static int find_tag(struct store *store, const char *tag, const char *plan)
{
	char *any = NULL;
	int found = store_pick(
		store, &(struct store_pick){ .comparisons = true, .sampled = true, .tag = tag, .plan = plan },
		&any);

	free(any);
	return found;
}

static int load_and_judge(const struct fleet_options *o, struct store *store, struct sides *s)
{
	const char *tag = o->baseline ? o->baseline : REGRESS_LAST_GOOD;
	int err = members_load(store, &(struct members_ask){ .plan = o->plan }, &s->now), found;

	if (!err)
		err = fleet_check(&s->now);
	if (err)
		return err;
	found = find_tag(store, tag, s->now.plan);
	if (found < 0)
		return found;
	if (!found && !o->baseline)
		return begin_baseline(o, store, s);
	err = members_load(store, &(struct members_ask){ s->now.plan, tag }, &s->then);
	return err ? err : judge_sides(o, store, s);
}

int fleet_call_gate(const struct fleet_options *o)
{
	struct store *store = NULL;
	struct sides s = { 0 };
	int err = store_open_in(o->results, o->bless ? STORE_WRITE : STORE_READ, &store);

	if (!err)
		err = load_and_judge(o, store, &s);
	members_free(&s.now);
	members_free(&s.then);
	store_close(store);
	return exit_code_of(err);
}
