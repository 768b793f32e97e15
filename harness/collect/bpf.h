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
 * Adds up the CPUs' entries of a map into sum. Each entry is len bytes of 64-bit counters. False when the
 * policy has no such map or was compiled against another layout.
 */
bool bpf_sum(const struct policy_map *map, void *sum, size_t len);
/* Subtracts before from now; both are len bytes of 64-bit counters. */
void bpf_since(void *now, const void *before, size_t len);
/* The last slot has no upper limit: its values are the overflow. */
void bpf_hist(struct metrics *m, const char *name, const char *unit, const struct scxb_hist *hist);
/* The op that a program named like "fifo_enqueue" implements, or the program's own name. */
const char *bpf_op_of(const char *prog);

/* Adds the ledger's metrics and proof lines from its totals: collect_ledger() without the policy. */
void ledger_totals(const struct scxb_cpu *sum, const struct scxb_rare_hist *rare, struct record *r);
/* A violation as a JSON object, a struct json_t. */
void *ledger_violation(const struct scxb_violation *v);

/* Adds a metric, named with that prefix, for each line "NAME VALUE" of after, less before's. */
void events_since(const char *before, const char *after, const char *prefix, struct metrics *m);
