/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/fs.h"
#include "util/mem.h"

#define PATHS 4

static char folder[] = "/tmp/scxbench-fuzz.XXXXXX";

static void remove_folder(void)
{
	fs_remove_tree(folder);
}

static void make_folder(void)
{
	static bool made;

	if (made)
		return;
	made = true;
	if (!mkdtemp(folder))
		abort();
	setenv("SCXBENCH_ROOT", folder, 1);
	atexit(remove_folder);
}

const char *fuzz_path(const char *name)
{
	static char *path[PATHS];
	static unsigned next;
	unsigned at = next++ % PATHS;

	make_folder();
	free(path[at]);
	path[at] = mem_printf("%s/%s", folder, name);
	return path[at];
}

const char *fuzz_file(const char *name, const uint8_t *data, size_t size)
{
	const char *path = fuzz_path(name);
	FILE *file = fopen(path, "w");

	if (!file || fwrite(data, 1, size, file) != size || fclose(file))
		abort();
	return path;
}

char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = mem_zalloc(size + 1, 1);

	memcpy(text, data, size);
	return text;
}

bool fuzz_same(const char *a, const char *b)
{
	size_t len_a, len_b;
	char *x, *y;
	bool same;

	if (fs_read(a, &x, &len_a))
		return false;
	if (fs_read(b, &y, &len_b)) {
		free(x);
		return false;
	}
	same = len_a == len_b && !memcmp(x, y, len_a);
	free(x);
	free(y);
	return same;
}

void fuzz_broken(const char *promise)
{
	fprintf(stderr, "broken: %s\n", promise);
	abort();
}
