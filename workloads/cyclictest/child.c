/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "child.h"
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>
#include "../kit.h"

static void log_name(const char *name, char path[64])
{
	snprintf(path, 64, "%s.log", name);
}

pid_t child_start(char *const argv[])
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	char log[64];
	pid_t pid;
	int err;

	log_name(argv[0], log);
	kit_plain_output();
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
	posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP);
	err = posix_spawnp(&pid, argv[0], &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	if (!err)
		return pid;
	kit_fail("%s can't be started: %s (package rt-tests)", argv[0], strerror(err));
	return -1;
}

const char *child_last_line(const char *name)
{
	static char last[256];
	char path[64], line[256];
	FILE *log;

	snprintf(last, sizeof(last), "it said nothing");
	log_name(name, path);
	log = fopen(path, "r");
	while (log && fgets(line, sizeof(line), log)) {
		fputs(line, stderr);
		kit_keep_last(line, last);
	}
	if (log)
		fclose(log);
	return last;
}
