/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For workloads that change the machine. The journal, a file in the scratch directory, has what must be
 * written to which file to restore the machine. Each entry is made before the change; undo applies them from
 * the last to the first. A guard process does that when the workload ends, however it ends; the verb "undo"
 * does it where the guard was killed too.
 */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

#define UNDO_REMOVE "remove" /* instead of a value: the path is a cgroup, to be emptied and removed */

int undo_note(const char *path, const char *value); /* 0, or -1 */
int undo_all(void);
pid_t guard_begin(void); /* -1: it could not be started */
int guard_end(void);	 /* 0: all is undone */
bool write_text(const char *path, const char *text);
/* Puts the calling thread into SCHED_FIFO, but not what it forks. */
bool go_realtime(int priority);
