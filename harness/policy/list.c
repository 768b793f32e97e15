/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The policies of this repo: what the build wrote to <home>/schedulers. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include "policy/policy.h"
#include "util/mem.h"

char *policy_object(const char *home, const char *name)
{
	return mem_printf("%s/schedulers/%s" POLICY_OBJECT_EXT, home, name);
}

char **policy_list(const char *home)
{
	char *pattern = policy_object(home, "*"), **name = NULL;
	size_t nr = 0;
	glob_t g;

	if (!glob(pattern, 0, NULL, &g)) {
		for (; nr < g.gl_pathc; nr++) {
			const char *file = strrchr(g.gl_pathv[nr], '/') + 1;

			name = mem_grow(name, nr, sizeof(*name));
			name[nr] = mem_printf("%.*s", (int)(strlen(file) - strlen(POLICY_OBJECT_EXT)), file);
		}
		globfree(&g);
	}
	free(pattern);
	name = mem_grow(name, nr, sizeof(*name));
	name[nr] = NULL;
	return name;
}

void policy_list_free(char **name)
{
	for (size_t i = 0; name[i]; i++)
		free(name[i]);
	free(name);
}
