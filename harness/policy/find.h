/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The maps of the sched_ext policy that is in, whoever loaded it. Needs root.
 *
 * Of all struct_ops links in the system it is the one whose map is called <ops>_ops, as the policy contract
 * has it, <ops> being the name that the kernel tells of the attached scheduler; the maps are those that its
 * ops use. So maps of a policy that is loaded but not in are never taken for it.
 */
#pragma once

#include "policy/policy.h"

#define FIND_MAX_MAPS 64
#define FIND_MAX_OPS 64

struct found {
	struct scx_state scx;
	unsigned map[FIND_MAX_MAPS]; /* ids */
	int nr_maps;
	unsigned op[FIND_MAX_OPS]; /* ids of the programs */
	int nr_ops;
};

/*
 * Who is in, with its maps and ops: -ESRCH nobody, -ENOSYS no sched_ext here, -EPERM not root, -ENOTSUP no
 * such link (f->scx is filled in all the same). Logs nothing: find_log() does.
 */
int find_attached(struct found *f);
/* What such an error means, in a line; returns its cause: -CAUSE_NO_POLICY or -CAUSE_CANT. */
int find_log(int err, const struct found *f);
/* For who needs a policy by our contract: 0 or such a cause, logged. */
int find_policy(struct found *f);
/* A descriptor of its map of that name and size of value, or -ENOENT; logs nothing. */
int find_map(const struct found *f, const char *name, unsigned value_size);
