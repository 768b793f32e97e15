/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "double.h"

static void trace(const char *step)
{
	const char *path = getenv("DOUBLE_TRACE");
	int fd = path ? open(path, O_WRONLY | O_APPEND | O_CREAT, 0644) : -1;

	if (fd >= 0) {
		dprintf(fd, "%s\n", step);
		close(fd);
	}
}

/* Calls of each step so far. */
static int count(const char *step)
{
	static struct {
		char name[32];
		int calls;
	} seen[64];

	for (int i = 0; i < 64; i++) {
		if (!seen[i].name[0])
			snprintf(seen[i].name, sizeof(seen[i].name), "%s", step);
		if (!strcmp(seen[i].name, step))
			return ++seen[i].calls;
	}
	abort();
}

enum action double_step(const char *step)
{
	const char *at = getenv("DOUBLE_AT");
	char name[32], action[32];
	int nth, call = count(step);

	trace(step);
	double_moment();
	if (!at || sscanf(at, "%31[^:]:%d:%31s", name, &nth, action) != 3 || strcmp(name, step) ||
	    nth != call)
		return GO_ON;
	if (!strcmp(action, "kill"))
		raise(SIGKILL);
	if (!strcmp(action, "int"))
		raise(SIGINT);
	return !strcmp(action, "fail")	  ? FAIL
	       : !strcmp(action, "busy")  ? BUSY
	       : !strcmp(action, "cant")  ? CANT
	       : !strcmp(action, "eject") ? EJECT
	       : !strcmp(action, "leave") ? LEAVE
					  : GO_ON;
}
