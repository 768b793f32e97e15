/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "cli/command.h"
#include "cli/help.h"
#include "util/search_path.h"

/* Some options stand for a command. */
static const char *command_of(const char *word)
{
	if (!strcmp(word, "--help") || !strcmp(word, "-h"))
		return "help";
	return strcmp(word, "--version") ? word : "version";
}

int main(int argc, char **argv)
{
	struct call call = { .argc = argc - 1, .argv = argv + 1 };

	if (argc < 2) {
		help_overview(stderr);
		return EXIT_CODE_USAGE;
	}
	search_path_guard();
	call.command = command_find(command_of(argv[1]));
	return call.command ? call.command->run(&call) : exit_code_of(command_unknown(argv[1]));
}
