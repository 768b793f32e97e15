/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/owner.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/mem.h"
#include "util/search_path.h"

#define LINKS 8 /* that lead to each other */

/* In a root without users' ids that of root seems to be another. */
static bool is_roots(uid_t uid)
{
	struct stat st;

	return !uid || (!stat("/", &st) && uid == st.st_uid);
}

/* Those of a group are root's, or it is that of all users. */
static bool is_open(const struct stat *st)
{
	return (S_ISREG(st->st_mode) || S_ISDIR(st->st_mode)) &&
	       (st->st_mode & S_IWOTH || (st->st_mode & S_IWGRP && st->st_gid));
}

static char *search_other(const char *absolute, int links);

/* sticky: everybody may make a file there that is not there yet. */
static char *other_in_part(const char *part, const struct stat *st, bool *sticky, int links)
{
	char *target, *found;

	*sticky = false;
	if (search_path_is_system(part))
		return NULL;
	if (!is_roots(st->st_uid) && st->st_uid != geteuid())
		return mem_strdup(part);
	if (S_ISLNK(st->st_mode)) {
		target = links ? realpath(part, NULL) : NULL;
		found = target ? search_other(target, links - 1) : NULL;
		free(target);
		return found;
	}
	*sticky = is_open(st) && S_ISDIR(st->st_mode) && st->st_mode & S_ISVTX;
	return is_open(st) && !*sticky ? mem_strdup(part) : NULL;
}

static char *search_other(const char *absolute, int links)
{
	char *part = mem_strdup(absolute), *found = NULL, *last = NULL;
	bool sticky = false, is_end = false, is_there;
	struct stat st;

	for (char *p = part + 1; !found && !is_end; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = '\0';
		is_there = !lstat(part, &st);
		is_end = !is_there || !c;
		if (is_there) {
			found = other_in_part(part, &st, &sticky, links);
			free(last);
			last = mem_strdup(part);
		}
		*p = c;
	}
	if (!found && sticky)
		found = mem_strdup(last);
	free(last);
	free(part);
	return found;
}

char *owner_other_part(const char *path)
{
	char here[PATH_MAX] = "", *absolute, *found;

	if (*path != '/' && !getcwd(here, sizeof(here)))
		return mem_strdup(".");
	absolute = *path == '/' ? mem_strdup(path) : mem_printf("%s/%s", here, path);
	found = search_other(absolute, LINKS);
	free(absolute);
	return found;
}
