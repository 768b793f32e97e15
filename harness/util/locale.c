/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/locale.h"

#include <stdlib.h>

#include "util/mem.h"

void locale_for_tools(void)
{
	setenv("LC_ALL", "C", 1);
	unsetenv("LANGUAGE");
}

FILE *locale_popen(const char *command)
{
	char *line = mem_printf("export LC_ALL=C; unset LANGUAGE; %s", command);
	FILE *f = popen(line, "r");

	free(line);
	return f;
}
