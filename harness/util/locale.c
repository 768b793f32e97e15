/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/locale.h"

#include <stdlib.h>

#include "util/mem.h"

static void choose_locale(const char *name)
{
	setenv("LC_ALL", name, 1);
	unsetenv("LANGUAGE");
}

void locale_for_tools(void)
{
	choose_locale("C");
}

void locale_for_pictures(void)
{
	choose_locale("C.UTF-8");
}

FILE *locale_popen(const char *command)
{
	char *line = mem_printf("export LC_ALL=C; unset LANGUAGE; %s", command);
	FILE *f = popen(line, "r");

	free(line);
	return f;
}
