/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loses a wakeup: tasks wait in a ring of this policy's own, a place for each. Two CPUs that enqueue within
 * the same hundred or so instructions take the same place. The task that was there first counts as one that
 * has a place, so no later enqueue gives it one, and it only runs where a CPU idles when it wakes. The
 * custody ledger balances all the same; only the watchdog sees it. make explore CPUS=2 finds it, make replay
 * shows it (harness/lab/README.md).
 */
#include "policy.bpf.h"

#define QUEUE 0 /* the ledger's and the quotas'; no task waits there */
#define SLICE (2 * NSEC_PER_MSEC)
#define PLACES 32768 /* the pids of a machine of up to 32 CPUs */

SCXB_ONE_QUEUE(QUEUE);

static s32 ring[PLACES];
static u32 first, next;	      /* the oldest place, and the one after the newest */
static u32 has_place[PLACES]; /* by pid; a task that was taken away keeps it */

/* 0: the ring is empty. Two CPUs may pop the same task; the kernel drops the later insert. */
static s32 pop(void)
{
	u32 place = first;

	if ((s32)(next - place) <= 0)
		return 0;
	first = place + 1;
	return ring[place % PLACES];
}

s32 SCXB_OP(racy_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return scxb_select_idle(&call, prev_cpu, SLICE / NSEC_PER_USEC);
}

void SCXB_OP(racy_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	u32 place;

	if (!scxb_begin_enqueue(&call, scxb_word(p)) || scxb_stay_last(&call, SLICE) ||
	    scxb_fill_idle(&call, SLICE))
		return;
	place = next;
	if (place - first >= PLACES)
		scxb_error("the ring is full");
	scxb_custody_enter(&call, scxb_word(p), SCXB_CUSTODY_entry_own);
	if (__sync_lock_test_and_set(&has_place[(u32)p->pid % PLACES], 1))
		return;
	ring[place % PLACES] = p->pid;
	next = place + 1;
}

/* False when the task was taken away since. One that is enqueued meanwhile has a new place, or is seen here.
 */
static bool run_popped(s32 pid)
{
	struct task_struct *p = bpf_task_from_pid(pid);
	bool inside;

	__sync_lock_test_and_set(&has_place[(u32)pid % PLACES], 0);
	inside = p && scxb_state(*scxb_word(p)) == SCXB_IN;
	if (inside)
		scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SLICE, 0);
	if (p)
		bpf_task_release(p);
	return inside;
}

void SCXB_OP(racy_dispatch, s32 cpu, struct task_struct *prev)
{
	s32 pid;
	u32 i;

	bpf_for (i, 0, PLACES) {
		pid = pop();
		if (!pid)
			break;
		if (run_popped(pid))
			return;
	}
	scxb_run_on(prev, SLICE / NSEC_PER_USEC);
}

s32 SCXB_OP_SLEEPABLE(racy_init)
{
	return scxb_init(0, 0) ?: scx_bpf_create_dsq(QUEUE, -1);
}

SCXB_POLICY(racy, .select_cpu = (void *)racy_select_cpu, .enqueue = (void *)racy_enqueue,
	    .dispatch = (void *)racy_dispatch, .init = (void *)racy_init, .timeout_ms = 1000);
