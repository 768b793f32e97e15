/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stddef.h>
#include <string.h>

#include "cli/command.h"
#include "util/log.h"
#include "util/nearest.h"

const struct command_entry command_entries[] = {
#define GROUP(text) { .title = (text) },
#define COMMAND(name) { .command = &cmd_##name },
#include "cli/commands.def"
	{ 0 }
};

const struct command *command_find(const char *name)
{
	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command && !strcmp(e->command->name, name))
			return e->command;
	return NULL;
}

int command_unknown(const char *name)
{
	struct nearest n = { .word = name };

	for (const struct command_entry *e = command_entries; e->title || e->command; e++)
		if (e->command)
			nearest_try(&n, e->command->name);
	return log_err(-CAUSE_USAGE, "unknown command '%s'%s 'scxbench help' lists them", name,
		       nearest_ask(&n));
}
