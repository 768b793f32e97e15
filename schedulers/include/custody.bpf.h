/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The custody ledger: whether each task is in the policy's custody, and since when; counted at every change,
 * so that after detach entries equal exits.
 *
 * A task is in the policy's custody from when it enters a user DSQ or a queue of the policy's own (BPF-side,
 * "own queue" below) until it leaves for a terminal DSQ, is picked by core scheduling or is taken away; the
 * kernel then calls ops.dequeue() exactly once. The policy calls the ledger for what it does and for what the
 * kernel reports:
 *
 *	scxb_custody_select()	first in select_cpu, only if it inserts into user DSQs there
 *	scxb_custody_pending()	after such an insert, which is only a verdict that the kernel may drop
 *	scxb_custody_enqueue()	first in enqueue
 *	scxb_custody_enter()	before the insert into a user DSQ or the own queue
 *	scxb_custody_dequeue()	in dequeue (scxb_begin_dequeue()), after the task was removed from the own
 *queue scxb_custody_yielded()	for each task that a pop takes from the own queue scxb_custody_running(),
 *scxb_custody_gone()	from those ops (running; disable, exit_task)
 *
 * A task's word (custody_abi.h) may be touched wherever the task itself may: the kernel serializes all these
 * ops of one task (by its rq lock, by pi_lock before it is queued, by SCX_OPSS_DISPATCHING while it is
 * dispatched). Of two enqueues without an exit between, the second one finds the first, so the ledger needs
 *no op that runs at each switch.
 *
 * A kernel before 7.1 calls ops.dequeue() only when a task is taken out of the policy's own queue. There the
 * ledger closes a period when it next sees the task, and counts it as exit_inferred; so that it sees each
 * task that runs, the loader leaves ops.running() in.
 *
 * The ledger also counts what waits in each queue (SCXB_QUEUES): set call.queue before
 * scxb_custody_pending() or scxb_custody_enter(); 0 is right for a policy with one queue.
 */
#ifndef SCXB_CUSTODY_BPF_H
#define SCXB_CUSTODY_BPF_H

#include "stats.bpf.h"

SCXB_CPU_MAP(scxb_rare_hist, struct scxb_rare_hist);

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 * 1024);
} scxb_violations SEC(".maps");

#define scxb_custody_count(call, name)                               \
	({                                                           \
		if (scxb_kept)                                       \
			(call)->cpu->custody[SCXB_CUSTODY_##name]++; \
	})

static __always_inline u32 scxb_state(u64 word)
{
	return word & SCXB_WORD_STATE;
}

static __noinline void scxb_violation(struct scxb_call *call, u32 kind)
{
	struct scxb_violation *v;

	if (kind >= SCXB_NR_CUSTODY)
		return;
	call->cpu->custody[kind]++;
	v = bpf_ringbuf_reserve(&scxb_violations, sizeof(*v), 0);
	if (!v)
		return;
	*v = (struct scxb_violation){
		.when_ns = scx_bpf_now(),
		.task_flags = call->p->scx.flags,
		.op_flags = call->flags,
		.kind = kind,
		.event = call->op,
		.state = scxb_state(call->word),
		.pid = call->p->pid,
		.cpu = call->here,
	};
	bpf_probe_read_kernel_str(v->comm, sizeof(v->comm), call->p->comm);
	bpf_ringbuf_submit(v, 0);
}

#define scxb_violates(call, name) scxb_violation(call, SCXB_CUSTODY_##name)

/* Compares with the kernel's own flag, only where that is stable. */
static __always_inline bool scxb_flag_agrees(struct scxb_call *call, bool inside)
{
	return !scxb_task_has_custody_flag() || scxb_task_in_custody(call->p) == inside;
}

static __always_inline void scxb_check_flag(struct scxb_call *call, bool inside)
{
	if (!scxb_flag_agrees(call, inside))
		scxb_violates(call, flag_disagrees);
}

/* When the schedule() that runs on this CPU began: the kernel has read that, scx_bpf_now() might read it
 * again. */
extern struct rq runqueues __ksym;

static __always_inline u64 scxb_clock(void)
{
	struct rq *rq = bpf_this_cpu_ptr(&runqueues);

	return rq->scx.clock;
}

/* The task that just ran is enqueued by schedule(). */
static __always_inline u64 scxb_now(struct scxb_call *call)
{
	return call->p == bpf_get_current_task_btf() ? scxb_clock() : scx_bpf_now();
}

static __always_inline void scxb_open(struct scxb_call *call, u64 *word, u64 since, enum scxb_state state)
{
	u32 queue = call->queue < SCXB_QUEUES ? call->queue : SCXB_QUEUES - 1;

	call->word = SCXB_WORD_FROM(since, scxb_task_cpu(call->p)) | SCXB_WORD_IS(queue, state);
	*word = call->word;
	if (queue)
		call->cpu->queue[queue]++;
}

static __always_inline void scxb_close(struct scxb_call *call, u64 *word)
{
	u64 old = call->word;

	call->word = old & ~SCXB_WORD_STATE;
	*word = call->word;
	if (SCXB_WORD_QUEUE(old))
		call->cpu->queue[SCXB_WORD_QUEUE(old)]--;
}

/* A verdict of select_cpu without a dequeue: the kernel dropped it, or is too old to report it. */
static __always_inline void scxb_settle(struct scxb_call *call, u64 *word)
{
	if (scxb_state(call->word) != SCXB_PENDING)
		return;
	scxb_close(call, word);
	if (scxb_reports_exits()) {
		scxb_custody_count(call, lapsed);
	} else {
		scxb_custody_count(call, entry_select);
		scxb_custody_count(call, exit_inferred);
	}
}

/* The task can't be inside at this point: closes an open period, by inference or as a violation. */
static __noinline void scxb_expect_out(struct scxb_call *call, u64 *word, enum scxb_custody kind)
{
	call->word = *word;
	scxb_settle(call, word);
	scxb_check_flag(call, false);
	if (scxb_state(call->word) == SCXB_OUT)
		return;
	if (scxb_reports_exits())
		scxb_violation(call, kind);
	else
		scxb_custody_count(call, exit_inferred);
	scxb_close(call, word);
}

static __always_inline void scxb_custody_select(struct scxb_call *call, u64 *word)
{
	if (!scxb_kept)
		return;
	call->word = *word;
	scxb_settle(call, word);
}

static __always_inline void scxb_custody_pending(struct scxb_call *call, u64 *word)
{
	if (!scxb_kept)
		return;
	scxb_custody_count(call, verdict);
	scxb_open(call, word, scx_bpf_now(), SCXB_PENDING);
}

static __always_inline void scxb_infer(struct scxb_call *call, u64 *word)
{
	scxb_settle(call, word);
	if (scxb_state(call->word) == SCXB_OUT)
		return;
	scxb_custody_count(call, doubled);
	scxb_custody_count(call, exit_inferred);
	scxb_close(call, word);
}

/* Returns the word. */
static __noinline u64 scxb_enqueue_rare(struct scxb_call *call, u64 *word)
{
	bool reenq = call->flags & SCX_ENQ_REENQ;

	if (!scxb_reports_exits()) {
		scxb_infer(call, word);
		return call->word;
	}
	/* It was taken off a user DSQ to be re-enqueued: so the verdict of select_cpu had taken effect. */
	if (scxb_state(call->word) == SCXB_PENDING && reenq && scxb_task_in_custody(call->p)) {
		call->word += SCXB_IN - SCXB_PENDING;
		*word = call->word;
		scxb_custody_count(call, entry_select);
	}
	scxb_settle(call, word);
	scxb_check_flag(call, reenq && scxb_state(call->word) == SCXB_IN);
	return call->word;
}

/* Nearly always the task is outside, and the kernel says so too. The call is copied where its address is
 * needed. */
static __always_inline void scxb_custody_enqueue(struct scxb_call *call, u64 *word)
{
	struct scxb_call copy;

	if (!scxb_kept)
		return;
	call->word = *word;
	if (scxb_state(call->word) == SCXB_OUT && scxb_flag_agrees(call, false))
		return;
	copy = *call;
	call->word = scxb_enqueue_rare(&copy, word);
}

/* The task is inside already: re-enqueued, the same period goes on. */
static __noinline void scxb_enter_again(struct scxb_call *call, u64 *word)
{
	u64 since = SCXB_WORD_THEN(scxb_word_plain(call->word));

	if (call->flags & SCX_ENQ_REENQ)
		scxb_custody_count(call, reentered);
	else
		scxb_violates(call, double_entry);
	scxb_close(call, word);
	scxb_open(call, word, since, SCXB_IN);
}

/* call->now: scxb_now(). */
static __always_inline void scxb_custody_enter(struct scxb_call *call, u64 *word, enum scxb_custody way)
{
	struct scxb_call copy;

	if (!scxb_kept)
		return;
	if (scxb_state(call->word) == SCXB_OUT) {
		call->cpu->custody[way]++;
		scxb_open(call, word, call->now, SCXB_IN);
		return;
	}
	copy = *call;
	scxb_enter_again(&copy, word);
}

/* Core scheduling picks only tasks with a cookie from custody; see late_core. */
static __always_inline bool scxb_is_late(struct scxb_call *call)
{
	return call->flags & SCX_DEQ_CORE_SCHED_EXEC && !scxb_task_has_cookie(call->p);
}

/* No flag: this dequeue ends custody by the policy's own dispatch, for which older kernels never call it. */
static __always_inline bool scxb_is_plain(u64 deq_flags)
{
	return !(deq_flags & (SCX_DEQ_SLEEP | SCX_DEQ_CORE_SCHED_EXEC | scxb_deq_sched_change()));
}

static __always_inline bool scxb_is_dispatch(struct scxb_call *call)
{
	return scxb_reports_exits() && (!call->flags || scxb_is_plain(call->flags) || scxb_is_late(call));
}

static __always_inline void scxb_rare_time(enum scxb_cause cause, u64 ns)
{
	u32 key = 0, slot = scxb_slot_of(ns);
	struct scxb_rare_hist *rare = bpf_map_lookup_elem(&scxb_rare_hist, &key);

	if (rare && slot < SCXB_HIST_SLOTS)
		__sync_fetch_and_add(&rare->hist[cause].slot[slot], 1);
}

/* Counted by its time alone: scxb_derive(). */
static __always_inline void scxb_exit_dispatch(struct scxb_call *call, u64 *word, u64 now)
{
	scxb_hist_add(&call->cpu->dispatch_ns, scxb_word_passed(call->word, now));
	scxb_count_move(call, SCXB_WORD_CPU(call->word), call->here);
	scxb_close(call, word);
}

static __always_inline void scxb_exit_rare(struct scxb_call *call, u64 *word)
{
	u64 ns = scxb_word_age(call->word, scx_bpf_now());

	if (call->flags & SCX_DEQ_SLEEP) {
		scxb_custody_count(call, exit_sleep);
	} else if (call->flags & SCX_DEQ_CORE_SCHED_EXEC) {
		scxb_custody_count(call, exit_core);
		scxb_rare_time(SCXB_CAUSE_core, ns);
	} else {
		scxb_custody_count(call, exit_change);
		scxb_rare_time(SCXB_CAUSE_change, ns);
	}
	scxb_close(call, word);
}

/* Every dequeue but those that scxb_exit_simply() does. It begins anew, so that those need no place for a
 * call. */
static __noinline void scxb_dequeue_rare(struct task_struct *p, u64 deq_flags, u64 *word)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);

	scxb_find(&call);
	call.word = scxb_word_plain(*word);
	if (scxb_state(call.word) == SCXB_OUT) {
		scxb_violates(&call, exit_without_entry);
		return;
	}
	if (scxb_state(call.word) == SCXB_PENDING)
		scxb_custody_count(&call, entry_select);
	if (!scxb_is_dispatch(&call)) {
		scxb_exit_rare(&call, word);
		return;
	}
	if (deq_flags & SCX_DEQ_CORE_SCHED_EXEC)
		scxb_custody_count(&call, late_core);
	scxb_exit_dispatch(&call, word, scxb_is_plain(deq_flags) ? scxb_clock() : scx_bpf_now());
}

/* The policy's: has it other queues than 0 (policy.bpf.h)? */
static __always_inline bool scxb_has_queues(void);

/*
 * Nearly always the task is dispatched to the CPU on which it was, after a common time, and only that time
 * counts, and its queue. True when that is done.
 */
static __always_inline bool scxb_exit_simply(struct scxb_call *call, u64 *word)
{
	u64 old = *word, usual = SCXB_WORD_ON(call->here) | SCXB_WORD_IS(0, SCXB_IN);
	u64 where = SCXB_WORD_WHERE & ~(scxb_has_queues() ? SCXB_WORD_IS(SCXB_QUEUES - 1, 0) : 0);
	u64 units = scxb_word_units(old, call->now), beyond = units - SCXB_SLOTS_FROM / 64;

	if (!scxb_reports_exits() || ((old ^ usual) & where) | call->flags)
		return false;
	barrier_var(beyond); /* nothing else is kept for the index */
	if (beyond >= (SCXB_SLOTS_TO - SCXB_SLOTS_FROM) / 64) {
		u32 slot = scxb_slot_longer(units);

		if (slot >= SCXB_HIST_SLOTS)
			return false;
		call->cpu->dispatch_ns.slot[slot]++;
	} else {
		call->cpu->dispatch_ns.slot[scxb_slots[beyond + SCXB_SLOTS_FROM / 64]]++;
	}
	if (scxb_has_queues() && SCXB_WORD_QUEUE(old))
		call->cpu->queue[SCXB_WORD_QUEUE(old)]--;
	*word = old & ~SCXB_WORD_STATE;
	return true;
}

/* The beginning of a dequeue. */
static __always_inline void scxb_begin_dequeue(struct scxb_call *call)
{
	call->now = scxb_clock();
	scxb_find(call);
}

static __always_inline void scxb_custody_dequeue(struct scxb_call *call, u64 *word)
{
	if (scxb_kept && !scxb_exit_simply(call, word))
		scxb_dequeue_rare(call->p, call->flags, word);
}

/* inside: what the own queue had of the task under its lock, where the pop can't race a dequeue. */
static __always_inline void scxb_custody_yielded(struct scxb_call *call, u64 word, bool inside)
{
	if (!scxb_kept || inside)
		return;
	call->word = word;
	scxb_violates(call, yielded_again);
}

static __always_inline void scxb_custody_running(struct scxb_call *call, u64 *word)
{
	if (scxb_kept)
		scxb_expect_out(call, word, SCXB_CUSTODY_running_inside);
}

/* In disable and exit_task. */
static __always_inline void scxb_custody_gone(struct scxb_call *call, u64 *word)
{
	if (scxb_kept)
		scxb_expect_out(call, word, SCXB_CUSTODY_freed_inside);
}

#endif
