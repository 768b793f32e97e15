/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One step of a task's life: STEP() counts and times its edge, and records it if life_traced is set. Only
 * life.bpf.c includes this.
 */
#ifndef LIFE_STEP_BPF_H
#define LIFE_STEP_BPF_H

#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include "stats_abi.h"
#include "life.h"

const volatile bool life_traced; /* records go to the ring too */
/*
 * Set once every program is attached. Earlier events are ignored for every task, because only a part of the
 * programs saw them, and that could look like an edge.
 */
volatile bool life_on;

struct task_point {
	u64 since;
	u32 point;
	u32 nr; /* its number of steps until there */
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, s32);
	__type(value, struct task_point);
} life_tasks SEC(".maps");

/* The loader sets the number of entries of these maps. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct life_cpu);
} life_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LIFE_NR_EDGES);
	__type(key, u32);
	__type(value, struct scxb_hist);
} life_hist SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} life_ring SEC(".maps");

#define EDGE_AT(from, to, where, when) \
	[LIFE_##from * LIFE_NR_POINTS + LIFE_##to] = 1 + LIFE_EDGE_##from##_##to,
static const u8 edge_at[LIFE_NR_POINTS * LIFE_NR_POINTS] = { LIFE_EDGES(EDGE_AT) };

/* What happens to a task now. */
struct step {
	struct task_struct *p;
	u64 flags, dsq;
};

static __always_inline struct life_cpu *this_cpu(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&life_cpu, &cpu);
}

static __always_inline void count_edge(struct life_cpu *cpu, u32 pair, u64 ns)
{
	struct scxb_hist *h;
	u32 slot, entry;

	if (pair >= LIFE_NR_POINTS * LIFE_NR_POINTS)
		return;
	cpu->seen[pair]++;
	if (!edge_at[pair])
		return;
	entry = bpf_get_smp_processor_id() * LIFE_NR_EDGES + edge_at[pair] - 1;
	slot = scxb_hist_slot(ns);
	h = bpf_map_lookup_elem(&life_hist, &entry);
	if (h && slot < SCXB_HIST_SLOTS)
		h->slot[slot]++;
}

/*
 * Room in the ring for a record of the kind, with its head filled in; or NULL, which is counted. A record
 * wakes no reader: a reader that ran at every record would see mostly itself.
 */
static __always_inline void *reserve_record(enum life_kind kind, u64 size)
{
	struct life_cpu *cpu = this_cpu();
	struct life_head *h = bpf_ringbuf_reserve(&life_ring, size, 0);

	if (h)
		*h = (struct life_head){ bpf_ktime_get_ns(), kind, bpf_get_smp_processor_id() };
	else if (cpu)
		cpu->lost++;
	return h;
}

static __always_inline void record_step(struct step *s, u32 from, const struct task_point *new)
{
	struct life_step *e = reserve_record(LIFE_STEP, sizeof(*e));

	if (!e)
		return;
	e->flags = s->flags;
	e->dsq = s->dsq;
	e->tid = s->p->pid;
	e->tgid = s->p->tgid;
	e->from = from;
	e->to = new->point;
	e->on = s->p->thread_info.cpu;
	e->nr = new->nr;
	bpf_probe_read_kernel_str(e->comm, sizeof(e->comm), s->p->comm);
	bpf_ringbuf_submit(e, BPF_RB_NO_WAKEUP);
}

static __always_inline struct task_point *point_of(struct task_struct *p)
{
	s32 pid = p->pid;

	return bpf_map_lookup_elem(&life_tasks, &pid);
}

static __noinline int step_to(struct step *s, u32 to)
{
	struct life_cpu *cpu = this_cpu();
	struct task_point new = { .since = bpf_ktime_get_ns(), .point = to }, *t;
	u32 from = LIFE_unseen;
	s32 pid;

	if (!s || !s->p || !cpu || to >= LIFE_NR_POINTS)
		return 0;
	pid = s->p->pid;
	t = point_of(s->p);
	if (t) {
		from = t->point;
		new.nr = t->nr + 1;
		count_edge(cpu, from * LIFE_NR_POINTS + to, new.since - t->since);
		*t = new;
	} else {
		count_edge(cpu, to, 0);
		if (bpf_map_update_elem(&life_tasks, &pid, &new, BPF_NOEXIST))
			cpu->untracked++;
	}
	if (life_traced)
		record_step(s, from, &new);
	return 0;
}

#define STEP(name, _p, _flags)                                       \
	do {                                                         \
		struct step ___s = { .p = (_p), .flags = (_flags) }; \
		if (life_on)                                         \
			step_to(&___s, LIFE_##name);                 \
	} while (0)

#endif
