/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate's ruling in sentences. */
#include <math.h>
#include <stdlib.h>
#include "judge/fleet_gate.h"
#include "text/buf.h"

/* Machines that are named by themselves; of more only their number is said. */
#define NAMED_MOST 5

static void put_row(struct buf *b, const struct fleet_gate *g, const struct fleet_gate_row *row)
{
	const struct effect *e = &row->fleet.effect;
	char *class = fleet_class_name(row->class);

	buf_printf(b, "%s under %s on %s: %s, %s", g->then->work[row->work].name,
		   g->then->policy[row->policy], class, ruling_name(row->ruling), row->why);
	if (!isnan(e->low))
		buf_printf(b, "; now is %.3f of then [%.3f, %.3f]", e->ratio, e->low, e->high);
	buf_put(b, ".\n");
	free(class);
}

/* Without a word of it a policy that is new would seem to have passed. */
static void put_new(struct buf *b, const struct fleet_gate *g)
{
	for (unsigned w = 0; w < g->now->nr_works; w++)
		for (unsigned p = 0; p < g->now->nr_policies; p++)
			if (!fleet_gate_same(g->then, g->now, w, p))
				buf_printf(
					b,
					"%s under %s is new: the baseline has none, so it is not judged.\n",
					g->now->work[w].name, g->now->policy[p]);
}

struct names {
	struct buf b;
	size_t nr;
};

static void add_name(struct names *n, const struct member *m)
{
	char *name = member_name(m);

	if (n->nr++ < NAMED_MOST)
		buf_printf(&n->b, "%s%s", n->nr > 1 ? ", " : "", name);
	free(name);
}

static void put_names(struct buf *b, struct names *n, const char *lack)
{
	char *names = buf_take(&n->b);

	if (n->nr)
		buf_printf(b, "%zu machine%s no %s: %s", n->nr, n->nr == 1 ? " has" : "s have", lack, names);
	if (n->nr > NAMED_MOST)
		buf_printf(b, " and %zu more", n->nr - NAMED_MOST);
	buf_put(b, n->nr ? ".\n" : "");
	free(names);
}

static void put_machines(struct buf *b, const struct fleet_gate *g)
{
	const struct members *then = g->then->members, *now = g->now->members;
	char *out = fleet_left_out(now, "Machine"),
	     *out_then = fleet_left_out(then, "The baseline of machine");
	struct names older = { 0 }, fresh = { 0 };

	for (size_t i = 0; i < then->nr; i++)
		if (fleet_gate_newer(g, i) < 0)
			add_name(&older, &then->member[i]);
	for (size_t i = 0; i < now->nr; i++)
		if (members_host(then, now->member[i].run.host) < 0)
			add_name(&fresh, &now->member[i]);
	put_names(b, &older, "run newer than the baseline");
	put_names(b, &fresh, "baseline");
	buf_printf(b, "%s%s", out, out_then);
	free(out_then);
	free(out);
}

char *fleet_gate_answer(const struct fleet_gate *g)
{
	struct buf b = { 0 };

	buf_printf(&b, "%s: %u of %zu comparisons pass, each at most %.3g %% worse than its baseline.\n",
		   fleet_gate_word(g), g->count[RULING_PASS], g->nr, 100 * g->threshold);
	for (int ruling = NR_RULING - 1; ruling > RULING_PASS; ruling--)
		for (size_t i = 0; i < g->nr; i++)
			if (g->row[i].ruling == (enum ruling)ruling)
				put_row(&b, g, &g->row[i]);
	put_new(&b, g);
	put_machines(&b, g);
	return buf_take(&b);
}
