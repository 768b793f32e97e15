/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The names of what policies count, from the lists in schedulers/include, by the enum of each list. Names of
 * metrics end in them: see metric_name.h.
 */
#pragma once
#include <linux/types.h>
#include "stats_abi.h"
#include "custody_abi.h"

extern const char *const abi_op[SCXB_NR_OPS];
extern const char *const abi_count[SCXB_NR_COUNTS];
extern const char *const abi_detail[SCXB_NR_DETAILS];
extern const char *const abi_custody[SCXB_NR_CUSTODY];
extern const char *const abi_cause[SCXB_NR_CAUSES];
extern const char *const abi_custody_words[SCXB_NR_CUSTODY]; /* what a table has beside the name */

/* The kinds of custody counters. Each group is a range of enum scxb_custody. */
enum custody_group { CUSTODY_ENTRIES, CUSTODY_EXITS, CUSTODY_NOTES, CUSTODY_VIOLATIONS, NR_CUSTODY_GROUPS };
struct custody_span {
	int first, end;
};
extern const struct custody_span custody_span[NR_CUSTODY_GROUPS];
/* The sum of all counters of the group. */
__u64 custody_total(const struct scxb_cpu *sum, enum custody_group group);
