/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loses a wakeup: a CPU that finds its queue empty notes that it sleeps, and who queues a task for a CPU that
 * sleeps kicks it. Between the look into the queue and the note, a task of another CPU comes without a kick,
 * and waits until anything else happens there. The custody ledger balances all the same; only the watchdog
 * sees it. make explore CPUS=2 finds it, make replay shows it (harness/lab/README.md).
 */
#include "policy.bpf.h"

#define SLICE (2 * NSEC_PER_MSEC)
#define CPUS 64

SCXB_FIFO

/* Each CPU has the queue of its number, from which no other takes. */
static bool sleeps[CPUS];

static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	scx_bpf_dsq_move(it, p, scxb_task_cpu(p), 0);
}

static void scxb_changed(bool asked)
{
}

s32 SCXB_OP(racy_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	return prev_cpu;
}

void SCXB_OP(racy_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	u32 cpu = scxb_task_cpu(p) & (CPUS - 1);

	if (!scxb_begin_enqueue(&call, scxb_word(p)) || scxb_stay_last(&call, SLICE))
		return;
	scxb_enter_dsq(&call, scxb_word(p), cpu);
	scx_bpf_dsq_insert(p, cpu, SLICE, enq_flags);
	if (!sleeps[cpu])
		return;
	sleeps[cpu] = false;
	scx_bpf_kick_cpu(cpu, 0);
}

void SCXB_OP(racy_dispatch, s32 cpu, struct task_struct *prev)
{
	if (scx_bpf_dsq_move_to_local(cpu))
		return;
	scxb_run_on(prev, SLICE / NSEC_PER_USEC);
	sleeps[cpu & (CPUS - 1)] = true;
}

s32 SCXB_OP_SLEEPABLE(racy_init)
{
	s32 err = scxb_init(0, 0);
	u32 cpu;

	bpf_for (cpu, 0, scxb_nr_cpus)
		err = err ?: scx_bpf_create_dsq(cpu, -1);
	return err;
}

SCXB_POLICY(racy, .select_cpu = (void *)racy_select_cpu, .enqueue = (void *)racy_enqueue,
	    .dispatch = (void *)racy_dispatch, .init = (void *)racy_init, .timeout_ms = 300);
