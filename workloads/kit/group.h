/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups below our own cgroup, which all our processes enter: one with a controller for its children holds no
 * processes itself. All is noted to be undone. Those that return text return NULL, or why it can't be.
 */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* Before all else: finds our own cgroup. */
const char *group_begin(void);
const char *group_make(const char *name);
/* 0: the caller. */
bool group_enter(const char *name, pid_t pid);
/* From now on we and the guard are in a group, and come back from there when all is undone. */
const char *group_leave_own(const char *name, pid_t guard);
/* The cpu controller, from our parent, and for our children; after we have left our own group. */
const char *group_take_cpu(void);
/* "web/cpu.weight" -> the file's path, in a static buffer of the thread; name NULL: our own group's. */
const char *group_file(const char *name, const char *file);
