/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "background.h"
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../kit.h"

pid_t background_start(void (*body)(void *arg), void *arg)
{
	pid_t parent = getpid(), load = fork();

	if (load < 0) {
		kit_fail("the load can't be forked: %s", strerror(errno));
		return -1;
	}
	setpgid(load, load); /* both do: whoever is first */
	if (load)
		return load;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() == parent)
		body(arg);
	_exit(1);
}

int background_end(pid_t load)
{
	pid_t ended = waitpid(load, NULL, WNOHANG);

	kill(-load, SIGKILL);
	if (!ended)
		waitpid(load, NULL, 0);
	return ended ? kit_fail("the load ended before the measurement did") : 0;
}
