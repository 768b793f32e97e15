/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

const char *cli_home(void)
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

int cli_exit_code(int err)
{
	switch (-err) {
	case 0:
		return EXIT_CODE_OK;
	case EINVAL:
	case EEXIST:
	case ENOENT:
		return EXIT_CODE_USAGE;
	case EINTR:
	case ECANCELED:
		return EXIT_CODE_INTERRUPTED;
	case EPERM:
	case EACCES:
	case EROFS:
	case EBUSY:
	case ENOSYS:
	case ENOEXEC:
	case ENOTSUP:
	case EPROTONOSUPPORT:
	case EBADMSG:
		return EXIT_CODE_CANT;
	default:
		return EXIT_CODE_FAILED;
	}
}

int cli_usage(const char *text, int code)
{
	fputs(text, code == EXIT_CODE_OK ? stdout : stderr);
	return code;
}
