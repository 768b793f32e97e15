/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * locality: tasks stay with their data.
 *
 * First come, first served in each group. A cgroup's share grows with its number of tasks, and cpu.weight
 * means nothing.
 *
 * Idea: a queue for each group of CPUs that share an L3 cache (or, by layout, a core, a node, the machine). A
 * task that wakes looks for an idle CPU in the group in which it last ran, and otherwise waits in that
 * group's queue. A CPU whose own group has no waiting task steals from the nearest group that has one, first
 * on its node, then on others. Knobs say how soon, measured by how long the first task in that queue has
 * waited. A task that was stolen has its home in the new group from then on. One whose affinity changes such
 * that it may no longer run at home is enqueued again in the nearest group in which it may run.
 *
 * Good at: work that depends on its cache, on machines with several L3 groups or nodes.
 * Bad at: shares (nice means nothing, and a weight that is set only changes slices); even
 * waits across groups, because a crowded group loses its tasks only as fast as others run empty. With one L3
 * group it is fifo.
 *
 * No task starves: it waits for a slice of each task before it in its group, and every LOOKOUT each CPU
 * looks, before it serves its own group, for tasks that have waited for STARVED elsewhere, whatever the reach
 * (their CPUs may have gone offline, or run realtime tasks).
 *
 * Knobs: slice_us, reach, near_us, far_us, layout.
 * Heeds while it runs: all of these; weight, slice, quota, CPU. A weight makes a task's slice longer or
 * shorter, from 0.5 to 500 ms: in a queue ordered by virtual time the first task would not be the one that
 * has waited longest, which stealing depends on. So weights share only within a group, and no finer than a
 * tick. A slice that is set for a task is used as it is. No priority: queues are in the order of arrival.
 *
 * When the layout changes, the waiting tasks are re-enqueued into the groups of the new one. A task that a
 * CPU inserts into an old queue at that moment is found by the next look there.
 */
#include "policy.bpf.h"
#include "layout.bpf.h"

SCXB_SAYS("First come, first served in each group. "
	  "A cgroup's share grows with its number of tasks, and cpu.weight means nothing.");

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");
SCXB_KNOB(u32, reach, 2, 0, 2, "how far to steal: 0 own L3 group only, 1 same node, 2 any node");
SCXB_KNOB(u64, near_us, 0, 0, 1000000, "wait after which another group of the node may steal, in us");
SCXB_KNOB(u64, far_us, 1000, 0, 1000000, "wait after which a group of another node may steal, in us");

#define STARVED (NSEC_PER_SEC / 2)
#define SHORTEST_TURN (NSEC_PER_USEC * 500)
#define LONGEST_TURN (NSEC_PER_SEC / 2)
#define LOOKOUT (NSEC_PER_SEC / 8)

/* When this CPU last looked for starving tasks. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} locality_lookout SEC(".maps");

/* As set; by the clock, when anything was. */
static u64 near_wait, far_wait;
static u32 reach_now;

SCXB_FIFO;

static __noinline u64 turn_by_rules(struct scxb_rules *r)
{
	u64 turn = scxb_rules_slice(r, slice_us);

	if (!scxb_rule_is_set(r, weight) || scxb_rule_is_set(r, slice_us))
		return turn;
	turn = turn * scxb_rule_value(r, weight) / 100;
	if (turn > LONGEST_TURN)
		return LONGEST_TURN;
	return turn > SHORTEST_TURN ? turn : SHORTEST_TURN;
}

static __always_inline u64 turn_of(struct scxb_rules *r)
{
	return r ? turn_by_rules(r) : slice_us * NSEC_PER_USEC;
}

/* The group in which a task waits: where it ran last, or the nearest to it that its affinity allows. */
static __always_inline u32 home_of(struct task_struct *p, s32 last)
{
	u32 home = group_of_cpu(last, layout_now());

	return bpf_cpumask_test_cpu(last, p->cpus_ptr) ? home : nearest_allowed(home, p->cpus_ptr);
}

static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	scx_bpf_dsq_move(it, p, home_of(p, scxb_task_cpu(p)), 0);
}

static void take_params(void)
{
	reach_now = scxb_param(SCXB_PARAM_reach, reach);
	near_wait = scxb_param(SCXB_PARAM_near_us, near_us) * NSEC_PER_USEC;
	far_wait = scxb_param(SCXB_PARAM_far_us, far_us) * NSEC_PER_USEC;
}

static void scxb_changed(bool asked)
{
	take_params();
	if (layout_take(scxb_param(SCXB_PARAM_layout, layout)) || asked)
		queue_all_again();
}

/* The CPU of its home from which to look for idle ones: the last one, unless its affinity excludes that now.
 */
static __always_inline s32 cpu_near(struct task_struct *p, u32 home, s32 last)
{
	struct group *g = group_at(home);
	struct bpf_cpumask *cpus = g ? g->cpus : NULL;

	s32 cpu = scxb_nr_cpus;

	if (bpf_cpumask_test_cpu(last, p->cpus_ptr))
		return last;
	if (cpus)
		cpu = bpf_cpumask_any_and_distribute(scxb_cast_mask(cpus), p->cpus_ptr);
	return cpu < (s32)scxb_nr_cpus ? cpu : bpf_cpumask_any_distribute(p->cpus_ptr);
}

/* How long a task waits in one group before a CPU of the other may steal it. */
static __always_inline u64 patience(struct group *from, struct group *to)
{
	bool same_node = from->node == to->node;

	if (from == to || from->online <= 0)
		return 0;
	if (reach_now < (same_node ? 1 : 2))
		return STARVED;
	return same_node ? near_wait : far_wait;
}

/* How long the first task in a group's queue has waited. */
static u64 first_wait(u32 nr)
{
	struct task_struct *p = scx_bpf_dsq_peek(nr);

	return p ? scxb_word_age(*scxb_word(p), scx_bpf_now()) : 0;
}

static __always_inline bool may_steal(u32 nr, u64 wait)
{
	return scx_bpf_dsq_nr_queued(nr) > 0 && (!wait || first_wait(nr) >= wait);
}

/* An idle CPU that the task may use at once: of its own group, or of one that may steal without a wait; or <
 * 0. */
static __noinline s32 idle_cpu(struct task_struct *p, u32 home, s32 prev_cpu, u64 wake_flags)
{
	struct group *from = group_at(home), *to;
	s32 cpu = -1;
	u32 i;

	if (!from)
		return -1;
	bpf_for (i, 0, nr_like(home)) {
		struct bpf_cpumask *cpus;

		to = group_at(near_group(home, i));
		if (!to || patience(from, to))
			continue;
		cpus = to->cpus;
		if (cpus)
			cpu = scx_bpf_select_cpu_and(p, prev_cpu, wake_flags, scxb_cast_mask(cpus), 0);
		if (cpu >= 0)
			break;
	}
	return cpu;
}

/* The task is queued here already: that saves one op on each wakeup, compared with enqueue. */
s32 SCXB_OP(locality_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);
	struct scxb_rules *r = scxb_rules_now(p);
	struct group *group;
	s32 near, cpu;

	scxb_begin(&call);
	scxb_custody_select(&call, scxb_word(p));
	if (scxb_quota_is_over(r))
		return prev_cpu;
	call.queue = home_of(p, prev_cpu);
	near = cpu_near(p, call.queue, prev_cpu);
	cpu = scxb_preferred_idle(r, p);
	if (cpu < 0)
		cpu = idle_cpu(p, call.queue, near, wake_flags);
	if (cpu >= 0) {
		scxb_count_move(&call, prev_cpu, cpu);
		scxb_insert_direct(&call, SCX_DSQ_LOCAL, turn_of(r));
		return cpu;
	}
	group = group_at(call.queue);
	if (group && group->online > 0) {
		if (scxb_wants_depth(call.cpu->custody[SCXB_CUSTODY_verdict]))
			scxb_note_depth(scx_bpf_dsq_nr_queued(call.queue));
		scx_bpf_dsq_insert(p, call.queue, turn_of(r), 0);
		scxb_custody_pending(&call, scxb_word(p));
	}
	return near;
}

/* In enqueue, where select_cpu was not called. True when an idle CPU got the task. */
static __noinline bool fill_idle(struct task_struct *p, u32 home, u64 turn)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, 0);
	s32 was = scxb_task_cpu(p), cpu;

	if (scxb_migration_disabled(p))
		return false;
	scxb_find(&call);
	cpu = scxb_preferred_idle(scxb_rules_of(p), p);
	if (cpu < 0)
		cpu = idle_cpu(p, home, cpu_near(p, home, was), 0);
	if (cpu < 0)
		return false;
	scxb_count_move(&call, was, cpu);
	scxb_insert_direct(&call, SCX_DSQ_LOCAL_ON | cpu, turn);
	return true;
}

void SCXB_OP(locality_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	u64 turn;
	u32 home;

	if (!scxb_begin_enqueue(&call, scxb_word(p)) || !scxb_admit(&call, slice_us))
		return;
	turn = turn_of(scxb_rules_of(p));
	if (scxb_is_bound_here(&call)) {
		if (scxb_fill_idle(&call, turn))
			return;
		home = group_of_cpu(call.here, layout_now());
	} else {
		home = home_of(p, scxb_task_cpu(p));
		if (!(enq_flags & SCX_ENQ_CPU_SELECTED) && fill_idle(p, home, turn))
			return;
	}
	enq_flags = scxb_enter_dsq(&call, scxb_word(p), home);
	scx_bpf_dsq_insert(p, home, turn, enq_flags);
}

static void count_steal(bool near)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);

	scxb_find(&call);
	if (near)
		scxb_count(&call, steal_near);
	else
		scxb_count(&call, steal_far);
}

/* From the nearest group whose first task has waited long enough to be stolen, and at least for "least". */
static __noinline bool steal(u32 home, u64 least)
{
	struct group *to = group_at(home), *from;
	u32 i, nr;
	u64 wait;

	if (!to)
		return false;
	bpf_for (i, 1, nr_like(home)) {
		nr = near_group(home, i);
		from = group_at(nr);
		if (!from)
			continue;
		wait = patience(from, to);
		if (!may_steal(nr, wait > least ? wait : least) || !scx_bpf_dsq_move_to_local(nr))
			continue;
		count_steal(from->node == to->node);
		return true;
	}
	return false;
}

static bool rescue(u32 home)
{
	u64 now = scxb_clock(), *looked;
	u32 key = 0;

	if (layout_is_new(now) && serve_old(home))
		return true;
	looked = bpf_map_lookup_elem(&locality_lookout, &key);
	if (!looked || scxb_since(*looked, now) < LOOKOUT)
		return false;
	*looked = now;
	return serve_old(home) || steal(home, STARVED);
}

void SCXB_OP(locality_dispatch, s32 cpu, struct task_struct *prev)
{
	u32 home = group_of_cpu(cpu, layout_now());

	if (!scxb_turn(cpu) && !rescue(home) && !scx_bpf_dsq_move_to_local(home) && !steal(home, 0))
		scxb_run_on(prev, slice_us);
}

/* A busy group kicks an idle CPU of another once its first task has waited long enough to be stolen. */
static void call_thief(u32 home)
{
	struct group *from = group_at(home), *to;
	u64 wait = first_wait(home);
	struct bpf_cpumask *cpus;
	s32 cpu = -1;
	u32 i;

	if (!from)
		return;
	bpf_for (i, 1, nr_like(home)) {
		to = group_at(near_group(home, i));
		if (!to || wait < patience(from, to))
			continue;
		cpus = to->cpus;
		if (cpus)
			cpu = scx_bpf_pick_idle_cpu(scxb_cast_mask(cpus), 0);
		if (cpu < 0)
			continue;
		scx_bpf_kick_cpu(cpu, SCX_KICK_IDLE);
		return;
	}
}

void SCXB_OP(locality_tick, struct task_struct *p)
{
	u32 home = group_of_cpu(bpf_get_smp_processor_id(), layout_now());

	scxb_tick_quota(p);
	if (scx_bpf_dsq_nr_queued(home) > 0)
		call_thief(home);
}

void SCXB_OP(locality_cpu_online, s32 cpu)
{
	struct scxb_call call = SCXB_CALL(cpu_online, NULL, 0);

	scxb_begin(&call);
	count_online(cpu, 1);
}

void SCXB_OP(locality_cpu_offline, s32 cpu)
{
	struct scxb_call call = SCXB_CALL(cpu_offline, NULL, 0);

	scxb_begin(&call);
	count_online(cpu, -1);
}

s32 SCXB_OP_SLEEPABLE(locality_init)
{
	const struct cpumask *online = scx_bpf_get_online_cpumask();
	s32 err = scxb_init(SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(slice_us) | SCXB_HAS_SETTING(quota) |
				    SCXB_HAS_SETTING(cpu),
			    SCXB_HAS_PARAM(slice_us) | SCXB_HAS_PARAM(reach) | SCXB_HAS_PARAM(near_us) |
				    SCXB_HAS_PARAM(far_us) | SCXB_HAS_PARAM(layout));
	u32 nr;

	layout_in_force = layout;
	take_params();
	bpf_for (nr, 0, err ? 0 : NR_GROUPS) {
		err = make_group(nr, online);
		if (err)
			break;
	}
	scx_bpf_put_cpumask(online);
	return err;
}

SCXB_POLICY(locality, .select_cpu = (void *)locality_select_cpu, .enqueue = (void *)locality_enqueue,
	    .dispatch = (void *)locality_dispatch, .tick = (void *)locality_tick,
	    .cpu_online = (void *)locality_cpu_online, .cpu_offline = (void *)locality_cpu_offline,
	    .init = (void *)locality_init);
