/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/help.h"
#include "util/caps.h"
#include "util/log.h"
#include "util/search_path.h"

/* Some options stand for a command. */
static const char *command_of(const char *word)
{
	if (!strcmp(word, "--help") || !strcmp(word, "-h"))
		return "help";
	return strcmp(word, "--version") ? word : "version";
}

/* What a command has no use for, a mistake in it can't misuse. */
static int give_up_rights(const struct command *c)
{
	int err = geteuid() ? 0 : caps_only(c->kernel || c->takes_nights ? caps_all() : caps_for_files());

	return err ? log_err(-CAUSE_CANT, "can't give up capabilities: %s", strerror(-err)) : 0;
}

/*
 * A file that is opened must not get the number of a stream that the caller closed: what is printed would be
 * written into it. Nothing can be written to this stdout.
 */
static void fill_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 2 ? O_WRONLY : O_RDONLY) != fd)
			exit(EXIT_CODE_CANT);
}

/* Whoever reads stdout must not take a part for the whole. */
static int end_stdout(int code)
{
	bool whole = !fflush(stdout) && !ferror(stdout);

	if (whole || code == EXIT_CODE_INTERRUPTED || code == EXIT_CODE_GUEST)
		return code;
	return exit_code_of(log_err(-CAUSE_CANT, "stdout can't be written: %s", strerror(errno)));
}

int main(int argc, char **argv)
{
	struct call call = { .argc = argc - 1, .argv = argv + 1 };

	fill_streams();
	if (argc < 2) {
		help_overview(stderr);
		return EXIT_CODE_USAGE;
	}
	search_path_guard();
	call.command = command_find(command_of(argv[1]));
	if (!call.command)
		return exit_code_of(command_unknown(argv[1]));
	if (give_up_rights(call.command))
		return EXIT_CODE_CANT;
	return end_stdout(call.command->run(&call));
}
