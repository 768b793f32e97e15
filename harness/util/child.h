/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Programs that a command runs one after the other, mostly this one again with another sub-command: each in a
 * process of its own, so that none inherits what the one before left behind. It gets a SIGTERM when we die.
 * Once the signals that ask us to end are caught (util/interrupt.h), it gets them too, and none is started
 * after one.
 */
#pragma once
#include <stdbool.h>

struct child {
	char **argv; /* NULL-terminated */
	int nr;
};

/* One more argument; NULL adds nothing. */
void child_arg(struct child *c, const char *arg);
/* Of our own program: with the sub-command as its first argument. */
void child_self(struct child *c, const char *command);
/*
 * Runs it, its stdout into a file where a path is given; frees the arguments. Its exit code; 128 plus the
 * signal, logged, when one ended it alone; 130 when we were told to end; 1, logged, when it can't be started.
 */
int child_run(struct child *c, const char *stdout_path);
