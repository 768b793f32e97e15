/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory that a test may fill: make_dir and remove_dir are its cmocka setup and teardown. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include "util/mem.h"

static char dir[64];

/* Its path joined to a name; one of 2 static buffers, used in turn. */
static const char *in_dir(const char *name)
{
	static char path[2][256];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, name);
	return path[turn];
}

static int make_dir(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/scxbench-store-XXXXXX");
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	char *command = mem_printf("rm -rf '%s'", dir);
	int err = system(command);

	(void)state;
	free(command);
	return err;
}
