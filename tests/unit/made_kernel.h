/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's BTF with a few constants of sched_ext in it. */
#pragma once
#include <bpf/btf.h>

#define GLOBAL_DSQ 0x8000000000000001ULL
#define SLICE 20000000

/* SCX_OTHER is no constant of sched_ext; SCX_CUT has lost its high half. */
static inline struct btf *made_kernel(void)
{
	struct btf *btf = btf__new_empty();

	btf__add_enum(btf, "scx_public_consts", 4);
	btf__add_enum_value(btf, "SCX_SLICE_DFL", SLICE);
	btf__add_enum_value(btf, "SCX_MINUS", -1);
	btf__add_enum64(btf, "scx_dsq_id_flags", 8, false);
	btf__add_enum64_value(btf, "SCX_DSQ_GLOBAL", GLOBAL_DSQ);
	btf__add_enum(btf, "scx_old", 8);
	btf__add_enum_value(btf, "SCX_CUT", 3);
	btf__add_enum(btf, "other", 4);
	btf__add_enum_value(btf, "SCX_OTHER", 7);
	btf__add_struct(btf, "sched_ext_ops", 8);
	return btf;
}
