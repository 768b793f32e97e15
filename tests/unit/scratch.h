/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scratch directory for a test, gone after it; as cmocka's setup and teardown, or called by them. */
#pragma once
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/fs.h"
#include "util/mem.h"

static char scratch[64];

static inline int scratch_setup(void **state)
{
	(void)state;
	snprintf(scratch, sizeof(scratch), "/tmp/scxbench-test-XXXXXX");
	return mkdtemp(scratch) ? 0 : -1;
}

static inline int scratch_remove(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static inline int scratch_teardown(void **state)
{
	(void)state;
	return nftw(scratch, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* A path below it, in one of 4 static buffers. */
static inline const char *scratch_path(const char *name)
{
	static char path[4][256];
	static unsigned turn;
	char *p = path[turn++ % 4];

	snprintf(p, sizeof(path[0]), "%s/%s", scratch, name);
	return p;
}

/* A file below it with that text, in folders that are made. */
static inline void scratch_put(const char *name, const char *text)
{
	char *path = mem_strdup(scratch_path(name)), *folder = mem_strdup(path);

	*strrchr(folder, '/') = '\0';
	assert_int_equal(fs_mkdirs(folder), 0);
	assert_int_equal(fs_save(path, text), 0);
	free(folder);
	free(path);
}
