/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches custody from outside a policy, by what the kernel does: see outside.h. It needs nothing of the
 * policy, and knows nothing of a ledger.
 *
 * The kernel keeps the flag SCX_TASK_IN_CUSTODY of each task. It changes in few functions, and each of them
 * owns the task meanwhile: by the lock of its run queue, or by SCX_OPSS_DISPATCHING. So what a function will
 * do with the flag is certain at its beginning, where the flag is read. After it returned another CPU may
 * have changed the flag again.
 *
 *	scx_do_enqueue_task()   begins a period if nothing was inserted: the policy keeps the task
 *	scx_dispatch_enqueue()  begins one on the way into a user DSQ, ends one on the way into a terminal DSQ
 *	scx_move_local_task_to_local_dsq()  ends one, as above
 *	dequeue_task_scx(), set_next_task_scx()  end one without a dispatch: taken away, picked
 *
 * A task that a policy keeps can be dispatched to the global DSQ by another CPU before the end of the
 * function that gave it to the policy has been seen. Then its exit is noted first, as a period that began at
 * 0, and its entry finds that.
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "newer.bpf.h"
#include "outside_period.bpf.h"

char _license[] SEC("license") = "GPL";

/* From the kernel; not in vmlinux.h. */
#define SCX_OPSS_STATE_MASK 3
#define DEQUEUE_SLEEP 1

/*
 * What this CPU does now. Interrupts are off, and none of the functions is called within another one, but
 * scx_dispatch_enqueue() within scx_do_enqueue_task().
 */
struct doing {
	struct task_struct *queueing; /* by scx_do_enqueue_task(), not for a move between CPUs */
	bool select;		      /* ... and select_cpu has chosen a user DSQ for it */
	bool inside;		      /* ... and it was in custody before */
	bool inserted, custody;	      /* ... and it was inserted, into a user DSQ */
	bool owed;		      /* the call for this task is watched */
	s32 leaves; /* of this pid an exit was counted, for which ops.dequeue() is called next */
	s32 called; /* ops.dequeue() was called for this pid, whose exit is not counted yet */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct doing);
} outside_doing SEC(".maps");

extern struct rq runqueues __ksym;

static __always_inline struct doing *now_doing(void)
{
	return bpf_map_lookup_elem(&outside_doing, &only);
}

/* A task that moves between CPUs leaves when it arrives. */
static __always_inline bool is_leaving(struct task_struct *p)
{
	return scxb_task_in_custody(p) && p->scx.sticky_cpu < 0;
}

static __always_inline void dispatch_task(struct outside_cpu *cpu, struct doing *d, struct task_struct *p)
{
	d->leaves = p->pid;
	d->owed = is_told();
	if (d->owed)
		cpu->count[OUTSIDE_owed]++;
	end_period(cpu, p, ENDING(dispatch));
}

SEC("fentry/scx_do_enqueue_task")
int BPF_PROG(outside_queue_begins, struct rq *rq, struct task_struct *p, u64 flags, int sticky_cpu)
{
	struct doing *d = now_doing();
	u64 verdict = p->scx.ddsp_dsq_id;

	if (!is_on() || !d || sticky_cpu == rq->cpu)
		return 0;
	d->queueing = p;
	d->select = !(verdict & SCX_DSQ_FLAG_BUILTIN);
	d->inside = scxb_task_in_custody(p);
	d->inserted = d->custody = false;
	if (d->inside && !(flags & SCX_ENQ_REENQ))
		VIOLATION(p, flag_disagrees, enqueue, SCXB_OUT, flags);
	return 0;
}

/* A user DSQ: the task comes into custody, or stays in it. */
static __always_inline void keep_task(struct outside_cpu *cpu, struct doing *d, struct task_struct *p)
{
	bool queued = d->queueing == p;

	if (!scxb_task_in_custody(p))
		begin_period(cpu, p,
			     queued && d->select ? SCXB_CUSTODY_entry_select : SCXB_CUSTODY_entry_dsq);
	else if (queued)
		cpu->custody[SCXB_CUSTODY_reentered]++;
	if (queued)
		d->custody = true;
}

SEC("fentry/scx_dispatch_enqueue")
int BPF_PROG(outside_insert, struct scx_sched *sch, struct rq *rq, struct scx_dispatch_q *dsq,
	     struct task_struct *p, u64 slice, u64 vtime, u64 flags)
{
	struct outside_cpu *cpu = this_cpu();
	struct doing *d = now_doing();

	if (!is_on() || !cpu || !d)
		return 0;
	if (d->queueing == p)
		d->inserted = true;
	if (!(dsq->id & SCX_DSQ_FLAG_BUILTIN))
		keep_task(cpu, d, p);
	else if (is_leaving(p))
		dispatch_task(cpu, d, p);
	return 0;
}

SEC("fentry/scx_move_local_task_to_local_dsq")
int BPF_PROG(outside_move, struct scx_sched *sch, struct task_struct *p, u64 flags, struct rq *rq)
{
	struct outside_cpu *cpu = this_cpu();
	struct doing *d = now_doing();

	if (is_on() && cpu && d && is_leaving(p))
		dispatch_task(cpu, d, p);
	return 0;
}

/* Nothing was inserted, and nothing waits to be inserted on another CPU: the policy has it. */
SEC("fexit/scx_do_enqueue_task")
int BPF_PROG(outside_queue_ends, struct rq *rq, struct task_struct *p, u64 flags, int sticky_cpu)
{
	struct outside_cpu *cpu = this_cpu();
	struct doing *d = now_doing();

	if (!is_on() || !cpu || !d || d->queueing != p)
		return 0;
	d->queueing = NULL;
	if (d->select && !d->custody)
		cpu->custody[SCXB_CUSTODY_lapsed]++;
	if (d->inserted || p->scx.ddsp_dsq_id != SCX_DSQ_INVALID)
		return 0;
	if (flags & SCX_ENQ_REENQ && d->inside)
		cpu->custody[SCXB_CUSTODY_reentered]++;
	else
		begin_period(cpu, p, SCXB_CUSTODY_entry_own);
	return 0;
}

/* Without a dispatch, if it was inside and is not any more. */
static __always_inline void leave_alone(struct task_struct *p, struct ending how)
{
	struct outside_cpu *cpu = this_cpu();
	struct doing *d = now_doing();
	s32 pid = p->pid;

	if (!is_on() || !cpu || !d || scxb_task_in_custody(p) || !is_inside(pid))
		return;
	if (is_told()) {
		cpu->count[OUTSIDE_owed]++;
		cpu->count[OUTSIDE_told] += d->called == pid;
	}
	d->called = 0;
	end_period(cpu, p, how);
}

SEC("fexit/dequeue_task_scx")
int BPF_PROG(outside_taken, struct rq *rq, struct task_struct *p, int flags)
{
	leave_alone(p, flags & DEQUEUE_SLEEP ? (struct ending){ SCXB_CUSTODY_exit_sleep, SCXB_NR_CAUSES }
					     : ENDING(change));
	return 0;
}

SEC("fexit/set_next_task_scx")
int BPF_PROG(outside_picked, struct rq *rq, struct task_struct *p)
{
	leave_alone(p, ENDING(core));
	return 0;
}

/* On the policy's own op, whose one argument is the array of the real ones. The target is set at load. */
SEC("?fentry")
int BPF_PROG(outside_told, unsigned long long *op_args)
{
	struct outside_cpu *cpu = this_cpu();
	struct doing *d = now_doing();
	unsigned long long args[2];
	struct task_struct *p;
	s32 pid;

	if (!is_on() || !cpu || !d || bpf_probe_read_kernel(args, sizeof(args), op_args))
		return 0;
	p = bpf_core_cast((void *)args[0], struct task_struct);
	pid = p->pid;
	if (is_inside(pid)) {
		d->called = pid;
	} else if (d->leaves == pid) {
		cpu->count[OUTSIDE_told] += d->owed;
		d->leaves = 0;
	} else {
		VIOLATION(p, exit_without_entry, dequeue, SCXB_OUT, args[1]);
	}
	return 0;
}

/* During ops.dispatch(), where a policy may name any task: does it have that one? */
SEC("?fentry/scx_dsq_insert_commit")
int BPF_PROG(outside_commit, struct scx_sched *sch, struct task_struct *p, u64 dsq_id)
{
	struct rq *rq = bpf_this_cpu_ptr(&runqueues);
	struct outside_cpu *cpu = this_cpu();
	struct doing *d = now_doing();

	if (!is_on() || !cpu || !d || d->queueing || !(rq->scx.flags & SCX_RQ_IN_DISPATCH))
		return 0;
	if ((p->scx.ops_state.counter & SCX_OPSS_STATE_MASK) != SCX_OPSS_QUEUED)
		cpu->count[OUTSIDE_stale]++;
	return 0;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(outside_switch, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	if (is_on() && scxb_task_in_custody(next))
		VIOLATION(next, running_inside, running, SCXB_IN, 0);
	return 0;
}

/* For whoever aims at tasks that wait (BPF_PROG_TEST_RUN, tid as context), under any policy: enum scxb_state.
 */
SEC("syscall")
int outside_state_of(s32 *tid)
{
	struct task_struct *p = bpf_task_from_pid(*tid);
	int state = p && scxb_task_in_custody(p) ? SCXB_IN : SCXB_OUT;

	if (p)
		bpf_task_release(p);
	return state;
}

/* The task leaves the class, or is dead. */
SEC("fentry/scx_disable_task")
int BPF_PROG(outside_gone, struct scx_sched *sch, struct task_struct *p)
{
	s32 pid = p->pid;

	if (!is_on() || (!scxb_task_in_custody(p) && !is_inside(pid)))
		return 0;
	VIOLATION(p, freed_inside, disable, SCXB_IN, 0);
	bpf_map_delete_elem(&outside_tasks, &pid);
	return 0;
}
