/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What kernels newer than 6.19, the oldest supported, or of another configuration have. It is declared here,
 * so that a vmlinux.h of any of them compiles everything, and the object is the same: libbpf drops the
 * ___suffix of a name and looks for the rest in the kernel that runs. Whether it is there is a constant to
 * the verifier, so the code for what is not there is not even loaded. Included after vmlinux.h and the
 * headers of libbpf.
 */
#ifndef SCXB_NEWER_BPF_H
#define SCXB_NEWER_BPF_H

enum scx_deq_flags___newer { SCX_DEQ_SCHED_CHANGE___newer = 1ULL << 33 }; /* 7.1 */
enum scx_ent_flags___newer { SCX_TASK_IN_CUSTODY___newer = 1 << 1 };	  /* 7.1 */

struct sched_ext_entity___newer {
	u32 reenq_cnt; /* 7.1 */
} __attribute__((preserve_access_index));

struct task_struct___core {
	unsigned long core_cookie; /* CONFIG_SCHED_CORE */
} __attribute__((preserve_access_index));

extern void scx_bpf_dsq_reenq___newer(u64 dsq_id, u64 reenq_flags) __weak __ksym; /* 7.1 */

extern const int __preempt_count __weak __ksym;		       /* x86 */
extern const long local_interrupt_disable_state __weak __ksym; /* 7.3, where hard interrupts moved in it */

/* The kernel calls ops.dequeue() at every exit. A constant. */
static __always_inline bool scxb_reports_exits(void)
{
	return bpf_core_enum_value_exists(enum scx_deq_flags___newer, SCX_DEQ_SCHED_CHANGE___newer);
}

/* Only where scxb_reports_exits(). */
static __always_inline u64 scxb_deq_sched_change(void)
{
	return bpf_core_enum_value(enum scx_deq_flags___newer, SCX_DEQ_SCHED_CHANGE___newer);
}

static __always_inline bool scxb_task_has_custody_flag(void)
{
	return bpf_core_enum_value_exists(enum scx_ent_flags___newer, SCX_TASK_IN_CUSTODY___newer);
}

/* The kernel's own view: the flag. Only where it has one. */
static __always_inline u64 scxb_custody_flag(struct task_struct *p)
{
	return p->scx.flags & bpf_core_enum_value(enum scx_ent_flags___newer, SCX_TASK_IN_CUSTODY___newer);
}

static __always_inline bool scxb_task_in_custody(struct task_struct *p)
{
	return scxb_task_has_custody_flag() && scxb_custody_flag(p);
}

/* How often a task was re-enqueued since it ran; 0 where the kernel does not count that. */
static __always_inline u32 scxb_task_reenqueued(struct task_struct *p)
{
	struct sched_ext_entity___newer *scx = (void *)&p->scx;

	return bpf_core_field_exists(scx->reenq_cnt) ? scx->reenq_cnt : 0;
}

/* Core scheduling picks no task without a cookie. */
static __always_inline bool scxb_task_has_cookie(struct task_struct *p)
{
	struct task_struct___core *core = (void *)p;

	return bpf_core_field_exists(core->core_cookie) && core->core_cookie;
}

static __always_inline bool scxb_can_reenqueue(void)
{
	return bpf_ksym_exists(scx_bpf_dsq_reenq___newer);
}

/* Nothing where the kernel can't. */
static __always_inline void scxb_reenqueue(u64 dsq)
{
	if (scxb_can_reenqueue())
		scx_bpf_dsq_reenq___newer(dsq, 0);
}

/* In a hard or a soft interrupt, so what happens is not of the current task. False where it can't be known.
 */
static __always_inline bool scxb_in_interrupt(void)
{
	u32 hard = bpf_ksym_exists(&local_interrupt_disable_state) ? 0xf000000 : 0xf0000, soft = 0x100;

	return bpf_ksym_exists(&__preempt_count) &&
	       *(const u32 *)bpf_this_cpu_ptr(&__preempt_count) & (hard | soft);
}

#endif
