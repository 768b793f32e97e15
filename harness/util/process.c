/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/process.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "util/fs.h"

/*
 * The state in /proc/PID/stat, "PID (name) STATE ...". The name may contain anything, so it ends at the last
 * ')'.
 */
static char state_of(const char *pid, const char *name)
{
	char *stat, *open, *close, state = '\0';

	if (fs_read_line(fs_sys("/proc/%s/stat", pid), &stat))
		return '\0';
	open = strchr(stat, '(');
	close = strrchr(stat, ')');
	if (open && close && (size_t)(close - open - 1) == strlen(name) &&
	    !strncmp(open + 1, name, strlen(name)))
		state = close[1] ? close[2] : '\0';
	free(stat);
	return state;
}

/*
 * Calls visit for each process of this name until it returns non-zero, and returns that; -ENOENT without one.
 */
static int each_process(const char *name, int (*visit)(void *ctx, int pid, char state), void *ctx)
{
	DIR *dir = opendir(fs_sys("/proc"));
	int found = -ENOENT, stop = 0;
	struct dirent *e;

	while (!stop && dir && (e = readdir(dir))) {
		char state = isdigit((unsigned char)e->d_name[0]) ? state_of(e->d_name, name) : '\0';

		if (state && state != 'Z')
			found = stop = visit(ctx, atoi(e->d_name), state);
	}
	if (dir)
		closedir(dir);
	return found;
}

static int is_stopped(void *ctx, int pid, char state)
{
	(void)ctx, (void)pid;
	return state != 'T'; /* one running process is enough */
}

const char *process_state(const char *name)
{
	int running = each_process(name, is_stopped, NULL);

	return running < 0 ? NULL : running ? PROCESS_RUNNING : PROCESS_STOPPED;
}

static int process_send(void *ctx, int pid, char state)
{
	(void)state;
	return kill(pid, *(int *)ctx) && errno != ESRCH ? -errno : 0;
}

int process_run(const char *name, int run)
{
	int sig = run ? SIGCONT : SIGSTOP;

	return each_process(name, process_send, &sig);
}
