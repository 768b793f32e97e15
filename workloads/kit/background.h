/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A load beside the measurement: a process, and all that it starts, in a process group of its own. */
#pragma once
#include <sys/types.h>

/* Runs body, which does not return. The pid, or -1 and the reason on stderr. */
pid_t background_start(void (*body)(void *arg), void *arg);
/* Kills the group. 0, or 1 and the reason on stderr: it had ended before. */
int background_end(pid_t load);
