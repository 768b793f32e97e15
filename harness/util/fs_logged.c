/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/owner.h"

static int log_failed(int err, const char *doing, const char *path)
{
	return err ? log_err(cause_of_file(err), "can't %s %s: %s", doing, path, strerror(-err)) : 0;
}

int fs_save(const char *path, const char *text)
{
	return log_failed(fs_write_durable(path, text, strlen(text)), "write", path);
}

int fs_save_named(const char *path, const char *text)
{
	struct stat st;

	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		return log_err(-CAUSE_USAGE,
			       "%s is not a regular file and can't be replaced: give another name", path);
	return cause_if_named(fs_save(path, text));
}

int fs_unread(const char *path, int err)
{
	if (!*path)
		return log_err(-CAUSE_USAGE, "the name of a file is empty: give one");
	if (err == -EISDIR || err == -EINVAL)
		return log_err(-CAUSE_USAGE, "%s is not a file", path);
	return log_err(err == -EFBIG ? -CAUSE_USAGE : cause_if_named(err), "%s can't be read: %s", path,
		       strerror(-err));
}

int fs_check_text(const char *name, const char *text, size_t len)
{
	return strlen(text) == len
		       ? 0
		       : log_err(-CAUSE_USAGE, "%s is not a text, for it has a zero byte: write it again",
				 name);
}

int fs_load(const char *path, char **text)
{
	return log_failed(fs_read(path, text, NULL), "read", path);
}

int fs_make_dir(const char *path)
{
	return log_failed(fs_mkdirs(path), "make", path);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

int fs_remove_tree(const char *path)
{
	struct owner o = owner_enter(path);
	int err = nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) ? -errno : 0;

	owner_leave(&o);
	return log_failed(err == -ENOENT ? 0 : err, "remove", path);
}
