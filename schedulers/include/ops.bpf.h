/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pieces of which a policy's ops are made. Those that return false or 0 have done all there is to do.
 * What is asked of a policy while it runs (rules, quotas) is behind one comparison, out of line.
 */
#ifndef SCXB_OPS_BPF_H
#define SCXB_OPS_BPF_H

#include "clock.bpf.h"
#include "custody.bpf.h"

/* An enqueue that puts the task into no queue: those that do are known from the ledger. */
static __always_inline void scxb_count_unqueued(struct scxb_call *call)
{
	if (scxb_kept && call->op == SCXB_OP_enqueue)
		call->cpu->op[SCXB_OP_enqueue]++;
}

/* In instrumented samples a task that waits in no queue knows since when, too. */
static __always_inline void scxb_note_direct(struct scxb_call *call)
{
	u64 *word = scxb_detail ? scxb_word(call->p) : NULL;

	if (word)
		*word = SCXB_WORD_FROM(scx_bpf_now(), 0);
}

/* Direct dispatch to an idle CPU: into its local queue, without custody. See scxb_count_move() too. */
static __always_inline void scxb_insert_direct(struct scxb_call *call, u64 dsq, u64 slice)
{
	scxb_count(call, idle_hit);
	scxb_count(call, direct);
	scxb_count_unqueued(call);
	scxb_note_direct(call);
	scx_bpf_dsq_insert(call->p, dsq, slice, 0);
}

/* The CPU that is set for the task, when it is idle; < 0 when it is busy or none is set. */
static __always_inline s32 scxb_preferred_idle(struct scxb_rules *r, struct task_struct *p)
{
	s32 cpu = scxb_rules_cpu(r, p);

	return cpu >= 0 && scx_bpf_test_and_clear_cpu_idle(cpu) ? cpu : -1;
}

/* scxb_select_idle() for a task for which something may be set. */
static __noinline s32 scxb_select_by_rules(struct task_struct *p, s32 prev_cpu, u64 wake_flags, u64 knob_us)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);
	struct scxb_rules *r = scxb_rules_now(p);
	bool idle = false;
	s32 cpu;

	scxb_find(&call);
	if (scxb_quota_is_over(r))
		return prev_cpu;
	cpu = scxb_preferred_idle(r, p);
	if (cpu >= 0)
		idle = true;
	else
		cpu = scx_bpf_select_cpu_dfl(p, prev_cpu, wake_flags, &idle);
	if (!idle)
		return cpu;
	scxb_count_move(&call, prev_cpu, cpu);
	scxb_insert_direct(&call, SCX_DSQ_LOCAL, scxb_rules_slice(r, knob_us));
	return cpu;
}

/* The body of a select_cpu that takes any idle CPU, near the last one where there is a choice. */
static __always_inline s32 scxb_select_idle(struct scxb_call *call, s32 prev_cpu, u64 knob_us)
{
	bool idle = false;
	s32 cpu;

	scxb_begin(call);
	if (scxb_asked())
		return scxb_select_by_rules(call->p, prev_cpu, call->flags, knob_us);
	cpu = scx_bpf_select_cpu_dfl(call->p, prev_cpu, call->flags, &idle);
	if (!idle)
		return cpu;
	scxb_count_move(call, prev_cpu, cpu);
	scxb_insert_direct(call, SCX_DSQ_LOCAL, knob_us * NSEC_PER_USEC);
	return cpu;
}

/* The beginning of an enqueue. */
static __always_inline bool scxb_begin_enqueue(struct scxb_call *call, u64 *word)
{
	scxb_find(call);
	if (!word) {
		scxb_error("a task has no state");
		return false;
	}
	call->now = scxb_now(call);
	scxb_custody_enqueue(call, word);
	return true;
}

/*
 * A change of its properties takes a task out of its queue, and enqueues it again: changed over and over, it
 * would never be the first. In ticks of the kernel, which keeps across such changes since when a task has not
 * run: at least 2 s, and far less than the kernel's watchdog has at the lowest rate of ticks.
 */
#define SCXB_WAITS_LONG 2000
#define SCXB_ENQ_CHANGE 2 /* the scheduler's ENQUEUE_RESTORE, which sched_ext passes on */

static __always_inline bool scxb_waits_long(struct scxb_call *call)
{
	return call->flags & SCXB_ENQ_CHANGE && bpf_jiffies64() - call->p->scx.runnable_at > SCXB_WAITS_LONG;
}

/* Before the insert into a user DSQ from enqueue. Its flags, if that is a queue in the order of arrival. */
static __always_inline u64 scxb_enter_dsq(struct scxb_call *call, u64 *word, u64 dsq)
{
	u64 nr = scxb_kept ? call->cpu->custody[SCXB_CUSTODY_entry_dsq] + 1 : 0;

	call->queue = dsq;
	scxb_custody_enter(call, word, SCXB_CUSTODY_entry_dsq);
	if (scxb_wants_depth(nr))
		scxb_note_depth(scx_bpf_dsq_nr_queued(dsq));
	return !call->plain && scxb_waits_long(call) ? call->flags | SCX_ENQ_HEAD : call->flags;
}

/*
 * What the kernel adds to the current task's migration_disabled when it enters a BPF program: 0 or 1, by
 * version and configuration. The idle task has nothing else there, so it is read from that. It is 0 until an
 * idle task was seen, which errs towards "disabled": such a task only stays where it is, while moving a task
 * that must not move ends the policy.
 */
static u32 scxb_prologue;

/* The task was preempted where it must not leave its CPU, which its cpus_ptr does not show yet. */
static __always_inline bool scxb_migration_disabled(struct task_struct *p)
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
static __always_inline bool scxb_stay_last(struct scxb_call *call, u64 slice)
{
	if (!(call->flags & SCX_ENQ_LAST))
		return false;
	scxb_count(call, direct);
	scxb_count_unqueued(call);
	scx_bpf_dsq_insert(call->p, SCX_DSQ_LOCAL, slice, call->flags);
	scx_bpf_kick_cpu(scxb_task_cpu(call->p), 0);
	return true;
}

/* A task over quota waits until the clock releases it. True when the task is one. */
static __always_inline bool scxb_throttle(struct scxb_call *call, struct scxb_rules *r, u64 slice)
{
	struct scxb_bucket *b = r && r->nr_quotas ? scxb_quota_used_up(r) : NULL;
	u64 *word = scxb_word(call->p);

	if (!b || !word)
		return false;
	call->word = *word;
	call->now = scxb_now(call);
	__sync_fetch_and_add(&b->throttled, 1);
	scxb_enter_dsq(call, word, SCXB_QUOTA_DSQ);
	if (scxb_waits_long(call))
		scx_bpf_dsq_insert(call->p, SCXB_TURN_DSQ, 1, call->flags);
	else
		scx_bpf_dsq_insert(call->p, SCXB_QUOTA_DSQ, slice, call->flags);
	return true;
}

static __noinline u64 scxb_admit_rare(struct task_struct *p, u64 enq_flags, u64 knob_us)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct scxb_rules *r = scxb_rules_now(p);
	u64 slice = scxb_rules_slice(r, knob_us);

	scxb_find(&call);
	if (scxb_throttle(&call, r, slice) || scxb_stay_last(&call, slice))
		return 0;
	if (enq_flags & SCX_ENQ_REENQ)
		scxb_reenq_spare(p);
	return slice;
}

/*
 * In enqueue: the task's slice in ns; 0 when it is inserted already, because it waits for its quota, or goes
 * on as the last one on its CPU.
 */
static __always_inline u64 scxb_admit(struct scxb_call *call, u64 knob_us)
{
	u64 slice = knob_us * NSEC_PER_USEC;

	if (call->flags & (SCX_ENQ_LAST | SCX_ENQ_REENQ) || scxb_asked())
		return scxb_admit_rare(call->p, call->flags, knob_us);
	__builtin_assume(slice); /* no such knob may be 0 */
	return slice;
}

/* No kick: the kernel reschedules an idle CPU when something is inserted into its local queue. */
static __noinline bool scxb_fill_any(struct task_struct *p, u64 enq_flags, u64 slice)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	s32 was = scxb_task_cpu(p), cpu;

	scxb_find(&call);
	if (p->nr_cpus_allowed == 1 || scxb_migration_disabled(p)) {
		if (!scx_bpf_test_and_clear_cpu_idle(was))
			return false;
		cpu = was;
	} else {
		cpu = scxb_preferred_idle(scxb_rules_of(p), p);
		if (cpu < 0)
			cpu = scx_bpf_pick_idle_cpu(p->cpus_ptr, 0);
	}
	if (cpu < 0)
		return false;
	scxb_count_move(&call, was, cpu);
	scxb_insert_direct(&call, SCX_DSQ_LOCAL_ON | cpu, slice);
	return true;
}

/* Nobody else may run it, and only this CPU: there is nothing to search. */
static __always_inline bool scxb_is_bound_here(struct scxb_call *call)
{
	return call->p->nr_cpus_allowed == 1 && scxb_task_cpu(call->p) == (s32)call->here;
}

/*
 * In enqueue: where select_cpu was not called (a slice ended while another task waits, a property changed, a
 * task is bound to one CPU), no idle CPU was looked for yet. True when one got the task. A task bound to this
 * very CPU finds it idle only while the idle task runs.
 */
static __always_inline bool scxb_fill_idle(struct scxb_call *call, u64 slice)
{
	struct task_struct *p = call->p;

	if (call->flags & SCX_ENQ_CPU_SELECTED)
		return false;
	if (scxb_is_bound_here(call)) {
		if (bpf_get_current_task_btf()->pid)
			return false;
		scxb_insert_direct(call, SCX_DSQ_LOCAL, slice);
		return true;
	}
	return scxb_fill_any(p, call->flags, slice);
}

/*
 * Instead of scxb_begin_enqueue(), scxb_admit() and scxb_fill_idle(): true when the task is just to be
 * queued, as nearly always. If not, the policy calls those, in a function of its own, so that this way needs
 * no room for them.
 */
static __always_inline bool scxb_begin_plain(struct scxb_call *call, u64 *word)
{
	struct task_struct *current = bpf_get_current_task_btf(), *p = call->p;
	u64 odd = 0;

	if (scxb_kept && !scxb_task_has_custody_flag())
		return false;
	barrier_var(call->flags); /* what is done with them needs no register before */
	/* SCX_ENQ_LAST, SCX_ENQ_REENQ: none so high is usual. */
	if (scxb_any_bit(call->flags, (s32)(1U << 31 | SCXB_ENQ_CHANGE)))
		return false;
	if (scxb_kept)
		odd = scxb_state(*word) | scxb_custody_flag(p) | scxb_control.asked;
	if (__builtin_expect(odd, 0))
		return false;
	if (__builtin_expect(!scxb_any_bit(call->flags, SCX_ENQ_CPU_SELECTED) &&
				     (p->nr_cpus_allowed != 1 || scxb_task_cpu(p) != scxb_task_cpu(current) ||
				      !current->pid),
			     0))
		return false;
	call->word = SCXB_OUT;
	call->plain = true;
	if (scxb_kept)
		call->now = p == current ? scxb_clock() : scx_bpf_now();
	scxb_find(call);
	return true;
}

static __noinline void scxb_run_on_rare(struct task_struct *prev, u64 knob_us)
{
	struct scxb_rules *r = scxb_rules_of(prev);

	if (!scxb_quota_is_over(r))
		scx_bpf_task_set_slice(prev, scxb_rules_slice(r, knob_us));
}

/* A dispatch that moved no task; those that did are known from the ledger. */
static __always_inline void scxb_count_empty(void)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);

	scxb_begin(&call);
}

/* In dispatch, when there is no other task: the previous one may run on. Rare where much is switched. */
static __noinline __attribute__((unused)) void scxb_run_on(struct task_struct *prev, u64 knob_us)
{
	scxb_count_empty();
	if (!prev || !(prev->scx.flags & SCX_TASK_QUEUED))
		return;
	if (scxb_asked())
		scxb_run_on_rare(prev, knob_us);
	else
		scx_bpf_task_set_slice(prev, knob_us * NSEC_PER_USEC);
}

#endif
