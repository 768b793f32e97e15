/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/life_draw.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

int dot_write(const char *dir, const char *name, struct buf *text)
{
	char *path = mem_printf("%s/%s.dot", dir, name), *dot = buf_take(text);
	int err = fs_write_durable(path, dot, strlen(dot));

	if (err)
		log_err(err, "can't write %s: %s", path, strerror(-err));
	free(dot);
	free(path);
	return err;
}

/* In the child: 127: there is no dot. */
static void exec_dot(const char *dir, char **argv)
{
	if (!chdir(dir) && freopen("dot.log", "w", stderr) && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		execvp(argv[0], argv);
	_exit(127);
}

static int run_dot(const char *dir, char **argv)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid)
		exec_dot(dir, argv);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *dot_draw(const char *dir, char *const *names)
{
	size_t nr = 0;
	char **argv;
	int status;

	while (names[nr])
		nr++;
	argv = mem_zalloc(nr + 4, sizeof(*argv));
	argv[0] = "dot";
	argv[1] = "-Tsvg";
	argv[2] = "-O";
	for (size_t i = 0; i < nr; i++)
		argv[i + 3] = mem_printf("%s.dot", names[i]);
	status = nr ? run_dot(dir, argv) : 0;
	for (size_t i = 0; i < nr; i++)
		free(argv[i + 3]);
	free(argv);
	if (!status)
		return NULL;
	return status == 127 ? "graphviz is not installed" : "graphviz failed, see dot.log beside the graphs";
}
