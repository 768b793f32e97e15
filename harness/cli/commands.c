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

const char command_about[] =
	"Is this sched_ext policy better than the kernel's own scheduler, on this machine, for this work? scxbench "
	"measures it, proves each sample, and says how sure it is.";

const char command_exits[] = "0 ok\n"
			     "1 a sample failed, or a regression was found\n"
			     "2 usage\n"
			     "3 this machine can't; the message says what to do\n"
			     "4 inconclusive\n"
			     "130 interrupted; what ended is kept\n";

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
