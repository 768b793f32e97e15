/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An iterator over all tasks of the class, and a program that lists one DSQ in its order. They work when they
 * are read, and do nothing in between. They work under any policy; under ours they also read each task's
 * ledger.
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "monitor_abi.h"
#include "stats_abi.h"
#include "custody_abi.h"

char _license[] SEC("license") = "GPL";

#define SCX_OPSS_STATE_MASK 3 /* from the kernel; not in vmlinux.h */

extern const void ext_sched_class __ksym;

/*
 * Set by the loader. ledger: where a policy of ours keeps a task's word, see custody_abi.h. key_at: the place
 * of a u64 in the values of scxb_tasks to sort by (0: none).
 */
const volatile u32 ledger;
const volatile u32 key_at;

/* The map of the policy; the word is the first member of its values. */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u64);
} scxb_tasks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
} mon_ring SEC(".maps");

static __always_inline u64 since(u64 then, u64 now)
{
	return now > then ? now - then : 0;
}

static __always_inline void add_word(struct mon_task *t, u64 word, u64 now)
{
	t->flags |= MON_KNOWN;
	t->custody = word & SCXB_WORD_STATE;
	t->queue = SCXB_WORD_QUEUE(word);
	if (t->custody)
		t->waited_ns = scxb_word_age(scxb_word_plain(word), now);
}

static __always_inline void add_ledger(struct mon_task *t, struct task_struct *p, u64 now)
{
	u64 *word;

	if (ledger == MON_LEDGER_IN_TASK)
		add_word(t, p->scx.dsq_vtime, now);
	word = ledger == MON_LEDGER_IN_STORAGE ? bpf_task_storage_get(&scxb_tasks, p, 0, 0) : NULL;
	if (!word)
		return;
	add_word(t, *word, now);
	if (key_at && !(t->flags & MON_KEYED)) {
		t->key = *(u64 *)((void *)word + key_at);
		t->flags |= MON_KEYED;
	}
}

static __always_inline void add_dsq(struct mon_task *t, struct task_struct *p)
{
	struct scx_dispatch_q *dsq = p->scx.dsq;

	if ((p->scx.ops_state.counter & SCX_OPSS_STATE_MASK) == SCX_OPSS_QUEUED)
		t->flags |= MON_OWNED;
	if (!dsq)
		return;
	t->dsq = dsq->id;
	t->flags |= MON_IN_DSQ;
	if (p->scx.dsq_flags & SCX_TASK_DSQ_ON_PRIQ) {
		t->key = ledger == MON_LEDGER_IN_TASK ? SCXB_WORD_THEN(p->scx.dsq_vtime) : p->scx.dsq_vtime;
		t->flags |= MON_KEYED;
	}
}

/* An int on kernels that have it so, else a byte, which libbpf does not turn into an int by itself. */
static __always_inline bool is_on_cpu(struct task_struct *task)
{
	return BPF_CORE_READ_BITFIELD(task, on_cpu); /* the macro has a p of its own */
}

static __always_inline void fill_task(struct mon_task *t, struct task_struct *p, bool ext)
{
	u64 now = scx_bpf_now(), queued = p->sched_info.last_queued, ready = queued ? since(queued, now) : 0;

	*t = (struct mon_task){
		.run_ns = p->se.sum_exec_runtime,
		.wait_ns = p->sched_info.run_delay + ready,
		.ready_ns = ready,
		.moves = p->se.nr_migrations,
		.start_ns = p->start_time,
		.cgroup = p->cgroups->dfl_cgrp->kn->id,
		.tid = p->pid,
		.tgid = p->tgid,
		.cpu = scx_bpf_task_cpu(p),
		.weight = p->scx.weight,
		.flags = (ext ? MON_EXT : 0) | (is_on_cpu(p) ? MON_ON_CPU : 0),
	};
	bpf_probe_read_kernel_str(t->comm, sizeof(t->comm), p->comm);
	if (!ext)
		return;
	add_dsq(t, p);
	add_ledger(t, p, now);
}

SEC("iter/task")
int mon_tasks(struct bpf_iter__task *ctx)
{
	struct task_struct *p = ctx->task;
	struct mon_task t;
	bool ext;

	if (!p)
		return 0;
	ext = (const void *)p->sched_class == &ext_sched_class;
	if (!ext && !is_on_cpu(p))
		return 0;
	fill_task(&t, p, ext);
	bpf_seq_write(ctx->meta->seq, &t, sizeof(t));
	return 0;
}

/*
 * A task that enters the DSQ meanwhile is left out, and one that leaves it may still be listed: the kernel
 * holds no lock for us.
 */
SEC("syscall")
int mon_queue(struct mon_ask *ask)
{
	struct task_struct *p;
	struct mon_task *t;

	bpf_rcu_read_lock();
	bpf_for_each (scx_dsq, p, ask->dsq, 0) {
		t = bpf_ringbuf_reserve(&mon_ring, sizeof(*t), 0);
		if (!t) {
			ask->lost++;
			continue;
		}
		fill_task(t, p, true);
		t->dsq = ask->dsq;
		t->flags |= MON_IN_DSQ;
		bpf_ringbuf_submit(t, BPF_RB_NO_WAKEUP);
	}
	bpf_rcu_read_unlock();
	return 0;
}
