/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/home.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

const char *home_dir(void)
{
	static char exe[PATH_MAX];
	const char *env = getenv("SCXBENCH_HOME");
	ssize_t n;

	if (env && *env)
		return env;
	n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	if (n < 0)
		return ".";
	exe[n] = '\0';
	return dirname(exe);
}
