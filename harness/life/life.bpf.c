/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches the life of every task of the class: see life.h.
 *
 * Every change of a task's place goes through a method of the class or one of the few functions behind them.
 * Each runs under a lock that serializes what happens to that task: the lock of its run queue, its pi_lock
 * before it is queued, or SCX_OPSS_DISPATCHING while it is dispatched. The same lock protects its entry in
 * the map of tasks, with one exception in queue_ends().
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "newer.bpf.h"
#include "life_step.bpf.h"

char _license[] SEC("license") = "GPL";

/* From the kernel; not in vmlinux.h. */
#define WF_EXEC 0x02
#define SCX_OPSS_STATE_MASK 3
#define TASK_ON_RQ_MIGRATING 2

extern const void ext_sched_class __ksym;

/*
 * The state of a task before the dequeue under way on this CPU. Interrupts are off, and dequeues do not nest.
 */
struct taking {
	bool queued, custody;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct taking);
} taking SEC(".maps");

static __always_inline bool is_queued(struct task_struct *p)
{
	return p->scx.flags & SCX_TASK_QUEUED;
}

static __always_inline bool is_at(struct task_struct *p, enum life_point point)
{
	struct task_point *t = point_of(p);

	return t && t->point == point;
}

SEC("fentry/__scx_init_task")
int BPF_PROG(life_init, struct scx_sched *sch, struct task_struct *p)
{
	STEP(init, p, 0);
	return 0;
}

SEC("fentry/__scx_enable_task")
int BPF_PROG(life_enable, struct scx_sched *sch, struct task_struct *p)
{
	STEP(enable, p, 0);
	return 0;
}

/* For sched_exec() the class chooses the CPU by itself. */
SEC("fentry/select_task_rq_scx")
int BPF_PROG(life_select_cpu, struct task_struct *p, int prev_cpu, int wake_flags)
{
	if (!(wake_flags & WF_EXEC))
		STEP(select_cpu, p, wake_flags);
	return 0;
}

SEC("fentry/enqueue_task_scx")
int BPF_PROG(life_runnable, struct rq *rq, struct task_struct *p, int flags)
{
	if (!is_queued(p) && p->on_rq != TASK_ON_RQ_MIGRATING)
		STEP(runnable, p, flags);
	return 0;
}

/* If this CPU is the sticky one, ops.enqueue() is not called: the task goes straight to the local DSQ. */
SEC("fentry/scx_do_enqueue_task")
int BPF_PROG(life_queue_begins, struct rq *rq, struct task_struct *p, u64 flags, int sticky_cpu)
{
	if (sticky_cpu == rq->cpu)
		return 0;
	if (flags & SCX_ENQ_REENQ)
		STEP(reenqueue, p, flags);
	else
		STEP(enqueue, p, flags);
	return 0;
}

/*
 * Nothing was inserted, so the policy has it in a BPF-side queue. From then on another CPU may dispatch it,
 * even before this program runs. Then it is no longer at enqueue, and the short wait is left out.
 */
SEC("fexit/scx_do_enqueue_task")
int BPF_PROG(life_queue_ends, struct rq *rq, struct task_struct *p, u64 flags, int sticky_cpu)
{
	if ((p->scx.ops_state.counter & SCX_OPSS_STATE_MASK) == SCX_OPSS_QUEUED &&
	    (is_at(p, LIFE_enqueue) || is_at(p, LIFE_reenqueue)))
		STEP(custody, p, flags);
	return 0;
}

static __always_inline int insert_task(struct task_struct *p, struct scx_dispatch_q *dsq, u64 flags)
{
	struct step s = { .p = p, .flags = flags, .dsq = dsq->id };

	if (life_on)
		step_to(&s, s.dsq & SCX_DSQ_FLAG_BUILTIN ? LIFE_dispatched : LIFE_custody);
	return 0;
}

SEC("fentry/scx_dispatch_enqueue")
int BPF_PROG(life_insert, struct scx_sched *sch, struct rq *rq, struct scx_dispatch_q *dsq,
	     struct task_struct *p, u64 slice, u64 vtime, u64 flags)
{
	return insert_task(p, dsq, flags);
}

SEC("fentry/scx_move_local_task_to_local_dsq")
int BPF_PROG(life_move, struct scx_sched *sch, struct task_struct *p, u64 flags, struct rq *rq)
{
	return insert_task(p, &rq->scx.local_dsq, flags);
}

SEC("fentry/set_next_task_scx")
int BPF_PROG(life_running, struct rq *rq, struct task_struct *p)
{
	if (!is_queued(p))
		return 0;
	if (scxb_task_has_cookie(p) && !is_at(p, LIFE_dispatched))
		STEP(picked, p, 0);
	STEP(running, p, 0);
	return 0;
}

SEC("fentry/task_tick_scx")
int BPF_PROG(life_tick, struct rq *rq, struct task_struct *p)
{
	STEP(tick, p, 0);
	return 0;
}

SEC("fentry/put_prev_task_scx")
int BPF_PROG(life_stopping, struct rq *rq, struct task_struct *p)
{
	if (is_queued(p))
		STEP(stopping, p, 0);
	return 0;
}

SEC("fentry/dequeue_task_scx")
int BPF_PROG(life_take_begins, struct rq *rq, struct task_struct *p, int flags)
{
	u32 only = 0;
	struct taking *t = bpf_map_lookup_elem(&taking, &only);

	if (t)
		*t = (struct taking){ is_queued(p), scxb_task_in_custody(p) && p->scx.sticky_cpu < 0 };
	return 0;
}

/* Done at the end of the dequeue: by then a dispatch on another CPU that raced with it has ended too. */
SEC("fexit/dequeue_task_scx")
int BPF_PROG(life_take_ends, struct rq *rq, struct task_struct *p, int flags)
{
	u32 only = 0;
	struct taking *t = bpf_map_lookup_elem(&taking, &only);

	if (!t || !t->queued)
		return 0;
	if (t->custody && !is_at(p, LIFE_dispatched))
		STEP(dequeue, p, flags);
	if (rq->curr == p)
		STEP(stopping, p, flags);
	if (p->on_rq == TASK_ON_RQ_MIGRATING)
		STEP(migrating, p, flags);
	else
		STEP(quiescent, p, flags);
	return 0;
}

SEC("fentry/scx_disable_task")
int BPF_PROG(life_disable, struct scx_sched *sch, struct task_struct *p)
{
	STEP(disable, p, 0);
	return 0;
}

/* This is called for tasks of other classes too, whose life is not known and does not matter. */
SEC("fexit/scx_disable_and_exit_task")
int BPF_PROG(life_exit, struct scx_sched *sch, struct task_struct *p)
{
	s32 pid = p->pid;

	if (point_of(p)) {
		STEP(exit, p, 0);
		bpf_map_delete_elem(&life_tasks, &pid);
	}
	return 0;
}

static __always_inline int record_wake(struct task_struct *p)
{
	struct task_struct *waker = bpf_get_current_task_btf();
	bool interrupt = scxb_in_interrupt() || !waker->pid;
	struct task_point *at;
	struct life_wake *e;

	if (!life_on || (const void *)p->sched_class != &ext_sched_class)
		return 0;
	e = reserve_record(LIFE_WAKE, sizeof(*e));
	if (!e)
		return 0;
	e->waker = interrupt ? 0 : waker->pid;
	e->wakee = p->pid;
	e->outside = !interrupt && (const void *)waker->sched_class != &ext_sched_class;
	at = point_of(waker);
	e->nr = at ? at->nr : 0;
	e->from[0] = '\0';
	if (!interrupt)
		bpf_probe_read_kernel_str(e->from, sizeof(e->from), waker->comm);
	bpf_probe_read_kernel_str(e->to, sizeof(e->to), p->comm);
	bpf_ringbuf_submit(e, BPF_RB_NO_WAKEUP);
	return 0;
}

SEC("tp_btf/sched_waking")
int BPF_PROG(life_waking, struct task_struct *p)
{
	return record_wake(p);
}

/* The wakeup that follows is not a sched_waking. */
SEC("tp_btf/sched_process_fork")
int BPF_PROG(life_fork, struct task_struct *parent, struct task_struct *child)
{
	return record_wake(child);
}

static __always_inline int record_text(enum life_kind kind, const char *from, s64 delta)
{
	struct life_text *e = life_on ? reserve_record(kind, sizeof(*e)) : NULL;

	if (!e)
		return 0;
	e->delta = delta;
	bpf_probe_read_kernel_str(e->text, sizeof(e->text), from);
	bpf_ringbuf_submit(e, BPF_RB_NO_WAKEUP);
	return 0;
}

SEC("tp_btf/sched_ext_event")
int BPF_PROG(life_count, const char *name, s64 delta)
{
	return record_text(LIFE_COUNT, name, delta);
}

SEC("tp_btf/sched_ext_dump")
int BPF_PROG(life_dump, const char *line)
{
	return record_text(LIFE_DUMP, line, 0);
}
