/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The counters that a policy keeps in its maps (schedulers/include/stats_abi.h, custody_abi.h), as metrics.
 */
#pragma once
#include <linux/types.h>
#include "stats_abi.h"
#include "custody_abi.h"
#include "control_abi.h"
#include "collect/collect.h"

/*
 * Adds up the CPUs' entries of a map into sum. Each entry is len bytes of 64-bit counters; one value of the
 * map is one of them, or an array. False when the policy has no such map or was compiled against another
 * layout.
 */
bool bpf_sum(const struct policy_map *map, void *sum, size_t len);
/* Subtracts before from now; both are len bytes of 64-bit counters. */
void bpf_since(void *now, const void *before, size_t len);
/* The last slot has no upper limit: its values are the overflow. */
void bpf_hist(struct metrics *m, const char *name, const char *unit, const struct scxb_hist *hist);
/* The op that a program named like "fifo_enqueue" implements, or the program's own name. */
const char *bpf_op_of(const char *prog);

/* How a ledger becomes part of a record. */
struct ledger_form {
	const char *counts, *times;   /* how the names of its metrics and histograms begin */
	bool (*is_seen)(int custody); /* which counts it has; NULL: all */
	bool proves;		      /* adds its lines of the proof too */
};
struct ledger_sums {
	const struct scxb_cpu *cpu;
	const struct scxb_rare_hist *rare;
};
/* Adds a ledger by its totals: collect_ledger() without the policy. */
void ledger_totals(const struct ledger_form *form, const struct ledger_sums *sums, struct record *r);
/* Adds the violations that an auditor has recorded. */
struct outside_watch;
void ledger_violations_from(struct outside_watch *w, struct record *r);
/* A violation as a JSON object, a struct json_t. */
void *ledger_violation(const struct scxb_violation *v);

/* Adds a metric, named with that prefix, for each line "NAME VALUE" of after, less before's. */
void events_since(const char *before, const char *after, const char *prefix, struct metrics *m);
