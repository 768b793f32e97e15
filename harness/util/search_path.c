/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/search_path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* In a root without users' ids these seem to be somebody else's. */
bool search_path_is_system(const char *folder)
{
	static const char *const some[] = { "/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
					    "/usr/bin",	       "/sbin",		 "/bin" };

	for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
		if (!strcmp(folder, some[i]))
			return true;
	return false;
}

/* One that is not there may be made later, and one without a name is where we are. */
static bool is_roots(const char *folder)
{
	struct stat st;

	return *folder == '/' && !stat(folder, &st) && !st.st_uid && !(st.st_mode & (S_IWGRP | S_IWOTH));
}

void search_path_guard(void)
{
	char *path = mem_strdup(getenv("PATH")), *rest = path, *kept = mem_strdup(""), *folder, *longer;

	while (!geteuid() && (folder = strsep(&rest, ":"))) {
		if (!search_path_is_system(folder) && !is_roots(folder)) {
			if (*folder != '/' || fs_exists(folder))
				log_warn("'%s' is left out of PATH: not only root can put a program there",
					 folder);
			continue;
		}
		longer = mem_printf("%s%s%s", kept, *kept ? ":" : "", folder);
		free(kept);
		kept = longer;
	}
	if (path && !geteuid())
		setenv("PATH", kept, 1);
	free(kept);
	free(path);
}

bool search_path_has(const char *program)
{
	char *path = mem_strdup(getenv("PATH")), *rest = path, *folder;
	bool has = false;

	while (!has && (folder = strsep(&rest, ":"))) {
		char *file = mem_printf("%s/%s", folder, program);

		has = !access(file, X_OK);
		free(file);
	}
	free(path);
	return has;
}
