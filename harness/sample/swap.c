/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/swap.h"

#include "record/metric_name.h"
#include "sample/dark.h"
#include "util/clock.h"

/* Fair is always there. */
static bool is_timed(const struct swap *s)
{
	return s->spec->kind != POLICY_FAIR && !s->untimed;
}

static void took(const struct swap *s, struct record *r, const char *name, double start)
{
	if (is_timed(s))
		metrics_add(&r->metrics, name, "s", BETTER_LOWER, clock_s() - start);
}

static bool is_partial(const struct policy_spec *policy)
{
	struct scx_state s;

	scx_state_read(&s);
	return policy->kind != POLICY_FAIR && s.partial;
}

int swap_load(const struct swap *s, const struct policy_setup *setup, struct policy **p, struct record *r)
{
	double start = clock_s();
	int err = policy_load(s->spec, setup, p);

	if (!err)
		took(s, r, METRIC_SWAP_LOAD, start);
	return err;
}

/* The probes are ordinary tasks, which a partial policy leaves to fair. */
int swap_attach(struct swap *s, struct policy *p, struct record *r)
{
	double start;
	int err;

	s->dark[0] = is_timed(s) ? dark_begin() : NULL;
	start = clock_s();
	err = policy_attach(p, r);
	if (err)
		return err;
	took(s, r, METRIC_SWAP_ATTACH, start);
	s->partial = is_partial(s->spec);
	if (!s->partial) {
		dark_look(s->dark[0], &r->metrics, METRIC_SWAP_DARK_IN);
		dark_back(s->dark[0], &r->metrics, METRIC_SWAP_FIRST);
	}
	return 0;
}

int swap_detach(struct swap *s, struct policy *p, struct record *r)
{
	double start;
	int err;

	s->dark[1] = is_timed(s) && !s->partial ? dark_begin() : NULL;
	start = clock_s();
	err = policy_detach(p, r);
	took(s, r, METRIC_SWAP_DETACH, start);
	dark_look(s->dark[1], &r->metrics, METRIC_SWAP_DARK_OUT);
	return err;
}

void swap_end(struct swap *s)
{
	dark_free(s->dark[0]);
	dark_free(s->dark[1]);
}
