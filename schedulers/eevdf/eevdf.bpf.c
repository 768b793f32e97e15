/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * eevdf: the earliest eligible virtual deadline first, as the kernel's own class decides, written as a
 * policy.
 *
 * Shares follow nice. A cgroup's share grows with its number of tasks, and cpu.weight means nothing.
 *
 * What it is for: beside fair it shows what sched_ext itself costs, because both decide alike. It is no
 * better than fair at anything.
 *
 * Idea: each CPU has a queue. A task's vruntime is the time it ran, divided by its weight; the queue's is the
 * weighted average of its tasks. A task is eligible when it has had no more than its share: when its vruntime
 * is not after the average. It asks for a slice at a time, and its deadline is its vruntime plus the slice,
 * divided by its weight. Of the eligible ones the one with the earliest deadline runs, until its deadline.
 *
 * The lag of a task, how far it is behind the average, is kept when it sleeps or moves, up to two slices. A
 * task that wakes preempts what runs only if that is not eligible any more, or asks for a longer slice, and
 * the one that wakes would be the next anyway. One that calls sched_yield() gives up what is left of its
 * slice: it counts as used, and the next request begins. A CPU without work takes tasks of others, and one
 * with less weight than another pulls some.
 *
 * Like the kernel's: the arithmetic of the average, of lag and of placing (PLACE_LAG, PLACE_REL_DEADLINE);
 * weights by its table; its base slice, or what a task asks for by sched_setattr(); RUN_TO_PARITY and
 * PREEMPT_SHORT; half a slice for the first request of a new task; balancing within 17 %.
 *
 * Not like it, because sched_ext gives a policy no hold there:
 * - The kernel's tree knows the least vruntime below each node, so that it finds the earliest eligible one in
 *   logarithmic time. A DSQ is in order of the deadline alone. Nearly always its first task is eligible; if
 * not, the queue is read from the front, at worst all of it.
 * - A slice ends at a tick, and so does RUN_TO_PARITY; there is no high resolution tick (HRTICK).
 * - A task that sleeps owing time can't stay in the queue until that is paid (DELAY_DEQUEUE). It pays by the
 *   time that its queue went on without it, but its weight isn't in the average meanwhile.
 * - Cgroups are no entities: their bandwidth and idle state mean nothing either (a flat group is like it).
 * - The CPU for a task that wakes is chosen by the kernel's function for policies, not by
 * select_task_rq_fair(): no wake_affine, no energy model, no capacity, no preferred node; there is no NUMA
 * balancing of this class.
 * - Balancing looks at weight and not at load averages, domain by domain; it is one level.
 * - No bandwidth server: beside realtime tasks it has what the kernel keeps for sched_ext.
 * - The kernel ejects a policy under which a task waits for 30 s, and by its share a light task beside heavy
 *   ones would wait longer. None waits longer than patience_ms, a quarter of it until its CPU looks, and a
 *   slice for each other task that has waited as long.
 *
 * Good at: what fair is good at. Bad at: the same, and the calls of six ops for each switch.
 *
 * Knobs: slice_us, patience_ms. Heeds while it runs: weight (instead of that of nice), slice, quota, CPU. No
 * priority: the order is that of deadlines.
 */
#include "balance.bpf.h"

SCXB_SAYS("Shares follow nice. "
	  "A cgroup's share grows with its number of tasks, and cpu.weight means nothing.");

/* Where it waited it was no member; it is one again when it runs. Its first deadline is that of a new task.
 */
static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	s32 cpu = scxb_task_cpu(p);
	struct queue *q = queue_of(cpu);
	struct task *t = task_of(p);

	scx_bpf_dsq_move_set_vtime(it, (q ? q->zero : 0) + (t ? t->vslice : 0));
	scx_bpf_dsq_move_vtime(it, p, cpu, 0);
}

static void scxb_changed(bool asked)
{
	u32 cpu;

	bpf_for (cpu, 0, asked ? scxb_nr_cpus : 0)
		if (scx_bpf_dsq_nr_queued(cpu) > 0)
			scxb_reenqueue(cpu);
}

s32 SCXB_OP(eevdf_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return scxb_select_idle(&call, prev_cpu, base_us());
}

/* A member of the queue, or one that was over quota and is not back yet. */
static __always_inline bool is_eligible(struct task *t, u32 cpu, u64 at)
{
	return t->home != HOME(cpu) || !scxb_before(at, t->vruntime);
}

/* The task that runs keeps the CPU as long as it is eligible, unless the other one asks for less. */
static __always_inline bool yields_to(struct queue *q, struct task *t, u32 cpu)
{
	u64 ns = uncharged(q, cpu), at = average(q) + progress(q, ns);
	u64 now = q->runs.weight ? q->runs.vruntime + by_weight(ns, q->runs.weight) : 0;

	if (!q->runs.weight || scxb_before(at, t->vruntime))
		return false;
	return scxb_before(at, now) ||
	       (t->slice < q->runs.slice && scxb_before(t->deadline, q->runs.deadline));
}

static __noinline bool preempts(struct task_struct *p)
{
	struct task *t = task_of(p);
	s32 cpu = scxb_task_cpu(p);
	struct queue *q = queue_of(cpu);
	struct task_struct *first;

	if (!t || !q || !yields_to(q, t, cpu))
		return false;
	first = scx_bpf_dsq_peek(cpu);
	return !first || scxb_before(t->deadline, first->scx.dsq_vtime);
}

void SCXB_OP(eevdf_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = task_of(p);
	s32 cpu = scxb_task_cpu(p);
	struct scxb_rules *r;
	bool now;
	u64 slice;

	if (!scxb_begin_enqueue(&call, t ? &t->word : NULL))
		return;
	slice = scxb_admit(&call, base_us());
	r = scxb_rules_of(p);
	if (r && t->ruled != r->found)
		weigh(p);
	if (!slice) {
		leave(t, false);
		return;
	}
	if (scxb_fill_idle(&call, slice))
		return;
	if (!t->waits)
		t->waits = call.now;
	join(t, cpu);
	now = enq_flags & SCX_ENQ_WAKEUP && preempts(p);
	scxb_enter_dsq(&call, &t->word, cpu);
	scx_bpf_dsq_insert_vtime(p, cpu, left_of(t), t->deadline, enq_flags);
	if (now)
		scx_bpf_kick_cpu(cpu, SCX_KICK_PREEMPT);
}

/* One that waited is taken away: it keeps its lag and its deadline. */
void SCXB_OP(eevdf_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = task_of(p);

	if (!t)
		return;
	scxb_begin_dequeue(&call);
	if (scxb_reports_exits() && call.flags & scxb_deq_sched_change())
		leave(t, false);
	scxb_custody_dequeue(&call, &t->word);
}

/* However it came to its CPU, it is a member of the queue there now. Another CPU may change it and so call
 * this. */
void SCXB_OP(eevdf_running, struct task_struct *p)
{
	struct task *t = task_of(p);
	struct queue *q = t ? join(t, scxb_task_cpu(p)) : NULL;

	if (!q)
		return;
	t->waits = 0;
	note_runs(q, t);
	if (scxb_detail || !scxb_reports_exits())
		scxb_ran(p, &t->word);
}

void SCXB_OP(eevdf_stopping, struct task_struct *p, bool runnable)
{
	struct queue *q = queue_of(scxb_task_cpu(p));
	struct task *t = task_of(p);

	if (!t || !q)
		return;
	charge(t, p);
	q->runs.weight = 0;
	if (!runnable)
		leave(t, p->__state);
}

static bool goes_on(struct task_struct *prev)
{
	struct task *t = task_of(prev);

	if (!t || scxb_quota_is_over(scxb_rules_of(prev)))
		return false;
	scx_bpf_task_set_slice(prev, left_of(t));
	return true;
}

/* The first task by deadline owes time. prev: if it can go on, and is eligible. */
static __noinline bool pick_later(s32 cpu, struct task_struct *prev, u64 at)
{
	struct task *t, *own = prev ? task_of(prev) : NULL;
	struct task_struct *p;

	bpf_for_each (scx_dsq, p, cpu, 0) {
		t = task_of(p);
		if (!t || !is_eligible(t, cpu, at) || scxb_task_cpu(p) != cpu)
			continue;
		if (own && scxb_before(own->deadline, p->scx.dsq_vtime))
			break;
		if (scx_bpf_dsq_move(&___it, p, SCX_DSQ_LOCAL, 0))
			return true;
	}
	return own ? goes_on(prev) : scx_bpf_dsq_move_to_local(cpu);
}

/* False when nobody waits. prev: if it can go on. */
static __always_inline bool pick_next(s32 cpu, struct queue *q, struct task_struct *prev, struct task *own)
{
	struct task_struct *first = scx_bpf_dsq_peek(cpu);
	struct task *t = first ? task_of(first) : NULL;
	u64 at;

	if (!t)
		return false;
	at = average(q);
	if (own && (scxb_before(at, own->vruntime) || scxb_quota_is_over(scxb_rules_of(prev))))
		own = NULL;
	if (!is_eligible(t, cpu, at))
		return pick_later(cpu, own ? prev : NULL, at);
	if (own && scxb_before(own->deadline, first->scx.dsq_vtime) && goes_on(prev))
		return true;
	return scx_bpf_dsq_move_to_local(cpu);
}

void SCXB_OP(eevdf_dispatch, s32 cpu, struct task_struct *prev)
{
	bool runs = prev && prev->scx.flags & SCX_TASK_QUEUED;
	struct task *own = runs ? task_of(prev) : NULL;
	struct queue *q = queue_of(cpu);

	if (!q)
		return;
	if (own) {
		charge(own, prev);
		note_runs(q, own);
	}
	if (scxb_turn(cpu) || look_around(q, cpu))
		return;
	if (pick_next(cpu, q, prev, own) || (!runs && scxb_nr_cpus > 1 && steal(cpu)))
		return;
	scxb_run_on(prev, base_us());
}

/* What is left of the slice counts as used. */
bool SCXB_OP(eevdf_yield, struct task_struct *from, struct task_struct *to)
{
	struct task *t = task_of(from);
	struct queue *q = t && t->home != NOWHERE ? queue_of(t->home - 1) : NULL;

	scx_bpf_task_set_slice(from, 0);
	if (!q)
		return false;
	charge(t, from);
	if (is_eligible(t, t->home - 1, average(q)) && scxb_before(t->vruntime, t->deadline))
		advance(t, t->deadline - t->vruntime);
	t->deadline += t->vslice;
	note_runs(q, t);
	return false;
}

/* Where others wait a slice ends with its deadline. */
void SCXB_OP(eevdf_tick, struct task_struct *p)
{
	struct task *t = task_of(p);
	struct queue *q = t && t->home != NOWHERE ? queue_of(t->home - 1) : NULL;

	scxb_tick_quota(p);
	if (!q)
		return;
	if (charge(t, p) && q->nr > 1)
		scx_bpf_task_set_slice(p, 0);
	note_runs(q, t);
}

/* A new task begins with half a slice, to ease it into the competition. */
void SCXB_OP(eevdf_enable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(enable, p, 0);
	struct task *t = task_of(p);

	scxb_come(&call, t ? &t->word : NULL);
	if (!t)
		return;
	t->home = NOWHERE;
	t->lag = 0;
	t->waits = 0;
	t->slept = false;
	t->exec = p->se.sum_exec_runtime;
	weigh(p);
	t->keeps = true;
	t->remaining = t->vslice / 2;
}

void SCXB_OP(eevdf_disable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(disable, p, 0);
	struct scxb_rules *r = scxb_rules_of(p);
	struct task *t = task_of(p);

	scxb_begin(&call);
	if (t) {
		leave(t, false);
		scxb_custody_gone(&call, &t->word);
	}
	scxb_account(&call, scxb_cgroup_of(p), 1);
	if (r)
		scxb_quota_charge(r, p);
}

void SCXB_OP(eevdf_set_weight, struct task_struct *p, u32 weight)
{
	weigh(p);
}

/* Each by the virtual time of its own queue. */
bool SCXB_OP(eevdf_core_sched_before, struct task_struct *a, struct task_struct *b)
{
	struct task *ta = task_of(a), *tb = task_of(b);
	struct queue *qa = queue_of(scxb_task_cpu(a)), *qb = queue_of(scxb_task_cpu(b));

	return ta && tb && qa && qb && scxb_before(ta->vruntime - qa->zero, tb->vruntime - qb->zero);
}

static __always_inline void set_offline(s32 cpu, bool offline)
{
	struct queue *q = queue_of(cpu);

	if (q)
		q->offline = offline;
}

void SCXB_OP(eevdf_cpu_online, s32 cpu)
{
	set_offline(cpu, false);
}

void SCXB_OP(eevdf_cpu_offline, s32 cpu)
{
	set_offline(cpu, true);
}

s32 SCXB_OP_SLEEPABLE(eevdf_init_task, struct task_struct *p, struct scx_init_task_args *args)
{
	struct task *t = bpf_task_storage_get(&scxb_tasks, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	return t ? 0 : -ENOMEM;
}

s32 SCXB_OP_SLEEPABLE(eevdf_init)
{
	s32 cpu, err = scxb_init(SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(slice_us) |
					 SCXB_HAS_SETTING(quota) | SCXB_HAS_SETTING(cpu),
				 SCXB_HAS_PARAM(slice_us));

	scxb_control.settings |= SCXB_CHARGES;
	bpf_for (cpu, 0, err ? 0 : (s32)scxb_nr_cpus) {
		err = scx_bpf_create_dsq(cpu, -1);
		if (err)
			break;
	}
	return err;
}

SCXB_POLICY(eevdf, .select_cpu = (void *)eevdf_select_cpu, .enqueue = (void *)eevdf_enqueue,
	    .dequeue = (void *)eevdf_dequeue, .dispatch = (void *)eevdf_dispatch,
	    .running = (void *)eevdf_running, .stopping = (void *)eevdf_stopping,
	    .yield = (void *)eevdf_yield, .tick = (void *)eevdf_tick, .enable = (void *)eevdf_enable,
	    .disable = (void *)eevdf_disable, .set_weight = (void *)eevdf_set_weight,
	    .core_sched_before = (void *)eevdf_core_sched_before, .cpu_online = (void *)eevdf_cpu_online,
	    .cpu_offline = (void *)eevdf_cpu_offline, .init_task = (void *)eevdf_init_task,
	    .init = (void *)eevdf_init);
