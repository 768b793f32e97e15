/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/exports.h"

#include <stdlib.h>
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"

#define X(name, file, what) { file, what, export_##name },
static const struct export_file {
	const char *name, *what;
	char *(*make)(const struct compare *c); /* NULL: made elsewhere, if it has any content */
} exports[] = { EXPORTS(X){ "perf.txt", "what perf itself printed, sample by sample", NULL },
		{ "topology.xml", "the machine as hwloc saw it: lstopo -i topology.xml", NULL } };
#undef X
#define NR_EXPORTS (sizeof(exports) / sizeof(*exports))

static int write_one(const struct export_file *e, const struct compare *c, const char *out_dir)
{
	char *path = mem_printf("%s/%s", out_dir, e->name), *text = e->make(c);
	int err = fs_save(path, text);

	free(text);
	free(path);
	return err;
}

int exports_write(const struct compare *c, const char *out_dir)
{
	int err = 0;

	for (size_t i = 0; i < NR_EXPORTS && !err; i++)
		if (exports[i].make)
			err = write_one(&exports[i], c, out_dir);
	return err;
}

static bool is_there(const struct export_file *e, const char *out_dir)
{
	char *path = mem_printf("%s/%s", out_dir, e->name);
	bool there = e->make || fs_exists(path);

	free(path);
	return there;
}

void exports_list(struct buf *b, const char *out_dir)
{
	buf_put(b, "<ul>\n");
	for (size_t i = 0; i < NR_EXPORTS; i++)
		if (is_there(&exports[i], out_dir))
			buf_printf(b, "<li><a href=\"%s\">%s</a>: %s</li>\n", exports[i].name,
				   exports[i].name, exports[i].what);
	buf_put(b, "</ul>\n");
}
