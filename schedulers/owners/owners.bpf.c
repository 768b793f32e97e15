/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * owners: who has a queue has a share.
 *
 * Each user, or each cgroup, has a share as its queue weighs, and cpu.weight means nothing. A cgroup's share
 * grows with its number of tasks, unless queues are by cgroup.
 *
 * Idea: a user DSQ for each user, or for each cgroup, that has tasks which wait. A free CPU serves the queue
 * whose tasks had the least CPU time for its weight. A turn pays its whole slice in advance, so that CPUs
 * which choose at the same moment choose differently, and gets back what it did not use. A queue that was
 * empty begins where the others are. What runs on a CPU that was idle is not paid for.
 *
 * Within a queue it is first come, first served; or by priority, if that is set for its owner: a level of
 * nice, or of a priority that is set for the task, is worth 4 ms of waiting (SCXB_STEP_NS). So none is
 * overtaken by who came more than 156 ms after it. One that runs goes on while it would be the first: it
 * comes when its slice ends. All queues are by a key, the time of coming as the priority moves it, which is
 * the ledger's own word; so an order may change while tasks wait, and tasks that are enqueued anew keep their
 * place.
 *
 * Good at: users or groups beside each other that shall have equal or given shares, whatever they start.
 * Bad at: latency within a share (nobody is preempted); cgroups in cgroups, for each has a queue of its own
 * and weighs nothing in the one around it; many owners, because a free CPU looks at each queue.
 *
 * There are 63 queues, and one more for all who found none free, or shall have none. A queue that was not
 * used for a second goes to the next who needs one.
 *
 * No task starves: every LOOKOUT each CPU looks for tasks that have waited for STARVED, and as long as there
 * are any it takes the one that has waited longest, whatever its queue weighs. In a queue by priority the
 * waiting is what its key says: 80 ms more for nice -20, 76 ms less for nice 19.
 *
 * Knobs: slice_us, queues.
 * Heeds while it runs: both; priority (in queues by priority), slice, quota, CPU of tasks; weight and order
 * of a queue, and whether its owner has one. No weight of a task.
 *
 * When it is changed by what queues are, whose, or in what order, what waits is re-enqueued, each task into
 * the queue where it then belongs. Kernels before 7.1 can't do that: there the old queues are served until
 * they are empty, and what waits keeps its place.
 */
#include "policy.bpf.h"
#include "queues.bpf.h"

SCXB_SAYS("Each user, or each cgroup, has a share as its queue weighs, and cpu.weight means nothing. "
	  "A cgroup's share grows with its number of tasks, unless queues are by cgroup.");
SCXB_BY_NAME;

SCXB_KNOB(u64, slice_us, 5000, 100, 1000000, "time that a task may run before the next one, in us");
SCXB_KNOB(u32, queues, 1, 0, 2, "one queue for: 0 all, 1 each user, 2 each cgroup");

#define STARVED (4 * NSEC_PER_SEC)
#define LOOKOUT (NSEC_PER_SEC / 8)

#define MAX_RT_PRIO 100
#define LOWEST 39

/* Of this CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct turn);
} owners_turn SEC(".maps");

SCXB_FIFO;

/* In steps from nice 0. */
static u32 priority_of(struct task_struct *p)
{
	struct scxb_rules *r = scxb_rules_of(p);
	u32 priority = p->static_prio - MAX_RT_PRIO;

	if (scxb_rule_is_set(r, priority))
		priority = scxb_rule_value(r, priority);
	return priority < LOWEST ? priority : LOWEST;
}

static __noinline u64 moved_by_priority(u64 word, struct task_struct *p)
{
	return scxb_word_moved(word, (s32)priority_of(p) + SCXB_LEAST_STEPS);
}

/* A task's place in that queue. The kernel writes it over the ledger's word, which can be read from it. */
static __always_inline u64 key_of(struct scxb_call *call, u32 nr)
{
	u64 word = scxb_kept ? *scxb_word(call->p) : SCXB_WORD_FROM(call->now, 0);

	if (scxb_waits_long(call))
		return scxb_word_moved(word, SCXB_TO_FRONT);
	if (queue_at(nr)->order == SCXB_ORDER_ARRIVAL)
		return word;
	return moved_by_priority(word, call->p);
}

/* Its place is that of when it came, though it was over quota meanwhile. */
static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	u32 nr = queue_for(p, scx_bpf_now());

	if (queue_at(nr)->order == SCXB_ORDER_PRIORITY)
		scx_bpf_dsq_move_set_vtime(it, moved_by_priority(*scxb_word(p), p));
	scx_bpf_dsq_move_vtime(it, p, nr, 0);
}

static void scxb_changed(bool asked)
{
	u64 others = queues_take(scxb_param(SCXB_PARAM_queues, queues));
	u32 nr;

	bpf_for (nr, 0, asked || others ? SCXB_OWNED : 0)
		if ((asked || others >> nr & 1) && scx_bpf_dsq_nr_queued(nr) > 0)
			scxb_reenqueue(nr);
}

s32 SCXB_OP(owners_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return scxb_select_idle(&call, prev_cpu, slice_us);
}

void SCXB_OP(owners_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	u64 slice = scxb_begin_enqueue(&call, scxb_word(p)) ? scxb_admit(&call, slice_us) : 0;
	u32 queue;

	if (!slice || scxb_fill_idle(&call, slice))
		return;
	queue = queue_for(p, call.now);
	scxb_enter_dsq(&call, scxb_word(p), queue);
	scx_bpf_dsq_insert_vtime(p, queue, slice, key_of(&call, queue), enq_flags);
}

/* The queue whose first task has waited longest, and for too long. */
static __noinline u32 starving_queue(u64 tried, u64 now)
{
	u64 longest = STARVED, waited;
	u32 nr, queue = NO_QUEUE;
	struct task_struct *p;

	bpf_for (nr, 0, queues_end()) {
		p = tried >> nr & 1 ? NULL : scx_bpf_dsq_peek(nr);
		waited = p ? scxb_word_age(*scxb_word(p), now) : 0;
		if (waited < longest)
			continue;
		longest = waited;
		queue = nr;
	}
	return queue;
}

/* A CPU takes no task of a queue whose tasks may all not run there. */
static __noinline bool rescue(struct turn *t, u64 now)
{
	u64 tried = 0;
	u32 i, nr;

	bpf_for (i, 0, SCXB_OWNED) {
		nr = starving_queue(tried, now);
		if (nr == NO_QUEUE)
			break;
		if (scx_bpf_dsq_move_to_local(nr)) {
			begin_turn(t, nr, now, slice_us * NSEC_PER_USEC);
			return true;
		}
		tried |= 1ULL << nr;
	}
	t->looked = now;
	return false;
}

/* The queue of a task that may run on; NO_QUEUE: it does not want to, or is over quota. */
static __noinline u32 queue_of_running(struct task_struct *prev, u64 now)
{
	if (!prev || !(prev->scx.flags & SCX_TASK_QUEUED) || scxb_quota_is_over(scxb_rules_of(prev)))
		return NO_QUEUE;
	return queue_for(prev, now);
}

/* Of a queue by priority: is the task that runs, and comes now, before the first that waits? */
static __noinline bool goes_on(struct task_struct *prev, u32 mine, u64 now)
{
	struct task_struct *first = scx_bpf_dsq_peek(mine);

	return first && prev &&
	       scxb_before(moved_by_priority(SCXB_WORD_FROM(now, 0), prev), first->scx.dsq_vtime);
}

/*
 * True when a task was moved. If it is the turn of the one that runs, that is all of the turn. mine: its
 * queue; NO_QUEUE: it does not run on.
 */
static __noinline bool serve_least(struct turn *t, struct task_struct *prev, u32 mine, u64 now)
{
	u64 tried = 0;
	u32 i, nr;

	bpf_for (i, 0, SCXB_OWNED) {
		nr = least_queue(tried, mine);
		if (nr == NO_QUEUE ||
		    (nr == mine && queue_at(nr)->order == SCXB_ORDER_PRIORITY && goes_on(prev, mine, now)))
			break;
		if (scx_bpf_dsq_move_to_local(nr)) {
			begin_turn(t, nr, now, slice_us * NSEC_PER_USEC);
			return true;
		}
		if (nr == mine)
			break;
		tried |= 1ULL << nr;
	}
	begin_turn(t, mine, now, slice_us * NSEC_PER_USEC);
	return false;
}

void SCXB_OP(owners_dispatch, s32 cpu, struct task_struct *prev)
{
	u64 now = scxb_clock();
	u32 key = 0;
	struct turn *t = bpf_map_lookup_elem(&owners_turn, &key);

	if (!t)
		return;
	end_turn(t, now);
	if (scxb_turn(cpu) || (scxb_since(t->looked, now) >= LOOKOUT && rescue(t, now)))
		return;
	if (!serve_least(t, prev, queue_of_running(prev, now), now))
		scxb_run_on(prev, slice_us);
}

s32 SCXB_OP_SLEEPABLE(owners_init)
{
	s32 err = scxb_init(SCXB_HAS_SETTING(priority) | SCXB_HAS_SETTING(slice_us) |
				    SCXB_HAS_SETTING(quota) | SCXB_HAS_SETTING(cpu) | SCXB_IN_ORDER,
			    SCXB_HAS_PARAM(slice_us) | SCXB_HAS_PARAM(queues));
	u32 nr;

	scxb_control.queue = SCXB_HAS_QUEUE(weight) | SCXB_HAS_QUEUE(order) | SCXB_HAS_QUEUE(own);
	owned_by = queues;
	bpf_for (nr, 0, err ? 0 : SCXB_OWNED) {
		queue_at(nr)->weight = SCXB_USUAL_WEIGHT;
		err = scx_bpf_create_dsq(nr, -1);
		if (err)
			break;
	}
	return err;
}

SCXB_POLICY(owners, .select_cpu = (void *)owners_select_cpu, .enqueue = (void *)owners_enqueue,
	    .dispatch = (void *)owners_dispatch, .init = (void *)owners_init);
