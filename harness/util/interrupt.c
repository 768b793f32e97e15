/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/interrupt.h"

#define NR (sizeof(ending) / sizeof(*ending))

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
static volatile sig_atomic_t caught;
static volatile pid_t other;

static void on_signal(int sig)
{
	caught = 1;
	if (other)
		kill(other, sig);
}

void interrupt_handle(void (*handler)(int))
{
	const struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	for (size_t i = 0; i < NR; i++)
		sigaction(ending[i], &sa, NULL);
}

void interrupt_catch(void)
{
	interrupt_handle(on_signal);
}

bool interrupted(void)
{
	return caught;
}

void interrupt_pass_to(pid_t pid)
{
	other = pid;
}

void interrupt_signals(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < NR; i++)
		sigaddset(set, ending[i]);
}
