/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/look.h"

#include <signal.h>
#include <time.h>

static sigset_t look_signal(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	return set;
}

void look_hold(void)
{
	sigset_t set = look_signal();

	sigprocmask(SIG_BLOCK, &set, NULL);
}

bool look_wanted(void)
{
	const struct timespec now = { 0 };
	sigset_t set = look_signal();

	return sigtimedwait(&set, NULL, &now) == SIGUSR1;
}
