/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/help.h"

static const struct old_command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
} commands[] = {
	{ "nightly", cmd_nightly,
	  "what a machine does every night: check, set, bench, judge, publish, tidy up" },
};

static int run_old(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(argv[0], commands[i].name))
			return commands[i].run(argc, argv);
	return exit_code_of(command_unknown(argv[0]));
}

int main(int argc, char **argv)
{
	char *name = argc > 1 ? argv[1] : NULL;
	struct call call = { .argc = argc - 1, .argv = argv + 1 };

	if (!name) {
		help_overview(stderr);
		return EXIT_CODE_USAGE;
	}
	if (!strcmp(name, "--help") || !strcmp(name, "-h"))
		name = "help";
	if (!strcmp(name, "--version"))
		name = "version";
	call.command = command_find(name);
	return call.command ? call.command->run(&call) : run_old(argc - 1, argv + 1);
}
