/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample and a run with something in nearly every field. */
#pragma once
#include <float.h>
#include "record/record.h"
#include "util/mem.h"

static inline void full_record(struct record *r)
{
	struct hist *h;

	*r = (struct record){
		.seq = 7,
		.block = 2,
		.boot = 3,
		.warmup = true,
		.retake_of = 6,
		.policy = mem_strdup("vtime:slice_us=3000"),
		.workload = mem_strdup("hackbench-pipe"),
		.status = STATUS_EJECTED,
		.why = mem_strdup("ejected"),
		.started_ns = 1795366801123456789,
		.elapsed_s = 0.1,
		.window_s = DBL_MIN,
		.ejection = { 1025, -3, mem_strdup("runnable task stall"), mem_strdup("bad \xff\xc3"), NULL,
			      1.5 },
		.violations = mem_strdup("[{\"comm\":\"\x80\"}]"),
	};
	metrics_add(&r->metrics, "time", "s", BETTER_LOWER, 1.0 / 3);
	metrics_resolution(&r->metrics, "time", 0.001);
	metrics_add(&r->metrics, "rate", "count", BETTER_HIGHER, 1e29);
	metrics_absent(&r->metrics, "perf.cycles", "count", "no counter\n\"here\"");
	h = metrics_hist(&r->metrics, "latency", "us");
	hist_add(h, 0, 0.1, 3);
	hist_add(h, 0.1, 1e9, 1ULL << 45);
	h->overflow = 2;
	metrics_hist(&r->metrics, "empty", "us");
	record_prove(r, true, PROOF_ATTACHED_STATE, "found %s", "enabled");
	record_take_proof(r, proof_named("of another version", "1025", false));
}

static inline struct run full_run(void)
{
	static char *policies[] = { "fair", "fifo", NULL }, *workloads[] = { "build", NULL },
		    *primary[] = { "time", NULL }, *hash[] = { NULL, "5f2a" },
		    *given[] = { NULL, "vtime:slice_us=3000" }, *slice[] = { "1400000", NULL };
	static struct pair env[] = { { "kernel", "7.3.4" }, { "cmdline", "quiet=\"a\" <c> \xfe" } };

	return (struct run){
		.id = "20261122-164501-7f3a",
		.plan = "demo",
		.command = "scxbench bench",
		.where = "lab",
		.emulated = true,
		.seed = UINT64_MAX,
		.blocks = 3,
		.planned = 6,
		.started_ns = 5,
		.policies = policies,
		.workloads = workloads,
		.primary = primary,
		.env = env,
		.nr_env = 2,
		.host = "77aa",
		.policy_hash = hash,
		.policy_given = given,
		.slice_ns = slice,
		.host_before = "cafe0123cafe0123",
		.baseline = "fifo",
		.restarts = 4,
		.margin = 0.02,
		.tags = "good,last-good",
		.ended = "all 3 blocks",
		.gate = "pass",
		.topology_xml = "<topology/>",
	};
}
