/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The history of a store of drawn nights of one machine and one workload; a test says what they are like. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include "judge/history.h"
#include "scratch.h"
#include "store/db.h"
#include "store/write.h"
#include "util/mem.h"

#define BLOCKS 6
#define DAY_NS 86400000000000
#define MOST_POLICIES 16

/* What the nights are like; a night is a number from 0 on. */
struct cast {
	const char *policy[MOST_POLICIES]; /* beside fair */
	double (*ratio)(const char *policy, unsigned night,
			unsigned block); /* NAN: not in that night's run */
	unsigned (*version)(unsigned night);
	double noise;
	unsigned nights, seed;
	gsl_rng *rng; /* make()'s own */
};

static inline void take_sample(struct store *s, int64_t run, struct record *r, double value)
{
	r->boot = 1;
	r->workload = "quick";
	metrics_add(&r->metrics, "time", "s", BETTER_LOWER, value);
	assert_int_equal(write_sample(s, run, r), 0);
	metrics_free(&r->metrics);
}

/* The policies of that night, fair first, and their hashes. */
static inline unsigned set_policies(const struct cast *c, unsigned night, char **policy, char **hash)
{
	unsigned nr = 1;

	policy[0] = "fair";
	for (unsigned i = 0; i < MOST_POLICIES && c->policy[i]; i++)
		if (!isnan(c->ratio(c->policy[i], night, 1))) {
			policy[nr] = (char *)c->policy[i];
			hash[nr++] = mem_printf("%s-%u", c->policy[i], c->version(night));
		}
	return nr;
}

static inline void take_samples(struct store *s, const struct cast *c, unsigned night, char **policy)
{
	int64_t row;
	char id[32];
	unsigned seq = 0;

	snprintf(id, sizeof(id), "n%04u", night);
	assert_int_equal(db_find_run(s, id, &row), 0);
	for (unsigned block = 1; block <= BLOCKS; block++)
		for (unsigned i = 0; policy[i]; i++) {
			double ratio = i ? c->ratio(policy[i], night, block) : 1;

			take_sample(s, row,
				    &(struct record){ .seq = ++seq, .block = block, .policy = policy[i] },
				    10 * ratio * exp(gsl_ran_gaussian(c->rng, c->noise)));
		}
}

static inline void take_night(struct store *s, const struct cast *c, unsigned night)
{
	char *policy[MOST_POLICIES + 2] = { 0 }, *hash[MOST_POLICIES + 2] = { 0 }, id[32];
	char *works[] = { "quick", NULL }, *primary[] = { "time", NULL }, kernel[32];
	unsigned nr = set_policies(c, night, policy, hash);
	struct pair env[] = { { "kernel", kernel } };
	struct run run = { .id = id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = "a",
			   .restarts = 1,
			   .blocks = BLOCKS,
			   .planned = BLOCKS * nr,
			   .started_ns = night * DAY_NS,
			   .policies = policy,
			   .policy_hash = hash,
			   .workloads = works,
			   .primary = primary,
			   .env = env,
			   .nr_env = 1 };

	snprintf(id, sizeof(id), "n%04u", night);
	snprintf(kernel, sizeof(kernel), "7.3.%u", night / 40);
	assert_int_equal(write_run(s, &run), 0);
	take_samples(s, c, night, policy);
	for (unsigned i = 1; i < nr; i++)
		free(hash[i]);
}

static inline struct history make(struct cast *c)
{
	struct store *s;
	struct history h;

	c->rng = gsl_rng_alloc(gsl_rng_taus2);
	gsl_rng_set(c->rng, c->seed);
	scratch_setup(NULL);
	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_CREATE, &s), 0);
	assert_int_equal(db_begin(s), 0);
	for (unsigned night = 0; night < c->nights; night++)
		take_night(s, c, night);
	assert_int_equal(db_end(s, 0), 0);
	assert_int_equal(history_make(s, &(struct store_filter){ .primary_only = true }, &h), 0);
	store_close(s);
	scratch_teardown(NULL);
	gsl_rng_free(c->rng);
	return h;
}
