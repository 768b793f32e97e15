/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that a policy includes. schedulers/README.md says what a policy must do, with a whole one.
 *
 *	common.bpf.h	types, knobs, what the loader fills in
 *	stats.bpf.h	counters
 *	custody.bpf.h	the ledger
 *	control.bpf.h	what the user sets for a running policy and its tasks
 *	quota.bpf.h, clock.bpf.h	quotas, and the timer
 *	ops.bpf.h	the pieces of which ops are made
 *	defaults.bpf.h	ops that are the same in every policy, and SCXB_POLICY()
 */
#ifndef SCXB_POLICY_BPF_H
#define SCXB_POLICY_BPF_H

#include "defaults.bpf.h" /* IWYU pragma: export */

#define SCXB_HAS_QUEUES(has)                              \
	static __always_inline bool scxb_has_queues(void) \
	{                                                 \
		return has;                               \
	}                                                 \
	_Static_assert(true, "")

/*
 * For a policy that keeps a struct task of each, made in its init_task: task_of(), and the ledger's word,
 * which is the member "word", because the queues need p->scx.dsq_vtime.
 */
#define SCXB_TASKS                                                         \
	SCXB_TASK_MAP(scxb_tasks, struct task);                            \
	static __always_inline struct task *task_of(struct task_struct *p) \
	{                                                                  \
		return bpf_task_storage_get(&scxb_tasks, p, 0, 0);         \
	}                                                                  \
	static __always_inline u64 *scxb_word(struct task_struct *p)       \
	{                                                                  \
		struct task *t = task_of(p);                               \
                                                                           \
		return t ? &t->word : NULL;                                \
	}                                                                  \
	SCXB_HAS_QUEUES(true)

/*
 * SCXB_FIFO is for a policy whose tasks all wait in FIFO DSQs: the kernel leaves p->scx.dsq_vtime to it, and
 * clears it when the task leaves the class, so the ledger's word is there and no task needs storage. They may
 * also wait in priority DSQs whose key is that word, moved or not (custody_abi.h): the kernel then writes the
 * same word. One of the cid form may not write to that field.
 */
#ifdef SCXB_CID
#define SCXB_FIFO_WORD                                                                             \
	SCXB_TASK_MAP(scxb_words, u64);                                                            \
	static __always_inline u64 *scxb_word(struct task_struct *p)                               \
	{                                                                                          \
		return bpf_task_storage_get(&scxb_words, p, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE); \
	}
#else
#define SCXB_FIFO_WORD                                               \
	static __always_inline u64 *scxb_word(struct task_struct *p) \
	{                                                            \
		u64 *word = &p->scx.dsq_vtime;                       \
                                                                     \
		__builtin_assume(word); /* no policy checks that */  \
		return word;                                         \
	}
#endif
#define SCXB_FIFO SCXB_FIFO_WORD SCXB_HAS_QUEUES(true)

/* For one with a single FIFO DSQ. */
#define SCXB_ONE_QUEUE(dsq)                                                          \
	SCXB_FIFO_WORD                                                               \
	SCXB_HAS_QUEUES((dsq) != 0);                                                 \
	static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p) \
	{                                                                            \
		scx_bpf_dsq_move(it, p, dsq, 0);                                     \
	}                                                                            \
	static void scxb_changed(bool asked)                                         \
	{                                                                            \
		if (asked)                                                           \
			scxb_reenqueue(dsq);                                         \
	}                                                                            \
	_Static_assert(dsq < SCXB_QUEUES, "a queue of its own is counted apart")

#endif
