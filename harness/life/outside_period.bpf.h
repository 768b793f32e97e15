/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Periods of custody as outside.bpf.c notes them: the maps, what begins and ends a period, violations. Only
 * outside.bpf.c includes this.
 */
#ifndef OUTSIDE_PERIOD_BPF_H
#define OUTSIDE_PERIOD_BPF_H

#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "stats_abi.h"
#include "custody_abi.h"
#include "outside.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct outside_cpu);
} outside_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct outside_on);
} outside_on SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, s32);
	__type(value, struct outside_task);
} outside_tasks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 * 1024);
} outside_violations SEC(".maps");

static const u32 only;

static __always_inline struct outside_on *switches(void)
{
	return bpf_map_lookup_elem(&outside_on, &only);
}

static __always_inline bool is_on(void)
{
	struct outside_on *s = switches();

	return s && s->on;
}

static __always_inline bool is_told(void)
{
	struct outside_on *s = switches();

	return s && s->told;
}

static __always_inline struct outside_cpu *this_cpu(void)
{
	return bpf_map_lookup_elem(&outside_cpu, &only);
}

/* What a violation tells beside its task. */
struct seen {
	u32 kind, event, state;
	u64 flags;
};

static __noinline int violation(struct task_struct *p, struct seen *s)
{
	struct outside_cpu *cpu = this_cpu();
	struct scxb_violation *v;

	if (!cpu || !p || !s || s->kind >= SCXB_NR_CUSTODY)
		return 0;
	cpu->custody[s->kind]++;
	v = bpf_ringbuf_reserve(&outside_violations, sizeof(*v), BPF_RB_NO_WAKEUP);
	if (!v)
		return 0;
	*v = (struct scxb_violation){
		.when_ns = bpf_ktime_get_ns(),
		.task_flags = BPF_CORE_READ(p, scx.flags),
		.op_flags = s->flags,
		.kind = s->kind,
		.event = s->event,
		.state = s->state,
		.pid = BPF_CORE_READ(p, pid),
		.cpu = bpf_get_smp_processor_id(),
	};
	bpf_probe_read_kernel_str(v->comm, sizeof(v->comm), p->comm);
	bpf_ringbuf_submit(v, BPF_RB_NO_WAKEUP);
	return 0;
}

#define VIOLATION(p, _kind, _event, _state, _flags)                                                \
	do {                                                                                       \
		struct seen ___s = { SCXB_CUSTODY_##_kind, SCXB_OP_##_event, (_state), (_flags) }; \
		violation(p, &___s);                                                               \
	} while (0)

static __always_inline void begin_period(struct outside_cpu *cpu, struct task_struct *p, u32 way)
{
	struct outside_task new = { bpf_ktime_get_ns() }, *old;
	s32 pid = p->pid;

	if (way < SCXB_NR_CUSTODY)
		cpu->custody[way]++;
	if (!bpf_map_update_elem(&outside_tasks, &pid, &new, BPF_NOEXIST))
		return;
	old = bpf_map_lookup_elem(&outside_tasks, &pid);
	if (!old) {
		cpu->lost++;
	} else if (!old->since) {
		bpf_map_delete_elem(&outside_tasks, &pid);
	} else {
		VIOLATION(p, double_entry, enqueue, SCXB_IN, 0);
		*old = new;
	}
}

static __always_inline void count_time(struct outside_cpu *cpu, u32 cause, u64 ns)
{
	u32 slot = scxb_hist_slot(ns);

	if (cause < SCXB_NR_CAUSES && slot < SCXB_HIST_SLOTS)
		cpu->ns[cause].slot[slot]++;
}

/* How a period ends: the ledger's words for the exit and for its time. */
struct ending {
	u32 exit, cause;
};

#define ENDING(name) ((struct ending){ SCXB_CUSTODY_exit_##name, SCXB_CAUSE_##name })

/* 0: its entry is not noted yet; that is noted then. Which of both comes first is decided by the map. */
static __always_inline u64 take_since(s32 pid)
{
	struct outside_task *t = bpf_map_lookup_elem(&outside_tasks, &pid), early = { 0 };

	if (!t && !bpf_map_update_elem(&outside_tasks, &pid, &early, BPF_NOEXIST))
		return 0;
	if (!t)
		t = bpf_map_lookup_elem(&outside_tasks, &pid);
	return t ? t->since : 0;
}

static __always_inline void end_period(struct outside_cpu *cpu, struct task_struct *p, struct ending how)
{
	s32 pid = p->pid;
	u64 since = take_since(pid);

	if (how.exit < SCXB_NR_CUSTODY)
		cpu->custody[how.exit]++;
	if (!since)
		return;
	count_time(cpu, how.cause, bpf_ktime_get_ns() - since);
	bpf_map_delete_elem(&outside_tasks, &pid);
}

/* By what was noted, not by the flag. */
static __always_inline bool is_inside(s32 pid)
{
	struct outside_task *t = bpf_map_lookup_elem(&outside_tasks, &pid);

	return t && t->since;
}

#endif
