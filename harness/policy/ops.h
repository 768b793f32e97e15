/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of ops in a policy's object: struct sched_ext_ops, or struct sched_ext_ops_cid (Linux 7.3). */
#pragma once
#include "policy/loaded.h"

/* Finds the one table, or the one that was chosen, and its name; logs an error. */
int ops_find(const struct policy_spec *spec, struct policy *p);
/* A member of the table as the object has it, *size bytes at most from there on; NULL when it has none. */
void *ops_member(const struct policy *p, const char *name, size_t *size);
/* Its struct without a flavour (___x), which libbpf takes off as well. The caller's to free. */
char *ops_type(const struct policy *p);
/* Does an object that keeps our ledger have each op that the proof of a sample needs? Logs the one that is
 * not there. */
int ops_check(const struct policy_spec *spec, const struct policy *p);
/* Before load: takes the ops out of the policy that only watch, see SCXB_WATCH in stats_abi.h. */
void ops_leave_out_watches(struct policy *p);
