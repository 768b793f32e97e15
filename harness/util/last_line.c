/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/last_line.h"
#include <ctype.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"
#include "util/owner.h"

/* Who owns its folder may have put a link to a file of root's in its place, or what waits for a writer. */
static FILE *open_log(const char *path)
{
	char *dir = mem_strdup(path);
	struct owner o = owner_enter(dirname(dir));
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	FILE *log = fd < 0 ? NULL : fdopen(fd, "r");

	owner_leave(&o);
	free(dir);
	return log;
}

void last_line(const char *path, char line[LAST_LINE])
{
	FILE *log = path ? open_log(path) : NULL;
	char text[LAST_LINE];

	line[0] = '\0';
	if (!log)
		return;
	if (fseek(log, -1024, SEEK_END))
		fseek(log, 0, SEEK_SET);
	while (fgets(text, sizeof(text), log)) {
		text[strcspn(text, "\n")] = '\0';
		if (text[0])
			memcpy(line, text, sizeof(text));
	}
	fclose(log);
	for (char *p = line; *p; p++)
		if (iscntrl((unsigned char)*p))
			*p = '?';
}
