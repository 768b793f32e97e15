/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/cli.h"

#include <stdio.h>

int cli_usage(const char *text, int code)
{
	fputs(text, code == EXIT_CODE_OK ? stdout : stderr);
	return code;
}
