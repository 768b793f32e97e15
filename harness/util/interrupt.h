/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The signals that ask us to end: SIGINT, SIGTERM and SIGHUP. A command that has something to end first
 * catches them and looks at the flag wherever it may stop. A wait (poll(), nanosleep()) ends when one comes;
 * other system calls are begun again.
 */
#pragma once
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

void interrupt_catch(void);
bool interrupted(void);

/* From now on such a signal is also passed on to this process; 0: to none. */
void interrupt_pass_to(pid_t pid);

/* For who blocks them: around a fork, or until a call that takes the mask of its wait. */
void interrupt_signals(sigset_t *set);
/* SIG_IGN, or SIG_DFL again, in a process that is not to end by our flag. */
void interrupt_handle(void (*handler)(int));
