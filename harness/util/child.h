/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Programs that a command runs one after the other, mostly this one again with another sub-command: each in a
 * process of its own, so that none inherits what the one before left behind. It is told of our end (SIGTERM)
 * and of every signal that would end us.
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
/* From now on signals that would end us end the child that runs, or keep the next from starting. */
void child_catch_signals(void);
bool child_interrupted(void);
