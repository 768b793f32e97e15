/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A second count of custody, beside a policy and without it.
 *
 * A period begins where the kernel sets its own flag on a task, seen before and after the function that
 * queues tasks, and ends where the kernel calls the policy's dequeue. The ledger knows neither: it counts
 * what the policy says that it does. The two share nothing, not even a header.
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "observer_abi.h"

char _license[] SEC("license") = "GPL";

#define BUILTIN (1ULL << 63)

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct seen);
} seen SEC(".maps");

/* Since when a task is inside, by its pid: there as long as it is. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32768);
	__type(key, s32);
	__type(value, u64);
} since SEC(".maps");

/* The task that this CPU is queueing, as it was before. Interrupts are off, and it does not nest. */
struct before {
	bool inside;
	bool select; /* select_cpu has chosen a user DSQ */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct before);
} before SEC(".maps");

static const u32 only;

#define add(counter, n) __sync_fetch_and_add(&(counter), n)

static bool is_inside(struct task_struct *p)
{
	return p->scx.flags & SCX_TASK_IN_CUSTODY;
}

/* It was given to another CPU's local DSQ, but its own run queue must be let go first. */
static bool is_leaving(struct task_struct *p)
{
	return p->scx.ddsp_dsq_id != SCX_DSQ_INVALID;
}

SEC("fentry/scx_do_enqueue_task")
int BPF_PROG(queue_begins, struct rq *rq, struct task_struct *p, u64 enq_flags, int sticky_cpu)
{
	struct before *b = bpf_map_lookup_elem(&before, &only);
	u64 verdict = p->scx.ddsp_dsq_id;

	if (b)
		*b = (struct before){ is_inside(p), !(verdict & BUILTIN) };
	return 0;
}

static void begin_period(struct seen *s, struct task_struct *p)
{
	u64 now = bpf_ktime_get_ns();
	s32 pid = p->pid;

	add(s->entries, 1);
	add(s->inside, 1);
	if (bpf_map_update_elem(&since, &pid, &now, BPF_NOEXIST))
		add(s->strange, 1);
}

SEC("fexit/scx_do_enqueue_task")
int BPF_PROG(queue_ends, struct rq *rq, struct task_struct *p, u64 enq_flags, int sticky_cpu)
{
	struct before *b = bpf_map_lookup_elem(&before, &only);
	struct seen *s = bpf_map_lookup_elem(&seen, &only);

	if (!b || !s)
		return 0;
	if (!b->inside && is_inside(p))
		begin_period(s, p);
	else if (is_inside(p) && !is_leaving(p))
		add(s->again, 1);
	if (b->select && is_inside(p))
		add(s->by_select, 1);
	else if (b->select)
		add(s->lapsed, 1);
	return 0;
}

static enum seen_exit cause(u64 deq_flags)
{
	if (deq_flags & SCX_DEQ_CORE_SCHED_EXEC)
		return SEEN_CORE;
	if (deq_flags & SCX_DEQ_SCHED_CHANGE)
		return SEEN_CHANGE;
	return deq_flags & SCX_DEQ_SLEEP ? SEEN_SLEEP : SEEN_DISPATCH;
}

/* On the policy's own op, whose one argument is the array of the real ones. The target is set at load. */
SEC("fentry")
int BPF_PROG(dequeued, unsigned long long *op_args)
{
	struct seen *s = bpf_map_lookup_elem(&seen, &only);
	unsigned long long args[2];
	struct task_struct *p;
	enum seen_exit why;
	u64 *entered;
	s32 pid;

	if (!s || bpf_probe_read_kernel(args, sizeof(args), op_args))
		return 0;
	p = (void *)args[0];
	pid = BPF_CORE_READ(p, pid);
	why = cause(args[1]);
	add(s->exits[why], 1);
	add(s->inside, -1);
	entered = bpf_map_lookup_elem(&since, &pid);
	if (entered)
		add(s->ns[why], bpf_ktime_get_ns() - *entered);
	if (bpf_map_delete_elem(&since, &pid))
		add(s->strange, 1);
	return 0;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(switched, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	struct seen *s = bpf_map_lookup_elem(&seen, &only);

	if (!s)
		return 0;
	add(s->switches, 1);
	if (is_inside(next))
		add(s->ran_inside, 1);
	return 0;
}
