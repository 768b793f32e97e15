/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The maps of the sched_ext policy that is in, whoever loaded it. Needs root.
 *
 * Of all struct_ops links in the system it is the one whose map is called <ops>_ops, as the policy contract
 * has it, <ops> being the name that the kernel tells of the attached scheduler; the maps are those that the
 * programs behind that link use. So maps of a policy that is loaded but not in are never taken for it.
 */
#pragma once

#include "policy/policy.h"

#define FIND_MAX_MAPS 64

struct found {
	struct scx_state scx;
	unsigned map[FIND_MAX_MAPS]; /* ids */
	int nr_maps;
};

/* -ENOENT when no policy is in, -EPERM without root, -ENOTSUP when it is not by our contract; logged. */
int find_policy(struct found *f);
/* A descriptor of its map of that name and size of value, or -ENOENT; logs nothing. */
int find_map(const struct found *f, const char *name, unsigned value_size);
