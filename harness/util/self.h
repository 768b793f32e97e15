/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moves this process out of the scheduling class under test. It then runs in SCHED_FIFO, so no policy decides
 * when it runs, and its memory is locked, so it never waits for something that a policy schedules.
 */
#pragma once
#include <stdbool.h>

/* -CAUSE_CANT, logged, when that is refused. */
int self_leave_class(void);
/*
 * The same without a message, for callers that can do without it; false when it is refused. What a workload
 * calls (it has SCXB_RESULT_FD) stays in the class: its time is the workload's.
 */
bool self_try_leave_class(void);
/* The same for what ends at once: nothing is locked, because that brings in far more than will be used. */
void self_leave_class_briefly(void);
/*
 * In a forked child, if it may. Where its parent has locked its memory, nothing of that is copied, which
 * takes longer than to attach a policy: what is there is locked, the program and its libraries are mapped at
 * once, and a page is copied when it is written to.
 */
void self_leave_class_as_child(void);
/* Tries SCHED_FIFO in a process of its own; this one stays as it is. */
bool self_may_leave_class(void);
void self_return_to_class(void);
/*
 * Between the two, what is mapped is not locked: locking fills all of a mapping, however large (a BPF arena).
 * What was mapped there stays unlocked. Both do nothing in a process that has not locked its memory.
 */
void self_lock_pause(void);
void self_lock_go_on(void);
