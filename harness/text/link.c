/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "text/paint.h"

/* As in a URL: all but what RFC 3986 lets stand. */
static void put_escaped(const char *path)
{
	static const char plain[] = "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	for (; *path; path++)
		printf(strchr(plain, *path) ? "%c" : "%%%02X", (unsigned char)*path);
}

void link_print(const char *path)
{
	char *whole = paint_takes_escapes() ? realpath(path, NULL) : NULL;
	char host[256] = "";

	if (!whole || gethostname(host, sizeof(host) - 1)) {
		printf("%s\n", path);
	} else {
		printf("\033]8;;file://%s", host);
		put_escaped(whole);
		printf("\033\\%s\033]8;;\033\\\n", path);
	}
	free(whole);
}
