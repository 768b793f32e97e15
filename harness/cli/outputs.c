/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/outputs.h"

#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* Its name in the folder where it will be, which takes the place of what is there; the caller's to free. */
static char *place_of(const char *path)
{
	char *copy = mem_strdup(path), *dir = realpath(dirname(copy), NULL), *place;

	place = mem_printf("%s/%s", dir ?: copy, strrchr(path, '/') ? strrchr(path, '/') + 1 : path);
	free(dir);
	free(copy);
	return place;
}

static bool is_same(const char *a, const char *b)
{
	char *one = a && b ? place_of(a) : NULL, *other = one ? place_of(b) : NULL;
	bool same = one && !strcmp(one, other);

	free(one);
	free(other);
	return same;
}

int outputs_check(const struct output *output, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		for (size_t j = 0; j < i; j++)
			if (is_same(output[j].path, output[i].path))
				return log_err(-CAUSE_USAGE,
					       "%s and %s: both are to be %s; give each a file of its own",
					       output[j].option, output[i].option, output[i].path);
	return 0;
}

int output_put(const char *path, char *text)
{
	int err = fs_save_named(path, text);

	free(text);
	return err;
}
