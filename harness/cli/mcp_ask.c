/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/mcp_ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "text/buf.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/mem.h"

#define LIMIT_S 120 /* history of a thousand nights takes seconds */
#define MAX_WORDS 16

/* The words of our own program, with the place of the results as the first option. */
static void make_words(const struct mcp_ask *a, const char *const *words, char **argv)
{
	int nr = 0;

	argv[nr++] = mem_strdup("scxbench");
	argv[nr++] = mem_strdup(words[0]);
	argv[nr++] = mem_printf("--results=%s", a->results);
	while (*++words && nr < MAX_WORDS)
		argv[nr++] = mem_strdup(*words);
}

static void become(char *const *argv, const int *out, const int *err, pid_t parent)
{
	int none = open("/dev/null", O_RDONLY);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || dup2(none, STDIN_FILENO) < 0 || dup2(out[1], STDOUT_FILENO) < 0 ||
	    dup2(err[1], STDERR_FILENO) < 0)
		_exit(EXIT_CODE_CANT);
	execv("/proc/self/exe", argv);
	_exit(EXIT_CODE_CANT);
}

/* What it prints on both, until it closes them, to the limits of time and size. false: it kept neither. */
static bool collect_output(int out, int err, struct buf *text, struct buf *said)
{
	struct pollfd fd[] = { { .fd = out, .events = POLLIN }, { .fd = err, .events = POLLIN } };
	struct buf *to[] = { text, said };
	double end = clock_s() + LIMIT_S, left = LIMIT_S;
	char bytes[65536];

	while ((fd[0].fd >= 0 || fd[1].fd >= 0) && (left = end - clock_s()) > 0) {
		if (poll(fd, 2, (int)(left * 1000) + 1) < 0 && errno != EINTR)
			return false;
		for (int i = 0; i < 2; i++) {
			ssize_t n = fd[i].revents ? read(fd[i].fd, bytes, sizeof(bytes)) : -1;

			if (n > 0)
				buf_bytes(to[i], bytes, (size_t)n);
			else if (fd[i].revents)
				fd[i].fd = -1;
			fd[i].revents = 0;
			if (to[i]->len > MCP_MAX_TEXT)
				return false;
		}
	}
	return left > 0;
}

static int end_code(pid_t pid, bool kept)
{
	int status = 0;

	if (!kept)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return kept && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* A regression, or a missing data point, is an answer; nothing on stdout is none. */
static void judge_output(int code, struct buf *text, struct buf *said, struct mcp_found *found)
{
	found->len = text->len;
	if (code >= 0 && code != EXIT_CODE_USAGE && code != EXIT_CODE_CANT && text->len) {
		found->text = buf_take(text);
		return;
	}
	found->is_absent = code == EXIT_CODE_USAGE;
	found->why = code < 0	 ? mem_strdup("the answer is too large, or took too long")
		     : said->len ? mem_printf("%.*s", (int)strcspn(said->text, "\n"), said->text)
				 : mem_strdup("there is nothing");
}

void mcp_ask_command(void *ctx, const char *const *words, struct mcp_found *found)
{
	char *argv[MAX_WORDS + 1] = { 0 };
	struct buf text = { 0 }, said = { 0 };
	int out[2] = { -1, -1 }, err[2] = { -1, -1 };
	pid_t parent = getpid(), pid = -1;

	make_words(ctx, words, argv);
	if (!pipe2(out, O_CLOEXEC) && !pipe2(err, O_CLOEXEC))
		pid = fork();
	if (!pid)
		become(argv, out, err, parent);
	close(out[1]);
	close(err[1]);
	if (pid > 0)
		judge_output(end_code(pid, collect_output(out[0], err[0], &text, &said)), &text, &said,
			     found);
	else
		found->why = mem_strdup("no process can be started");
	close(out[0]);
	close(err[0]);
	free(text.text);
	free(said.text);
	for (int i = 0; argv[i]; i++)
		free(argv[i]);
}
