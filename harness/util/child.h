/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Programs that a command runs one after the other, mostly this one again with another sub-command. Each runs
 * in a process of its own, so it inherits nothing that the one before left behind. It gets a SIGTERM when we
 * die. Once the signals that ask us to end are caught (util/interrupt.h), they are passed on to it, and no
 * further program is started.
 */
#pragma once
#include <stdbool.h>

struct child {
	char **argv; /* NULL-terminated */
	int nr;
	double limit_s; /* 0: no limit. Else it has a process group of its own, which is ended at this age */
};

/* One more argument; NULL adds nothing. */
void child_arg(struct child *c, const char *arg);
/* For our own program, with the sub-command as its first argument. */
void child_self(struct child *c, const char *command);
/*
 * Runs it, with its stdout in a file if a path is given, and frees the arguments. Returns its exit code; 128
 * plus the signal, logged, when a signal ended it alone; 130 when a signal asked us to end; 1, logged, when
 * it can't be started; 124, logged, when it took longer than its limit.
 */
#define CHILD_TOO_LONG 124 /* as of timeout(1) */
int child_run(struct child *c, const char *stdout_path);
/*
 * Runs a tool that draws in dir, in the C locale with UTF-8, with all that it prints in the file log there;
 * frees the arguments. It runs as the owner of dir (util/owner.h). Its exit code, 127 when it is not
 * installed or can't be started there, -1 when a signal ended it. Logs nothing.
 */
int child_tool(struct child *c, const char *dir, const char *log);
