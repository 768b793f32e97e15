/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the example controller (schedulers/controllers/balance.c) on the batch tenant, as a user would. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../kit.h"
#include "../kit/group.h"
#include "../kit/tenant.h"
#include "service.h"
#include "util/mem.h"

#define CHANGES "balance.changes"

static pid_t controller;
static int line = -1; /* the pipe that it reads */

static void become_controller(const char *group, double target_us, int in)
{
	char *target = mem_printf("cgroup:%s", group_file(group, "")), us[32];
	int out = open(CHANGES, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	snprintf(us, sizeof(us), "%.0f", target_us);
	setenv("SCXBENCH", beside("scxbench"), 1);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	execl(beside("schedulers/controllers/balance"), "balance", us, target, (char *)NULL);
	kit_fail("%s: %s", beside("schedulers/controllers/balance"), strerror(errno));
	_exit(127);
}

int balance_begin(const char *group, double target_us)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return kit_fail("pipe: %s", strerror(errno));
	signal(SIGPIPE, SIG_IGN);
	controller = fork();
	if (!controller)
		become_controller(group, target_us, ends[0]);
	close(ends[0]);
	line = ends[1];
	return controller < 0 ? kit_fail("fork: %s", strerror(errno)) : 0;
}

/* A controller that has given up is noticed at the end. */
void balance_tell(double latency_us)
{
	if (line >= 0 && dprintf(line, "%.0f\n", latency_us) < 0)
		close(line), line = -1;
}

static long lines_of(const char *path)
{
	FILE *file = fopen(path, "r");
	long lines = 0;

	for (int c; file && (c = getc(file)) != EOF;)
		lines += c == '\n';
	if (file)
		fclose(file);
	return lines;
}

long balance_end(void)
{
	int status = -1;

	if (controller <= 0)
		return -1;
	if (line >= 0)
		close(line);
	waitpid(controller, &status, 0);
	return status ? -1 : lines_of(CHANGES);
}
