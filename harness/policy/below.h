/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: a policy below another, which Linux 7.3 calls a sub-scheduler. Its parent is the root
 * and has every task but those of the workload's cgroup and of the groups below it.
 */
#pragma once
#include "policy/loaded.h"

/* Can the objects be parent and child? -CAUSE_USAGE, logged. Loads nothing. */
int below_check(const struct policy *child, const struct policy *parent);
/* Before the load: in whose place it is attached. */
int below_set(struct policy *child, uint64_t cgroup_id);
/* It is attached under its own name. found: the name that is there, or "none". */
bool below_is_in(const struct policy *child, char *found, size_t len);
