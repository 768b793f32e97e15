/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kfuncs whose prototypes the kernel changes, under their plain names.
 *
 * The inserts return nothing up to Linux 7.3, and are to return whether the task was inserted. libbpf
 * resolves a weak kfunc only if the prototype is that of the running kernel, and takes ___void, ___bool and
 * the like off a name before it looks. So one object takes what the kernel has, whichever vmlinux.h it was
 * compiled with; the verifier removes the other calls. In 7.3 the plain names only call those that end
 * in ___v2.
 */
#ifndef SCXB_KFUNCS_BPF_H
#define SCXB_KFUNCS_BPF_H

#include "bits.bpf.h"

extern void scx_bpf_dsq_insert___void(struct task_struct *p, u64 dsq_id, u64 slice, u64 flags) __weak __ksym;
extern void scx_bpf_dsq_insert_vtime___void(struct task_struct *p, u64 dsq_id, u64 slice, u64 vtime,
					    u64 flags) __weak __ksym;
extern bool scx_bpf_dsq_insert___v2___bool(struct task_struct *p, u64 dsq_id, u64 slice,
					   u64 flags) __weak __ksym;
/* They return a bool, so that only the lowest byte means something; clang would mask it before the test. */
extern u64 scx_bpf_dsq_move_to_local___plain(u64 dsq_id) __weak __ksym;
extern u64 scx_bpf_dsq_move_to_local___v2___flags(u64 dsq_id, u64 enq_flags) __weak __ksym;
extern bool scx_bpf_dsq_insert___bool(struct task_struct *p, u64 dsq_id, u64 slice, u64 flags) __weak __ksym;

struct scx_bpf_dsq_insert_vtime_args___here {
	u64 dsq_id, slice, vtime, enq_flags;
};
extern bool __scx_bpf_dsq_insert_vtime___here(
	struct task_struct *p, struct scx_bpf_dsq_insert_vtime_args___here *args) __weak __ksym;

static __always_inline void scxb_dsq_insert(struct task_struct *p, u64 dsq_id, u64 slice, u64 flags)
{
	if (bpf_ksym_exists(scx_bpf_dsq_insert___v2___bool))
		scx_bpf_dsq_insert___v2___bool(p, dsq_id, slice, flags);
	else if (bpf_ksym_exists(scx_bpf_dsq_insert___bool))
		scx_bpf_dsq_insert___bool(p, dsq_id, slice, flags);
	else
		scx_bpf_dsq_insert___void(p, dsq_id, slice, flags);
}

static __always_inline bool scxb_dsq_move_to_local(u64 dsq_id)
{
	if (bpf_ksym_exists(scx_bpf_dsq_move_to_local___v2___flags))
		return scxb_any_bit(scx_bpf_dsq_move_to_local___v2___flags(dsq_id, 0), 1);
	return scxb_any_bit(scx_bpf_dsq_move_to_local___plain(dsq_id), 1);
}

/* Its successor takes a struct, because five arguments leave no room for what the kernel adds. */
static __always_inline void scxb_dsq_insert_vtime(struct task_struct *p, u64 dsq_id, u64 slice, u64 vtime,
						  u64 flags)
{
	if (bpf_ksym_exists(scx_bpf_dsq_insert_vtime___void)) {
		scx_bpf_dsq_insert_vtime___void(p, dsq_id, slice, vtime, flags);
	} else {
		struct scx_bpf_dsq_insert_vtime_args___here args = {
			.dsq_id = dsq_id, .slice = slice, .vtime = vtime, .enq_flags = flags
		};

		__scx_bpf_dsq_insert_vtime___here(p, &args);
	}
}

/* A policy calls them by the kernel's names. */
#define scx_bpf_dsq_insert scxb_dsq_insert
#define scx_bpf_dsq_move_to_local scxb_dsq_move_to_local
#define scx_bpf_dsq_insert_vtime scxb_dsq_insert_vtime

#endif
