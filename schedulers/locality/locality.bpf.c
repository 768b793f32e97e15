// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * locality: tasks stay with their data.
 *
 * Idea: a queue for each group of CPUs that share an L3 cache. A task that wakes looks for an idle CPU
 * in the group it last ran in and else waits in that group's queue. A CPU whose own group has nothing
 * waiting takes from the nearest group that has, first on its node, then on others; how soon is a
 * matter of knobs, measured by how long the first in that queue has waited. So a task that steals a
 * place elsewhere has its home there from then on.
 *
 * Good at: work that lives from its cache, on machines with several L3 groups or nodes.
 * Bad at: shares (nice and cgroup weight mean nothing); even waits across groups, for a crowded group
 * sheds its tasks only as fast as others run empty. With one L3 group it is fifo.
 *
 * Nobody starves: each CPU looks every LOOKOUT, before it serves its own group, for tasks that have
 * waited for STARVED elsewhere, whatever the reach (their CPUs may have gone offline, or be kept by
 * realtime tasks). A task whose affinity excludes its group waits in one that it may run in.
 *
 * Knobs: slice_us, reach, near_us, far_us.
 */
#include "custody.bpf.h"

struct task {
	struct scxb_task scxb;
};

#include "plain_run.bpf.h"
#include "plain_task.bpf.h"

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");
SCXB_KNOB(u32, reach, 2, 0, 2, "how far to steal: 0 own L3 group only, 1 same node, 2 any node");
SCXB_KNOB(u64, near_us, 0, 0, 1000000, "wait after which another group of the node may steal, in us");
SCXB_KNOB(u64, far_us, 1000, 0, 1000000, "wait after which a group of another node may steal, in us");

#define MAX_GROUPS 1024
#define STARVED (NSEC_PER_SEC / 2)
#define LOOKOUT (NSEC_PER_SEC / 8)

/* An L3 group; its number is that of its queue. */
struct group {
	struct bpf_cpumask __kptr *cpus;
	u32 node;
	s32 online;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_GROUPS);
	__type(key, u32);
	__type(value, struct group);
} locality_groups SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u32);
} scxb_near SEC(".maps");

/* When this CPU last looked for starving tasks. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} locality_lookout SEC(".maps");

static __always_inline struct group *group_at(u32 nr)
{
	return bpf_map_lookup_elem(&locality_groups, &nr);
}

static __always_inline u32 group_of_cpu(s32 cpu)
{
	struct scxb_topo_cpu *place = bpf_map_lookup_elem(&scxb_topo, &cpu);

	return place ? place->l3 : 0;
}

/* The i-th nearest group to a group; 0 is itself. */
static __always_inline u32 near_group(u32 nr, u32 i)
{
	u32 key = nr * scxb_nr_l3 + i;
	u32 *near = bpf_map_lookup_elem(&scxb_near, &key);

	return near ? *near : nr;
}

/* How long a task waits in one group before a CPU of the other may have it. */
static __always_inline u64 patience(struct group *from, struct group *to)
{
	bool same_node = from->node == to->node;

	if (from == to || from->online <= 0)
		return 0;
	if (reach < (same_node ? 1 : 2))
		return STARVED;
	return (same_node ? near_us : far_us) * NSEC_PER_USEC;
}

/* How long the first in a group's queue has waited. */
static u64 first_wait(u32 nr)
{
	struct task_struct *p = scx_bpf_dsq_peek(nr);
	struct task *t = p ? task_of(p) : NULL;

	return t ? since(t->scxb.custody.since, scx_bpf_now()) : 0;
}

static __always_inline bool may_steal(u32 nr, u64 wait)
{
	return scx_bpf_dsq_nr_queued(nr) > 0 && (!wait || first_wait(nr) >= wait);
}

/* An idle CPU that the task may run on at once, in its own group or one that needs no patience; or < 0. */
static s32 idle_cpu(struct scxb_call *call, s32 prev_cpu, u64 wake_flags)
{
	u32 home = group_of_cpu(prev_cpu), i;
	struct group *from = group_at(home), *to;
	s32 cpu = -1;

	if (!from)
		return -1;
	bpf_for(i, 0, scxb_nr_l3) {
		struct bpf_cpumask *cpus;

		to = group_at(near_group(home, i));
		if (!to || patience(from, to))
			continue;
		cpus = to->cpus;
		if (cpus)
			cpu = scx_bpf_select_cpu_and(call->p, prev_cpu, wake_flags, cast_mask(cpus), 0);
		if (cpu >= 0)
			break;
	}
	return cpu;
}

/* Waiting starts here already: one op less on each wakeup than to leave it to enqueue. */
s32 SCXB_OP(locality_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);
	struct task *t = begin_task(&call);
	struct group *home;
	s32 cpu;

	if (!t)
		return prev_cpu;
	custody_select(&call, &t->scxb.custody);
	if (!bpf_cpumask_test_cpu(prev_cpu, p->cpus_ptr))
		prev_cpu = bpf_cpumask_any_distribute(p->cpus_ptr);
	cpu = idle_cpu(&call, prev_cpu, wake_flags);
	if (cpu >= 0) {
		insert_direct(&call, SCX_DSQ_LOCAL, slice_us * NSEC_PER_USEC);
		return cpu;
	}
	home = group_at(group_of_cpu(prev_cpu));
	if (home && home->online > 0) {
		custody_pending(&t->scxb.custody);
		count_queued(&call, group_of_cpu(prev_cpu));
		scx_bpf_dsq_insert(p, group_of_cpu(prev_cpu), slice_us * NSEC_PER_USEC, 0);
	}
	return prev_cpu;
}

void SCXB_OP(locality_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_task(&call);
	s32 cpu = scx_bpf_task_cpu(p), idle;

	if (!t)
		return;
	custody_enqueue(&call, &t->scxb.custody);
	if (!bpf_cpumask_test_cpu(cpu, p->cpus_ptr))
		cpu = bpf_cpumask_any_distribute(p->cpus_ptr);
	idle = enq_flags & SCX_ENQ_CPU_SELECTED ? -1 : idle_cpu(&call, cpu, 0);
	if (idle >= 0) {
		insert_direct(&call, SCX_DSQ_LOCAL_ON | idle, slice_us * NSEC_PER_USEC);
		scx_bpf_kick_cpu(idle, SCX_KICK_IDLE);
		return;
	}
	queue_in_dsq(&call, t, group_of_cpu(cpu));
	scx_bpf_dsq_insert(p, group_of_cpu(cpu), slice_us * NSEC_PER_USEC, enq_flags);
}

void SCXB_OP(locality_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = begin_task(&call);

	if (t)
		custody_dequeue(&call, &t->scxb.custody);
}

/* From the nearest group whose first task has waited long enough, and at least so long. */
static bool steal(struct scxb_call *call, u32 home, u64 least)
{
	struct group *to = group_at(home), *from;
	u32 i, nr;
	u64 wait;

	if (!to)
		return false;
	bpf_for(i, 1, scxb_nr_l3) {
		nr = near_group(home, i);
		from = group_at(nr);
		if (!from)
			continue;
		wait = patience(from, to);
		if (!may_steal(nr, wait > least ? wait : least) || !scx_bpf_dsq_move_to_local(nr))
			continue;
		scxb_count(call, dispatched);
		if (from->node == to->node)
			scxb_count(call, steal_near);
		else
			scxb_count(call, steal_far);
		return true;
	}
	return false;
}

static bool rescue(struct scxb_call *call, u32 home)
{
	u64 now = scx_bpf_now(), *looked;
	u32 key = 0;

	looked = bpf_map_lookup_elem(&locality_lookout, &key);
	if (!looked || since(*looked, now) < LOOKOUT)
		return false;
	*looked = now;
	return steal(call, home, STARVED);
}

void SCXB_OP(locality_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);
	u32 home = group_of_cpu(cpu);

	if (!scxb_begin(&call) || rescue(&call, home))
		return;
	if (scx_bpf_dsq_move_to_local(home))
		scxb_count(&call, dispatched);
	else
		steal(&call, home, 0);
}

/* A busy group calls an idle thief once its first task has waited long enough for one. */
static void call_thief(u32 home)
{
	struct group *from = group_at(home), *to;
	u64 wait = first_wait(home);
	struct bpf_cpumask *cpus;
	s32 cpu = -1;
	u32 i;

	if (!from)
		return;
	bpf_for(i, 1, scxb_nr_l3) {
		to = group_at(near_group(home, i));
		if (!to || wait < patience(from, to))
			continue;
		cpus = to->cpus;
		if (cpus)
			cpu = scx_bpf_pick_idle_cpu(cast_mask(cpus), 0);
		if (cpu < 0)
			continue;
		scx_bpf_kick_cpu(cpu, SCX_KICK_IDLE);
		return;
	}
}

void SCXB_OP(locality_tick, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(tick, p, 0);
	struct task *t = begin_task(&call);
	u32 home = group_of_cpu(bpf_get_smp_processor_id());

	if (!t)
		return;
	scxb_account(&call, &t->scxb.run);
	if (scx_bpf_dsq_nr_queued(home) > 0)
		call_thief(home);
}

static __always_inline void count_online(s32 cpu, s32 change)
{
	struct group *g = group_at(group_of_cpu(cpu));

	if (g)
		__sync_fetch_and_add(&g->online, change);
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

static s32 make_group(u32 nr, const struct cpumask *online)
{
	struct group *g = group_at(nr);
	struct bpf_cpumask *cpus;
	s32 cpu;

	if (!g)
		return -E2BIG;
	cpus = bpf_cpumask_create();
	if (!cpus)
		return -ENOMEM;
	bpf_for(cpu, 0, (s32)scxb_nr_cpus) {
		struct scxb_topo_cpu *place = bpf_map_lookup_elem(&scxb_topo, &cpu);

		if (!place || place->l3 != nr)
			continue;
		bpf_cpumask_set_cpu(cpu, cpus);
		g->node = place->node;
		g->online += bpf_cpumask_test_cpu(cpu, online);
	}
	cpus = bpf_kptr_xchg(&g->cpus, cpus);
	if (cpus)
		bpf_cpumask_release(cpus);
	return scx_bpf_create_dsq(nr, -1);
}

s32 SCXB_OP_SLEEPABLE(locality_init)
{
	const struct cpumask *online = scx_bpf_get_online_cpumask();
	s32 err = 0;
	u32 nr;

	bpf_for(nr, 0, scxb_nr_l3) {
		err = make_group(nr, online);
		if (err)
			break;
	}
	scx_bpf_put_cpumask(online);
	return err;
}

SEC(".struct_ops.link")
struct sched_ext_ops locality_ops = {
	.name = "locality",
	.select_cpu = (void *)locality_select_cpu,
	.enqueue = (void *)locality_enqueue,
	.dequeue = (void *)locality_dequeue,
	.dispatch = (void *)locality_dispatch,
	.tick = (void *)locality_tick,
	.cpu_online = (void *)locality_cpu_online,
	.cpu_offline = (void *)locality_cpu_offline,
	.init = (void *)locality_init,
	SCXB_OPS_ALIKE,
	SCXB_OPS_PLAIN_RUN,
	SCXB_OPS_PLAIN_TASK,
};
