/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of one night each, written into a store; every number shows where it belongs. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include "record/ejection.h"
#include "store/store.h"
#include "scratch.h"
#include "util/fs.h"

#define NIGHT_NS 86400000000000
#define NIGHT_BLOCKS 2

static inline struct store *night_open(void)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_CREATE, &s), 0);
	return s;
}

static inline double night_value(unsigned night, unsigned policy, unsigned block)
{
	return night * 100 + policy * 10 + block;
}

#define NIGHT_STALL "runnable task stall: make[7] failed to run for 5.1s"

static inline void night_eject(struct record *r)
{
	r->status = STATUS_EJECTED;
	r->why = NIGHT_STALL;
	r->ejection = (struct ejection){ .kind = EXIT_ERROR_STALL, .reason = "runnable task stall" };
}

/* One sample; block 0 is a warm-up. In block 2 of "fifo" the policy is ejected on odd nights. */
static inline void night_sample(struct store *s, const char *id, unsigned night, struct record *r)
{
	unsigned policy = !strcmp(r->policy, "fifo");
	char dir[300];

	r->boot = 1;
	r->warmup = !r->block;
	if (r->block == 2 && policy && night % 2)
		night_eject(r);
	else
		metrics_add(&r->metrics, "time", "s", BETTER_LOWER, night_value(night, policy, r->block));
	metrics_absent(&r->metrics, "perf.cycles", "count", "no counter");
	snprintf(dir, sizeof(dir), "%s/runs/%s", scratch, id);
	assert_int_equal(record_write(r, dir), 0);
	assert_int_equal(store_take_sample(s, id, r), 0);
	metrics_free(&r->metrics);
}

/* "hostA-3" is night 3 of that host: its files and its rows in the store. */
static inline void night_take_of(struct store *s, const char *plan, const char *host, unsigned night)
{
	char *policies[] = { "fifo", "fair", NULL }, *works[] = { "quick", NULL },
	     *primary[] = { "time", NULL };
	char *hash[] = { night < 3 ? "old" : "new", NULL }, id[64], dir[300];
	struct run run = { .id = id,
			   .plan = (char *)plan,
			   .command = "",
			   .where = "native",
			   .host = (char *)host,
			   .blocks = NIGHT_BLOCKS,
			   .planned = 6,
			   .restarts = 1,
			   .started_ns = night * NIGHT_NS,
			   .policies = policies,
			   .workloads = works,
			   .primary = primary,
			   .policy_hash = hash };
	unsigned seq = 1;

	snprintf(id, sizeof(id), "%s-%u", host, night);
	snprintf(dir, sizeof(dir), "%s/runs/%s", scratch, id);
	assert_int_equal(fs_mkdirs(dir), 0);
	assert_int_equal(run_write(&run, dir), 0);
	assert_int_equal(store_take_run(s, dir), 0);
	for (unsigned block = 0; block <= NIGHT_BLOCKS; block++)
		for (unsigned p = 0; p < 2; p++)
			night_sample(s, id, night,
				     &(struct record){ .seq = seq++,
						       .block = block,
						       .policy = policies[p],
						       .workload = "quick" });
}

static inline void night_take(struct store *s, const char *host, unsigned night)
{
	night_take_of(s, "nightly", host, night);
}
