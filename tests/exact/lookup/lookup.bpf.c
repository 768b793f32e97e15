/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fifo with one map look-up more in its enqueue, which a count of instructions must show. */
#include "common.bpf.h"
#include "ops.bpf.h" /* IWYU pragma: keep */
#include "stats.bpf.h"

static __always_inline void look_up(struct scxb_call *call)
{
	void *entry = bpf_map_lookup_elem(&scxb_topo, &call->here);

	barrier_var(entry);
}

#define scxb_enter_dsq(call, word, dsq)          \
	({                                       \
		look_up(call);                   \
		scxb_enter_dsq(call, word, dsq); \
	})

#include "../../../schedulers/fifo/fifo.bpf.c" /* NOLINT(bugprone-suspicious-include) */
