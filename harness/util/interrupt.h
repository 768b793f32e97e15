/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The signals that ask us to end: SIGINT, SIGTERM and SIGHUP. A command that must clean up first catches
 * them, and checks the flag wherever it may stop. A wait (poll(), nanosleep()) ends when one comes; other
 * system calls are restarted.
 */
#pragma once
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

void interrupt_catch(void);
bool interrupted(void);

/* From now on such a signal is also passed on to this process; 0: to no process. */
void interrupt_pass_to(pid_t pid);

/*
 * The set of them, for a caller that blocks them around a fork, or until a call that waits with a signal
 * mask.
 */
void interrupt_signals(sigset_t *set);
/* SIG_IGN, or SIG_DFL again, in a process that must not end by our flag. */
void interrupt_handle(void (*handler)(int));
