/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The maps of the attached sched_ext policy, whichever process loaded it. Needs root.
 *
 * The kernel names the ops of the attached scheduler. Of all struct_ops links in the system its map is the
 * one whose struct has that name in it; what the map itself is called does not matter. The maps are those
 * that its ops use. So the maps of a policy that is loaded but not attached are never mistaken for them.
 */
#pragma once

#include <linux/bpf.h>
#include "policy/policy.h"

#define FIND_MAX_MAPS 64
#define FIND_MAX_OPS 64

struct found {
	struct scx_state scx;
	struct {
		unsigned id, value_size;
		char name[BPF_OBJ_NAME_LEN];
	} map[FIND_MAX_MAPS];
	int nr_maps;
	unsigned op[FIND_MAX_OPS]; /* ids of the programs */
	int nr_ops;
};

/*
 * The attached policy with its maps and ops. -ENOSYS: no sched_ext here, -EPERM: not root, -ESRCH: no policy
 * is attached, -ENOTSUP: no such link (f->scx is filled in even then). Logs nothing: find_log() does. The
 * kernel reports a policy as enabled a moment before its link can be found: it waits for that, for a second.
 */
int find_attached(struct found *f);
/* The same without the wait, for who looks again anyway. */
int find_attached_now(struct found *f);
/* Logs in a line what such an error means, and returns its cause: -CAUSE_NO_POLICY or -CAUSE_CANT. */
int find_log(int err, const struct found *f);
/* The same for callers that need a policy of our contract: 0 or such a cause, logged. */
int find_policy(struct found *f);
/* What it says of itself in a line (says.h); the caller's to free, NULL: nothing. */
char *find_says(const struct found *f);
/* A descriptor of its map with that name and value size, or -ENOENT; logs nothing. */
int find_map(const struct found *f, const char *name, unsigned value_size);
