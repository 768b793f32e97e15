/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What all policies have in common: the state of a task, and the ops that only count. A policy includes
 * custody.bpf.h, defines its struct task with a member "struct scxb_task scxb", and then includes this.
 *
 * Each op begins with scxb_begin() or begin_task(): it counts the call and finds the CPU's counters (one
 * array lookup) and the task's state (one lookup in task storage). NULL or false: the policy is being ended.
 */
#ifndef SCXB_OPS_BPF_H
#define SCXB_OPS_BPF_H

#include "custody.bpf.h"
#include "quota.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct task);
} scxb_tasks SEC(".maps");

SCXB_CPU_MAP(scxb_exit, struct scxb_exit);

static __always_inline struct task *task_of(struct task_struct *p)
{
	return bpf_task_storage_get(&scxb_tasks, p, 0, 0);
}

static __always_inline struct task *begin_task(struct scxb_call *call)
{
	struct task *t;

	if (!scxb_begin(call))
		return NULL;
	t = task_of(call->p);
	if (!t)
		scxb_error("a task has no state");
	return t;
}

/* Direct dispatch to an idle CPU: into its local queue, without custody. */
static __always_inline void insert_direct(struct scxb_call *call, u64 dsq, u64 slice)
{
	scxb_count(call, idle_hit);
	scxb_count(call, direct);
	scx_bpf_dsq_insert(call->p, dsq, slice, 0);
}

/* The CPU that is set for the task, when it is idle; < 0 when it is busy or none is set. */
static __always_inline s32 preferred_idle(struct task *t, struct task_struct *p)
{
	s32 cpu = rules_cpu(&t->scxb.rules, p);

	return cpu >= 0 && scx_bpf_test_and_clear_cpu_idle(cpu) ? cpu : -1;
}

/* select_idle() for a task for which something may be set. */
static __noinline s32 select_by_rules(struct scxb_call *call, s32 prev_cpu, u64 knob_us)
{
	struct task *t = task_of(call->p);
	bool idle = false;
	s32 cpu;

	if (!t)
		return prev_cpu;
	rules_refresh(&t->scxb.rules, call->p);
	if (quota_is_over(&t->scxb.rules))
		return prev_cpu;
	cpu = preferred_idle(t, call->p);
	if (cpu >= 0)
		idle = true;
	else
		cpu = scx_bpf_select_cpu_dfl(call->p, prev_cpu, call->flags, &idle);
	if (idle)
		insert_direct(call, SCX_DSQ_LOCAL, rules_slice(&t->scxb.rules, knob_us));
	return cpu;
}

/* The body of a select_cpu that takes any idle CPU, near the last one where there is a choice. */
static __always_inline s32 select_idle(struct scxb_call *call, s32 prev_cpu, u64 knob_us)
{
	bool idle = false;
	s32 cpu;

	if (!scxb_begin(call))
		return prev_cpu;
	if (control_used())
		return select_by_rules(call, prev_cpu, knob_us);
	cpu = scx_bpf_select_cpu_dfl(call->p, prev_cpu, call->flags, &idle);
	if (idle)
		insert_direct(call, SCX_DSQ_LOCAL, knob_us * NSEC_PER_USEC);
	return cpu;
}

/*
 * What the kernel adds to the current task's migration_disabled when it enters a BPF program: 0 or 1, by
 * version and configuration. The idle task has nothing else there, so it is read from that. It is 0 until an
 * idle task was seen, which errs towards "disabled": such a task only stays where it is, while moving a task
 * that must not move ends the policy.
 */
u32 scxb_prologue;

/* The task was preempted where it must not leave its CPU, which its cpus_ptr does not show yet. */
static __always_inline bool migration_disabled(struct task_struct *p)
{
	struct task_struct *current = bpf_get_current_task_btf();

	if (!current->pid && scxb_prologue != current->migration_disabled)
		scxb_prologue = current->migration_disabled;
	return p->migration_disabled > (p == current ? scxb_prologue : 0);
}

/*
 * The last task on its CPU comes to enqueue only when it was over quota in dispatch. If it no longer is, it
 * continues where it is; the kernel has chosen the idle task by now, so the CPU needs a kick.
 */
static __always_inline bool stay_last(struct scxb_call *call, u64 slice)
{
	if (!(call->flags & SCX_ENQ_LAST))
		return false;
	scxb_count(call, direct);
	scx_bpf_dsq_insert(call->p, SCX_DSQ_LOCAL, slice, call->flags);
	scx_bpf_kick_cpu(scx_bpf_task_cpu(call->p), 0);
	return true;
}

/*
 * In enqueue: where select_cpu was not called (a slice ended while another task waits, a property changed),
 * no idle CPU was looked for yet. True when one got the task.
 */
static __always_inline bool fill_idle(struct scxb_call *call, struct task *t, u64 slice)
{
	s32 cpu;

	if (stay_last(call, slice))
		return true;
	if (call->flags & SCX_ENQ_CPU_SELECTED || migration_disabled(call->p))
		return false;
	cpu = preferred_idle(t, call->p);
	if (cpu < 0)
		cpu = scx_bpf_pick_idle_cpu(call->p->cpus_ptr, 0);
	if (cpu < 0)
		return false;
	insert_direct(call, SCX_DSQ_LOCAL_ON | cpu, slice);
	scx_bpf_kick_cpu(cpu, SCX_KICK_IDLE);
	return true;
}

static __always_inline void count_queued(struct scxb_call *call, u64 dsq)
{
	scxb_count(call, queued);
	if (scxb_detail)
		scxb_detail_add(SCXB_DETAIL_depth, scx_bpf_dsq_nr_queued(dsq));
}

/* Before the insert into a user DSQ from enqueue. */
static __always_inline void queue_in_dsq(struct scxb_call *call, struct task *t, u64 dsq)
{
	call->queue = dsq;
	if (call->flags & SCX_ENQ_REENQ)
		reenq_spare(call->p);
	custody_enter(call, &t->scxb.custody, SCXB_CUSTODY_entry_dsq);
	count_queued(call, dsq);
}

/* The beginning of an enqueue: the ledger, and what is set for the task. */
static __always_inline struct task *begin_enqueue(struct scxb_call *call)
{
	struct task *t = begin_task(call);

	if (!t)
		return NULL;
	custody_enqueue(call, &t->scxb.custody);
	rules_refresh(&t->scxb.rules, call->p);
	return t;
}

/* A task over quota waits until the clock of quotas releases it. True when the task is one. */
static __always_inline bool throttle(struct scxb_call *call, struct task *t, u64 slice)
{
	struct scxb_bucket *b = quota_bucket(&t->scxb.rules);

	if (!b || !quota_is_over(&t->scxb.rules))
		return false;
	__sync_fetch_and_add(&b->throttled, 1);
	queue_in_dsq(call, t, QUOTA_DSQ);
	scx_bpf_dsq_insert(call->p, QUOTA_DSQ, slice, call->flags);
	return true;
}

/* In dispatch, when there is no other task: the previous one may run on. */
static __always_inline void run_on(struct task_struct *prev, u64 knob_us)
{
	struct task *t = prev && prev->scx.flags & SCX_TASK_QUEUED ? task_of(prev) : NULL;

	if (t && !quota_is_over(&t->scxb.rules))
		scx_bpf_task_set_slice(prev, rules_slice(&t->scxb.rules, knob_us));
}

/* What the ledger and the counters need in ops to which a policy may add. */
static __always_inline void task_running(struct scxb_call *call, struct task *t)
{
	custody_running(call, &t->scxb.custody);
	scxb_run_start(call, &t->scxb.run);
}

/* Returns how long the task ran since the last call. */
static __always_inline u64 task_stopping(struct scxb_call *call, struct task *t)
{
	u64 ran;

	custody_stopping(call, &t->scxb.custody);
	ran = scxb_run_stop(call, &t->scxb.run);
	quota_charge(&t->scxb.rules, ran);
	return ran;
}

/* The same in tick, because a task may run for long without stopping. */
static __always_inline u64 task_tick(struct scxb_call *call, struct task *t)
{
	u64 ran = scxb_account(call, &t->scxb.run);

	quota_charge(&t->scxb.rules, ran);
	rules_refresh(&t->scxb.rules, call->p);
	if (quota_is_over(&t->scxb.rules))
		scx_bpf_task_set_slice(call->p, 0);
	return ran;
}

/* It runs with interrupts on and may be preempted by another fork: the one counter that needs an atomic. */
static __always_inline struct task *task_init(struct task_struct *p)
{
	struct scxb_cpu *cpu = scxb_this_cpu();
	struct task *t = bpf_task_storage_get(&scxb_tasks, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (cpu)
		__sync_fetch_and_add(&cpu->op[SCXB_OP_init_task], 1);
	if (t)
		t->scxb.run.cpu = -1;
	return t;
}

static __always_inline void exit_task(struct scxb_call *call)
{
	struct task *t = begin_task(call);

	if (t)
		custody_gone(call, &t->scxb.custody);
	rules_gone(call->p);
}

/*
 * Which of two tasks was queued first; for core_sched_before where a policy has no better order. A task that
 * runs comes after all that wait, however long ago it was queued; or the last task on its CPU would keep a
 * sibling's tasks of another cookie from ever running.
 */
static __always_inline bool queued_before(struct scxb_call *call, struct task_struct *other)
{
	bool other_runs = scx_bpf_task_running(other);
	struct task *a, *b;

	if (!scxb_begin(call))
		return false;
	if (scx_bpf_task_running(call->p) != other_runs)
		return other_runs;
	a = task_of(call->p);
	b = task_of(other);
	return a && b && before(a->scxb.custody.since, b->scxb.custody.since);
}

void SCXB_OP(scxb_runnable, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(runnable, p, enq_flags);
	struct task *t;

	if (!scxb_begin(&call) || !scxb_detail || !(enq_flags & SCX_ENQ_WAKEUP))
		return;
	t = task_of(p);
	if (t)
		t->scxb.run.woke = scx_bpf_now();
}

void SCXB_OP(scxb_quiescent, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(quiescent, p, deq_flags);

	scxb_begin(&call);
}

#ifndef SCXB_CID /* where the op is another one */
void SCXB_OP(scxb_set_cpumask, struct task_struct *p, const struct cpumask *mask)
{
	struct scxb_call call = SCXB_CALL(set_cpumask, p, 0);

	scxb_begin(&call);
}
#endif

void SCXB_OP(scxb_disable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(disable, p, 0);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	custody_gone(&call, &t->scxb.custody);
	scxb_run_end(&call, &t->scxb.run);
}

/* The kind is written last: a reader that sees it sees the rest. */
void SCXB_OP(scxb_exit_op, struct scx_exit_info *ei)
{
	u32 key = 0;
	struct scxb_exit *e = bpf_map_lookup_elem(&scxb_exit, &key);

	if (!e)
		return;
	e->code = ei->exit_code;
	bpf_probe_read_kernel_str(e->reason, sizeof(e->reason), ei->reason);
	bpf_probe_read_kernel_str(e->msg, sizeof(e->msg), ei->msg);
	bpf_probe_read_kernel_str(e->dump, sizeof(e->dump), ei->dump);
	__sync_lock_test_and_set(&e->kind, ei->kind);
}

/*
 * On a crowded machine, more so on an emulated one, a task can wait for seconds without any fault of the
 * policy. The kernel allows 30 s.
 */
#define SCXB_TIMEOUT_MS 20000

/* The members of struct sched_ext_ops that are the same in all policies. */
#define SCXB_OPS_ALIKE                                                            \
	.runnable = (void *)scxb_runnable, .quiescent = (void *)scxb_quiescent,   \
	.set_cpumask = (void *)scxb_set_cpumask, .disable = (void *)scxb_disable, \
	.exit = (void *)scxb_exit_op, .timeout_ms = SCXB_TIMEOUT_MS, .exit_dump_len = SCXB_EXIT_DUMP

#endif
