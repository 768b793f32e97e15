/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside policy/ only: processes that a command left behind, by what they have of it. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

void children_signal(int sig); /* to every child of the calling process */

/*
 * A command has this variable in its environment, and what it starts inherits that wherever it goes: into
 * another session, another cgroup, to another parent.
 */
#define CHILDREN_MARK "SCXBENCH_COMMAND"
/* Kills all that have it with this value, and waits. One that does not die, or 0. */
pid_t children_end_marked(const char *value);
