/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that the workload starts. What it says goes into NAME.log, so that its last line can be quoted.
 */
#pragma once
#include <sys/types.h>

/* In its own process group. The pid, or -1 and the reason on stderr. */
pid_t child_start(char *const argv[]);
/* Copies its log to stderr, where the sample's log is. Returns its last line, until the next call. */
const char *child_last_line(const char *name);
