/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups below our own cgroup. All our processes move into them, because a cgroup with a controller for its
 * children may hold no processes itself. Every change is noted in the journal (undo.h). Functions that return
 * text return NULL on success, or else the reason.
 */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* To be called first: finds our own cgroup. */
const char *group_begin(void);
const char *group_make(const char *name);
/* pid 0: the caller. */
bool group_enter(const char *name, pid_t pid);
/* Moves us and the guard into a group, until all is undone. */
const char *group_leave_own(const char *name, pid_t guard);
/* Enables the cpu controller for us and for our children; after we have left our own group. */
const char *group_take_cpu(void);
/* The path of a file of a group, in a static buffer of the thread; name NULL: of our own group. */
const char *group_file(const char *name, const char *file);
