/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ops that are the same in every policy: the ledger's, the counters' and the quotas'. A policy replaces any
 * of them by its own, which then calls what the default one calls. They are loaded only where an ops struct
 * names them.
 *
 * running is for instrumented samples, and for kernels before 7.1, which do not report exits. Elsewhere the
 * loader leaves it out (SCXB_WATCH_OP()).
 */
#ifndef SCXB_DEFAULTS_BPF_H
#define SCXB_DEFAULTS_BPF_H

#include "ops.bpf.h"

SCXB_CPU_MAP(scxb_exit, struct scxb_exit);

#ifndef SCXB_NO_LEDGER
void SCXB_DEFAULT_OP(scxb_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	u64 *word = scxb_word(p);

	scxb_begin_dequeue(&call);
	if (word)
		scxb_custody_dequeue(&call, word);
}
#endif

/* What is kept of a task for scxb_running(), where that is in. */
struct scxb_run {
	u64 exec;  /* se.sum_exec_runtime when it last began to run */
	u64 slept; /* how often it had slept */
	s32 cpu;   /* where that was, + 1; 0: it never ran */
};

SCXB_TASK_MAP(scxb_runs, struct scxb_run);

/* word: 0, or since when it waited. */
static __always_inline void scxb_note_run(struct scxb_run *before, struct scxb_run *now, u64 word)
{
	struct scxb_cpu_detail *d = scxb_details();

	if (!d)
		return;
	scxb_hist_add(&d->hist[SCXB_DETAIL_slice_ns], scxb_since(before->exec, now->exec));
	if (word && before->slept != now->slept)
		scxb_hist_add(&d->hist[SCXB_DETAIL_wakeup_ns],
			      scxb_word_passed(scxb_word_plain(word), scxb_clock()));
}

/* A slice counts when the next one begins. */
static __always_inline void scxb_count_run(struct scxb_call *call, u64 *word)
{
	struct task_struct *p = call->p;
	struct scxb_run *r = bpf_task_storage_get(&scxb_runs, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	struct scxb_run now = { p->se.sum_exec_runtime, p->nvcsw, (s32)call->here + 1 };

	if (!r)
		return;
	if (r->cpu && !scxb_reports_exits())
		scxb_count_move(call, r->cpu - 1, now.cpu - 1);
	if (r->cpu && scxb_detail)
		scxb_note_run(r, &now, *word);
	if (scxb_detail)
		*word = 0;
	*r = now;
}

/* For whoever aims at tasks that wait (BPF_PROG_TEST_RUN, tid as context): enum scxb_state. */
SEC("syscall") int scxb_state_of(s32 *tid)
{
	struct task_struct *p = bpf_task_from_pid(*tid);
	u64 *word = p ? scxb_word(p) : NULL;
	int state = word ? *word & SCXB_WORD_STATE : SCXB_OUT;

	if (p)
		bpf_task_release(p);
	return state;
}

/* The body of a running. */
static __always_inline void scxb_ran(struct task_struct *p, u64 *word)
{
	struct scxb_call call = SCXB_CALL(running, p, 0);

	if (!word)
		return;
	scxb_begin(&call);
	scxb_custody_running(&call, word);
	scxb_count_run(&call, word);
}

void SCXB_WATCH_OP(scxb_running, struct task_struct *p)
{
	scxb_ran(p, scxb_word(p));
}

/* All of a tick, for a policy that has nothing else to do at it. */
static __always_inline void scxb_tick_quota(struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(tick, p, 0);

	scxb_begin(&call);
	if (scxb_quota_is_over(scxb_rules_now(p)))
		scx_bpf_task_set_slice(p, 0);
}

void SCXB_DEFAULT_OP(scxb_tick, struct task_struct *p)
{
	scxb_tick_quota(p);
}

/* The task joins the class; or is made, in which case it has not run. */
static __always_inline void scxb_come(struct scxb_call *call, u64 *word)
{
	scxb_begin(call);
	scxb_account(call, scxb_cgroup_of(call->p), -1);
	if (word)
		*word = 0;
}

void SCXB_DEFAULT_OP(scxb_enable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(enable, p, 0);

	scxb_come(&call, scxb_word(p));
}

/* The task leaves the class, or is dead. */
void SCXB_DEFAULT_OP(scxb_disable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(disable, p, 0);
	struct scxb_rules *r = scxb_rules_of(p);
	u64 *word = scxb_word(p);

	scxb_begin(&call);
	if (word)
		scxb_custody_gone(&call, word);
	scxb_account(&call, scxb_cgroup_of(p), 1);
	if (r)
		scxb_quota_charge(r, p);
}

void SCXB_DEFAULT_OP(scxb_exit_task, struct task_struct *p, struct scx_exit_task_args *args)
{
	struct scxb_call call = SCXB_CALL(exit_task, p, 0);

	scxb_begin(&call);
	scxb_rules_gone(p);
}

/* The rest of a cgroup_move. */
static __always_inline void scxb_move(struct task_struct *p, struct cgroup *from, struct cgroup *to)
{
	struct scxb_call call = SCXB_CALL(enable, p, 0);

	if (!scxb_cgroup_id)
		return;
	scxb_find(&call);
	scxb_account(&call, from, 1);
	scxb_account(&call, to, -1);
}

void SCXB_DEFAULT_OP(scxb_cgroup_move, struct task_struct *p, struct cgroup *from, struct cgroup *to)
{
	scxb_move(p, from, to);
}

/*
 * Which of two tasks was queued first. A task that runs comes after all that wait, however long ago it was
 * queued; or the last task on its CPU would keep a sibling's tasks of another cookie from ever running.
 */
bool SCXB_DEFAULT_OP(scxb_core_sched_before, struct task_struct *a, struct task_struct *b)
{
	struct scxb_call call = SCXB_CALL(core_sched_before, a, 0);
	bool other_runs = scx_bpf_task_running(b);
	u64 *wa = scxb_word(a), *wb = scxb_word(b);

	scxb_begin(&call);
	if (scx_bpf_task_running(a) != other_runs)
		return other_runs;
	return wa && wb && scxb_before(*wa, *wb);
}

/* These policies have nothing to do at a hotplug, but without both ops the kernel ends them then. */
void SCXB_DEFAULT_OP(scxb_cpu_online, s32 cpu)
{
	struct scxb_call call = SCXB_CALL(cpu_online, NULL, 0);

	scxb_begin(&call);
}

void SCXB_DEFAULT_OP(scxb_cpu_offline, s32 cpu)
{
	struct scxb_call call = SCXB_CALL(cpu_offline, NULL, 0);

	scxb_begin(&call);
}

/* The kind is written last: a reader that sees it sees the rest. */
void SCXB_DEFAULT_OP(scxb_exit_op, struct scx_exit_info *ei)
{
	u32 key = 0;
	struct scxb_exit *e = bpf_map_lookup_elem(&scxb_exit, &key);

	if (!e)
		return;
	e->code = ei->exit_code;
	bpf_probe_read_kernel_str(e->reason, sizeof(e->reason), ei->reason);
	bpf_probe_read_kernel_str(e->msg, sizeof(e->msg), ei->msg);
	bpf_probe_read_kernel_str(e->dump, sizeof(e->dump), ei->dump);
	__sync_lock_test_and_set(&e->kind, ei->kind);
}

/*
 * On a crowded machine, more so on an emulated one, a task can wait for seconds without any fault of the
 * policy. The kernel allows 30 s.
 */
#define SCXB_TIMEOUT_MS 20000

#ifdef SCXB_NO_LEDGER
#define SCXB_OPS_LEDGER .dequeue = NULL
#else
#define SCXB_OPS_LEDGER .dequeue = (void *)scxb_dequeue
#endif

/* The members that the ops of both forms have. */
#define SCXB_OPS_DEFAULT                                                                            \
	SCXB_OPS_LEDGER, .running = (void *)scxb_running, .tick = (void *)scxb_tick,                \
		.enable = (void *)scxb_enable, .disable = (void *)scxb_disable,                     \
		.exit_task = (void *)scxb_exit_task, .exit = (void *)scxb_exit_op,                  \
		.core_sched_before = (void *)scxb_core_sched_before, .timeout_ms = SCXB_TIMEOUT_MS, \
		.exit_dump_len = SCXB_EXIT_DUMP

/* A policy of the common form: its name, and those of its ops that are its own. */
#define SCXB_POLICY(_name, own...)                                           \
	_Pragma("clang diagnostic ignored \"-Winitializer-overrides\"")      \
		SEC(".struct_ops.link") struct sched_ext_ops _name##_ops = { \
			SCXB_OPS_DEFAULT,                                    \
			.cgroup_move = (void *)scxb_cgroup_move,             \
			.cpu_online = (void *)scxb_cpu_online,               \
			.cpu_offline = (void *)scxb_cpu_offline,             \
			.flags = SCX_OPS_ENQ_LAST,                           \
			.name = #_name,                                      \
			own                                                  \
		}

#endif
