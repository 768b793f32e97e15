/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory for a test's files, gone after it; as cmocka's setup and teardown, or called by them. */
#pragma once
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char tmpdir[64];

static inline int tmpdir_setup(void **state)
{
	(void)state;
	snprintf(tmpdir, sizeof(tmpdir), "/tmp/scxbench-test-XXXXXX");
	return mkdtemp(tmpdir) ? 0 : -1;
}

static inline int tmpdir_remove(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static inline int tmpdir_teardown(void **state)
{
	(void)state;
	return nftw(tmpdir, tmpdir_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* A path below it, in one of 4 static buffers. */
static inline const char *tmpdir_path(const char *name)
{
	static char path[4][256];
	static unsigned turn;
	char *p = path[turn++ % 4];

	snprintf(p, sizeof(path[0]), "%s/%s", tmpdir, name);
	return p;
}
