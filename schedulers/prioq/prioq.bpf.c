/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prioq: priorities that age, in a BPF-side queue.
 *
 * A priority is worth step_us of waiting over the next worse one. A cgroup's share grows with its number of
 * tasks, and cpu.weight means nothing.
 *
 * The promise: of two tasks that wait, the one runs first whose time of coming plus step_us times its
 * priority is earlier. The priority is that of nice (0 is nice -20, 39 is nice 19), or what a user sets while
 * it runs. So a task that is d priorities better overtakes tasks that came up to d * step_us before it, and
 * no others: priorities are not strict, and no task starves. Each waits at most 39 * step_us (156 ms) and for
 * the slices of those that then are still before it.
 *
 * A task whose slice ends comes at that moment. Among tasks that never sleep a priority is therefore also a
 * share: a task goes on until one that is d priorities worse has waited for d * step_us, then that one has a
 * slice. With the defaults five priorities are one slice, and the first five change nothing.
 *
 * Idea: a task that must wait is put into a red-black tree of this policy, not into a DSQ. Tasks that may run
 * anywhere wait in one tree. Each CPU also has a tree of its own for tasks bound to some CPUs, and takes the
 * earlier one of the first tasks of both: a task that can't run here never blocks others.
 *
 * Good at: a few tasks that matter more than the rest. It shows the second way into custody at work.
 * Bad at: shares by weight; many CPUs, because one tree under one lock serves them all; a task bound to
 * several CPUs waits for the one on which it was last. It never preempts within a slice.
 *
 * Knobs: slice_us, step_us. The longer the step, the stricter: with 100000 a task that is ten priorities
 * better overtakes all tasks that came within a second before it. Heeds while it runs: priority, slice,
 * quota, CPU. No weight: use priorities.
 */
#include "policy.bpf.h"
#include "place.bpf.h"

struct task {
	u64 word; /* the ledger's: dsq_vtime is not free where a task was over quota */
	u64 key;
	struct place __kptr *place;
};

SCXB_TASKS;

#include "tree.bpf.h"

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");
SCXB_KNOB(u64, step_us, 4000, 0, 1000000, "head start of a priority over the next worse one, in us");

SCXB_SAYS("A priority is worth step_us of waiting over the next worse one. "
	  "A cgroup's share grows with its number of tasks, and cpu.weight means nothing.");

#define MAX_RT_PRIO 100
#define LOWEST 39

/* The DSQ of tasks that were over quota and may run again, by the key they had. */
#define RELEASED 0

static s32 nr_possible;

static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	struct task *t = task_of(p);

	scx_bpf_dsq_move_set_vtime(it, t ? t->key : 0);
	scx_bpf_dsq_move_vtime(it, p, RELEASED, 0);
}

/* Its tasks do not wait in a DSQ. */
static void scxb_changed(bool asked)
{
}

static __always_inline u32 priority_of(struct task_struct *p)
{
	struct scxb_rules *r = scxb_rules_of(p);
	u32 priority = p->static_prio - MAX_RT_PRIO;

	if (scxb_rule_is_set(r, priority))
		priority = scxb_rule_value(r, priority);
	return priority < LOWEST ? priority : LOWEST;
}

static __always_inline u64 key_of(struct task_struct *p, u64 now)
{
	return now + priority_of(p) * step_us * NSEC_PER_USEC;
}

/* The tree in which a task waits: that of its last CPU, unless its affinity excludes that now. */
static __always_inline u32 choose_tree(struct task_struct *p)
{
	s32 cpu = scx_bpf_task_cpu(p);

	if (scxb_migration_disabled(p))
		return cpu;
	if (p->nr_cpus_allowed >= nr_possible)
		return ANYWHERE;
	return bpf_cpumask_test_cpu(cpu, p->cpus_ptr) ? cpu : bpf_cpumask_any_distribute(p->cpus_ptr);
}

s32 SCXB_OP(prioq_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return scxb_select_idle(&call, prev_cpu, slice_us);
}

void SCXB_OP(prioq_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = task_of(p);
	u64 slice;
	u32 tree;

	if (!scxb_begin_enqueue(&call, t ? &t->word : NULL))
		return;
	if (!scxb_waits_long(&call))
		t->key = key_of(p, call.now);
	slice = scxb_admit(&call, slice_us);
	if (!slice || scxb_fill_idle(&call, slice))
		return;
	tree = choose_tree(p);
	call.queue = tree == ANYWHERE ? 0 : tree + 1;
	scxb_custody_enter(&call, &t->word, SCXB_CUSTODY_entry_own);
	if (!push(t, p, tree))
		scxb_error("a task has no place to wait");
}

/*
 * After the pull no pop can return the task. A pop that did so before has lost the race: the kernel drops its
 * insert, or it cancels it.
 */
void SCXB_OP(prioq_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = task_of(p);
	struct place *place;

	if (!t)
		return;
	scxb_begin_dequeue(&call);
	if (!pull(t) && !scxb_is_dispatch(&call))
		scxb_custody_count(&call, lost_race);
	place = t->place; /* loaded again: to the verifier the lock in pull() ended the pointer's life */
	if (place)
		place->inside = false;
	scxb_custody_dequeue(&call, &t->word);
}

/*
 * Where entering an op disables migration of the current task (scxb_prologue), the ops.running() of the next
 * task does so to the task that was just queued, because the CPU has not switched yet. Until it has, the
 * kernel would end a policy that moves that task; so that CPU gets it.
 */
static __always_inline u64 local_of(struct task_struct *p)
{
	s32 cpu = scx_bpf_task_cpu(p);

	if (!scxb_prologue || cpu == (s32)bpf_get_smp_processor_id() || scx_bpf_cpu_curr(cpu) != p)
		return SCX_DSQ_LOCAL;
	return SCX_DSQ_LOCAL_ON | cpu;
}

/* False when the task was taken away since the pop and enqueued again, maybe with another affinity. */
static __always_inline bool is_turn(struct task *t, u32 turn)
{
	struct place *place = t->place;

	return place && place->turn == turn;
}

/* The insert is for the present enqueue; only after it can one know whether that is the popped one. */
static void run_first(struct tree *tree)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);
	struct task_struct *p;
	bool inside = true;
	struct task *t;
	u32 turn = 0;
	s32 pid;

	pid = pop(tree, &inside, &turn);
	p = pid ? bpf_task_from_pid(pid) : NULL;
	if (!p)
		return;
	t = task_of(p);
	if (t) {
		call.p = p;
		if (!inside) {
			scxb_find(&call);
			scxb_custody_yielded(&call, t->word, inside);
		}
		scx_bpf_dsq_insert(p, local_of(p), scxb_rules_slice(scxb_rules_of(p), slice_us), 0);
		if (!is_turn(t, turn))
			scx_bpf_dispatch_cancel();
	}
	bpf_task_release(p);
}

/* The task whose slice just ended is not queued yet: it continues if it is still before all others. */
static bool goes_on(struct task_struct *prev, u64 first)
{
	struct scxb_rules *r = scxb_rules_of(prev);

	if (scxb_quota_is_over(r) || key_of(prev, scxb_clock()) >= first)
		return false;
	scx_bpf_task_set_slice(prev, scxb_rules_slice(r, slice_us));
	return true;
}

static u64 first_released(void)
{
	struct task_struct *p = scx_bpf_dsq_nr_queued(RELEASED) > 0 ? scx_bpf_dsq_peek(RELEASED) : NULL;

	return p ? p->scx.dsq_vtime : NOBODY;
}

void SCXB_OP(prioq_dispatch, s32 cpu, struct task_struct *prev)
{
	struct tree *anywhere = tree_of(ANYWHERE), *bound = tree_of(cpu);
	u64 a, b, first, released;

	if (!anywhere || !bound || scxb_turn(cpu))
		return;
	a = first_key(anywhere);
	b = first_key(bound);
	first = a < b ? a : b;
	released = scxb_asked() ? first_released() : NOBODY;
	if (prev && prev->scx.flags & SCX_TASK_QUEUED && goes_on(prev, released < first ? released : first))
		return;
	if (released < first)
		scx_bpf_dsq_move_to_local(RELEASED);
	else if (first != NOBODY)
		run_first(a < b ? anywhere : bound);
	else
		scxb_count_empty();
}

/* A task that runs came long ago, but would have to queue again: so it counts as coming now. */
static __always_inline u64 core_key(struct task_struct *p, struct task *t)
{
	return scx_bpf_task_running(p) ? key_of(p, scx_bpf_now()) : t->key;
}

bool SCXB_OP(prioq_core_sched_before, struct task_struct *a, struct task_struct *b)
{
	struct task *ta = task_of(a), *tb = task_of(b);

	return ta && tb && scxb_before(core_key(a, ta), core_key(b, tb));
}

s32 SCXB_OP_SLEEPABLE(prioq_init_task, struct task_struct *p, struct scx_init_task_args *args)
{
	struct task *t = bpf_task_storage_get(&scxb_tasks, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	struct place *place = t ? make(struct place) : NULL;

	if (!place)
		return -ENOMEM;
	place = bpf_kptr_xchg(&t->place, place);
	if (place)
		drop(place);
	return 0;
}

s32 SCXB_OP_SLEEPABLE(prioq_init)
{
	const struct cpumask *possible = scx_bpf_get_possible_cpumask();

	s32 err = scxb_init(SCXB_HAS_SETTING(priority) | SCXB_HAS_SETTING(slice_us) |
				    SCXB_HAS_SETTING(quota) | SCXB_HAS_SETTING(cpu),
			    SCXB_HAS_PARAM(slice_us));

	nr_possible = bpf_cpumask_weight(possible);
	scx_bpf_put_cpumask(possible);
	return err ?: scx_bpf_create_dsq(RELEASED, -1);
}

SCXB_POLICY(prioq, .select_cpu = (void *)prioq_select_cpu, .enqueue = (void *)prioq_enqueue,
	    .dequeue = (void *)prioq_dequeue, .dispatch = (void *)prioq_dispatch,
	    .core_sched_before = (void *)prioq_core_sched_before, .init_task = (void *)prioq_init_task,
	    .init = (void *)prioq_init);
