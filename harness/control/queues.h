/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queues that belong to users or cgroups, of a policy that has such (queues_abi.h). */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include "control_abi.h"
#include "queues_abi.h"

struct found; /* policy/find.h */

/* queue[]: has SCXB_OWNED entries. False: the policy has no such queues. */
bool queues_read(const struct found *f, struct scxb_owned *queue);
/* Is there anything to say of it: does it belong to somebody who exists, or does a task wait in it? */
bool queue_is_used(const struct scxb_owned *q);
/* "user:web", "cgroup:build"; "all others" where it belongs to nobody. The caller's to free. */
char *queue_owner(const struct scxb_owned *q);
/* "arrival", "priority". */
const char *queue_order(const struct scxb_owned *q);
