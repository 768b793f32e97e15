/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * perf.txt: what perf printed, sample by sample. One file, because a run of 10,000 samples has as many files
 * of perf.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include "export/exports.h"
#include "record/record.h"
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"

/* A file that disappeared meanwhile is left out. */
static void put_file(struct buf *b, const char *path)
{
	char *text;

	if (fs_read(path, &text, NULL))
		return;
	buf_printf(b, "# %s\n", strrchr(path, '/') + 1);
	buf_put(b, text);
	free(text);
}

int export_perf(const char *run_dir, const char *out_dir, bool emulated)
{
	char *pattern = mem_printf("%s/perf-*.json", run_dir), *path = mem_printf("%s/perf.txt", out_dir);
	struct buf b = { 0 };
	glob_t files = { 0 };
	int err = 0;

	if (!glob(pattern, 0, NULL, &files)) {
		buf_printf(&b, "# emulated: %s\n", emulated_name(emulated));
		for (size_t i = 0; i < files.gl_pathc; i++)
			put_file(&b, files.gl_pathv[i]);
	}
	globfree(&files);
	if (b.len) {
		err = fs_make_dir(out_dir);
		if (!err)
			err = fs_save(path, b.text);
	}
	free(b.text);
	free(path);
	free(pattern);
	return err;
}
