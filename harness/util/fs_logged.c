/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"

static int log_failed(int err, const char *doing, const char *path)
{
	return err ? log_err(cause_if_denied(err), "can't %s %s: %s", doing, path, strerror(-err)) : 0;
}

int fs_save(const char *path, const char *text)
{
	return log_failed(fs_write_durable(path, text, strlen(text)), "write", path);
}

int fs_load(const char *path, char **text)
{
	return log_failed(fs_read(path, text, NULL), "read", path);
}

int fs_make_dir(const char *path)
{
	return log_failed(fs_mkdirs(path), "make", path);
}
