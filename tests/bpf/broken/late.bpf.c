/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dispatches a task that already left: a change takes it away, but its pid stays in the policy's own queue,
 * and a later pop returns it. yielded_again.
 */
#include "broken.bpf.h"

#define LONGEST 4096

/* A BPF queue map, from the middle of which nothing can be removed. */
struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, LONGEST);
	__type(value, s32);
} late_queue SEC(".maps");

void SCXB_OP(late_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	s32 pid = p->pid;

	if (!begin_right_enqueue(&call))
		return;
	scxb_custody_enter(&call, scxb_word(p), SCXB_CUSTODY_entry_own);
	if (bpf_map_push_elem(&late_queue, &pid, 0))
		scxb_error("the queue is full");
}

/* Only a victim is dispatched whatever its state in the ledger; of other tasks the queue may be out of date.
 */
static bool dispatch_one(struct scxb_call *call)
{
	bool inside, victim;
	u64 word;
	s32 pid;

	if (bpf_map_pop_elem(&late_queue, &pid))
		return false;
	call->p = bpf_task_from_pid(pid);
	if (!call->p)
		return true;
	word = *scxb_word(call->p);
	inside = scxb_state(word) == SCXB_IN;
	victim = is_victim(call->p);
	if (victim)
		scxb_custody_yielded(call, word, inside);
	if (inside || victim)
		scx_bpf_dsq_insert(call->p, SCX_DSQ_GLOBAL, SLICE, 0);
	bpf_task_release(call->p);
	return !inside;
}

void SCXB_OP(late_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);
	u32 i;

	scxb_find(&call);
	bpf_for (i, 0, LONGEST)
		if (!dispatch_one(&call))
			return;
	scxb_run_on(prev, SLICE / NSEC_PER_USEC);
}

BROKEN_POLICY(late, .enqueue = (void *)late_enqueue, .dispatch = (void *)late_dispatch);
