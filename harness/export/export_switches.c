/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who ran where, for Perfetto: the files of the run, beside its page. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include "export/exports.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* A file that disappeared meanwhile is left out. */
static int copy_file(const char *from, const char *out_dir)
{
	char *path = mem_printf("%s%s", out_dir, strrchr(from, '/')), *text;
	size_t len;
	int err = 0;

	if (!fs_read(from, &text, &len)) {
		err = fs_write_durable(path, text, len);
		free(text);
	}
	free(path);
	return err ? log_err(err, "can't write to %s: %s", out_dir, strerror(-err)) : 0;
}

int export_switches(const char *run_dir, const char *out_dir)
{
	char *pattern = mem_printf("%s/switches-*.json", run_dir);
	glob_t files = { 0 };
	int err = 0;

	if (!glob(pattern, 0, NULL, &files)) {
		err = fs_make_dir(out_dir);
		for (size_t i = 0; i < files.gl_pathc && !err; i++)
			err = copy_file(files.gl_pathv[i], out_dir);
	}
	globfree(&files);
	free(pattern);
	return err;
}
