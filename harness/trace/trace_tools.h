/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's own tools over the same window. Their files are kept beside the trace. */
#pragma once
#include <sys/types.h>

/* `perf sched record` into dir/perf.data. Negative errno, logged. */
int perf_sched_begin(const char *dir, pid_t *pid);
/* Negative errno, logged, when perf left no file. Its output is in dir/perf.log. */
int perf_sched_end(const char *dir, pid_t pid);

/* Records the events of sched and sched_ext in a tracing instance of our own. Negative errno, logged. */
int ftrace_begin(void);
/* Saves their records to dir/ftrace.txt and removes the instance. */
int ftrace_end(const char *dir);
