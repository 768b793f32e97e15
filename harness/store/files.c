/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/files.h"

#include <ftw.h>
#include <libgen.h>
#include <stdlib.h>
#include "util/fs.h"
#include "util/mem.h"

/* The directory may not exist: an imported run has none. The caller frees the path. */
static char *dir_of(const struct store *s, const char *id)
{
	char *copy = mem_strdup(s->path), *dir = mem_printf("%s/runs/%s", dirname(copy), id);

	free(copy);
	return dir;
}

static int write_marks(struct store *s, const char *id, const char *dir)
{
	struct run in_store, in_file;
	int err = store_load_run(s, id, &in_store);

	if (err)
		return err;
	err = run_read(dir, &in_file);
	if (!err) {
		free(in_file.tags);
		in_file.tags = mem_strdup(in_store.tags);
		free(in_file.gate);
		in_file.gate = mem_strdup(in_store.gate);
		err = run_write(&in_file, dir);
		run_free(&in_file);
	}
	run_free(&in_store);
	return err;
}

int files_write_marks(struct store *s, const char *id)
{
	char *dir = dir_of(s, id);
	int err = fs_exists(dir) ? write_marks(s, id, dir) : 0;

	free(dir);
	return err;
}

static __thread uint64_t bytes_seen; /* nftw() passes no context */

static int count_bytes(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)path, (void)ftw;
	bytes_seen += type == FTW_F ? (uint64_t)st->st_size : 0;
	return 0;
}

uint64_t files_bytes(const struct store *s, const char *id)
{
	char *dir = dir_of(s, id);

	bytes_seen = 0;
	nftw(dir, count_bytes, 16, FTW_PHYS);
	free(dir);
	return bytes_seen;
}

int files_remove(const struct store *s, const char *id)
{
	char *dir = dir_of(s, id);
	int err = fs_remove_tree(dir);

	free(dir);
	return err;
}
