/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which layout of groups is in force, and what happens to the queues of the old one when it changes. */
#ifndef LOCALITY_LAYOUT_BPF_H
#define LOCALITY_LAYOUT_BPF_H

#include "groups.bpf.h"

SCXB_KNOB(u32, layout, 0, 0, 3, "one queue for each: 0 L3 group, 1 node, 2 machine, 3 core");

#define CHANGING (NSEC_PER_SEC / 10) /* for how long each dispatch looks at the old queues */

static u32 layout_in_force;
static u64 layout_changed; /* when; 0: never */

static __always_inline u32 layout_now(void)
{
	return layout_in_force;
}

static void queue_all_again(void)
{
	u32 nr;

	bpf_for (nr, 0, NR_GROUPS)
		if (scx_bpf_dsq_nr_queued(nr) > 0)
			scxb_reenqueue(nr);
}

/* True when it has changed. */
static __always_inline bool layout_take(u32 now)
{
	if (layout_in_force == now)
		return false;
	layout_in_force = now;
	layout_changed = scx_bpf_now();
	return scxb_can_reenqueue();
}

static __always_inline bool layout_is_new(u64 now)
{
	u64 changed = layout_changed;

	return changed && scxb_since(changed, now) < CHANGING;
}

/* From a queue of a layout that is no longer in force. */
static bool serve_old(u32 home)
{
	u32 nr;

	bpf_for (nr, 0, layout_changed ? NR_GROUPS : 0) {
		if (layout_of(nr) == layout_of(home) || scx_bpf_dsq_nr_queued(nr) <= 0 ||
		    !scx_bpf_dsq_move_to_local(nr))
			continue;
		return true;
	}
	return false;
}

#endif
