/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that has begun, in files, and an empty store to take it in. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include "store/store.h"
#include "scratch.h"
#include "util/fs.h"

/* A run as it is before its first sample, in its directory under results/runs. */
static inline const char *write_run(const char *id, int64_t started_ns)
{
	static char path[256];
	char *policies[] = { "fair", "vtime:slice_us=3000", NULL }, *workloads[] = { "hackbench-pipe", NULL };
	char *primary[] = { "time", NULL }, *hash[] = { NULL, "5f2a" }, *given[] = { NULL, "vtime" },
	     *slice[] = { "1400000", "3000000" };
	struct pair env[] = { { "kernel", "7.3.4" }, { "cmdline", "a=\"b\" <c>" } };
	struct run run = { .id = (char *)id,
			   .plan = "demo",
			   .command = "scxbench bench --seed 7",
			   .where = "lab",
			   .emulated = true,
			   .seed = 0xfedcba9876543210,
			   .blocks = 3,
			   .planned = 99,
			   .started_ns = started_ns,
			   .policies = policies,
			   .workloads = workloads,
			   .primary = primary,
			   .env = env,
			   .nr_env = 2,
			   .topology_xml = "<topology/>",
			   .host = "77aa",
			   .policy_hash = hash,
			   .policy_given = given,
			   .slice_ns = slice,
			   .host_before = "cafe0123cafe0123",
			   .baseline = "vtime:slice_us=3000",
			   .restarts = 2,
			   .margin = 0.01 };

	snprintf(path, sizeof(path), "%s/%s", scratch, id);
	assert_int_equal(fs_mkdirs(path), 0);
	assert_int_equal(run_write(&run, path), 0);
	return path;
}

static inline struct store *open_store(void)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_CREATE, &s), 0);
	return s;
}
