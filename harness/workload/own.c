/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A workload that the user names by its path. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "workload/describe.h"

bool workload_is_path(const char *given)
{
	return strchr(given, '/');
}

/* "a/b#loaded" is a/b, and its variant "loaded". */
static char *file_of(const char *given)
{
	size_t len = strcspn(given, "#");
	char *path = mem_zalloc(len + 1, 1);

	return memcpy(path, given, len);
}

static const char *variant_of(const char *given)
{
	const char *variant = strchr(given, '#');

	return variant ? variant + 1 : NULL;
}

/* path: the file's, in full; NULL: there is none. */
static int check_file(const char *file, const char *path)
{
	struct stat st;

	if (!path || stat(path, &st))
		return log_err(-CAUSE_NOT_FOUND, "no workload at %s: %s", file, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return log_err(-CAUSE_USAGE, "%s is no file: name an executable", file);
	if (!(st.st_mode & 0111))
		return log_err(-CAUSE_USAGE, "%s is not executable: chmod +x it", file);
	if (strpbrk(strrchr(path, '/'), "#:, "))
		return log_err(-CAUSE_USAGE,
			       "%s: a workload's name may hold no '#', ':', ',' or blank: rename it", file);
	return 0;
}

static bool is_there(const struct workload *list, const char *path)
{
	for (; list->name; list++)
		if (!strcmp(list->path, path))
			return true;
	return false;
}

static int find_doubles(const struct workload *list, size_t had)
{
	for (const struct workload *w = list + had; w->name; w++)
		for (const struct workload *other = list; other < w; other++)
			if (!strcmp(w->name, other->name))
				return describe_double(other, w);
	return 0;
}

static int ask_file(const char *path, const struct workload_caller *as, struct workload **list)
{
	size_t had = workload_count(*list);
	struct why why = { 0 };
	int err = describe_ask(path, as, list, &why);

	if (err == -EBADMSG)
		return log_err(-CAUSE_USAGE, "%s is no workload: its --describe %s: see workloads/README.md",
			       path, why.text);
	return err ? err : find_doubles(*list, had);
}

/* As they are to be named again. */
static void note_given(struct workload *list, const char *path, const char *file)
{
	for (struct workload *w = list; w->name; w++)
		if (!w->given && !strcmp(w->path, path))
			w->given = *w->variant ? mem_printf("%s#%s", file, w->variant) : mem_strdup(file);
}

int workload_add(const char *given, const char *const *env, const struct account *user,
		 struct workload **list)
{
	const struct workload_caller as = { env, user };
	char *file = file_of(given),
	     *path = realpath(file, NULL); /* it runs in another directory than we do */
	int err = check_file(file, path);

	if (!err && !is_there(*list, path))
		err = ask_file(path, &as, list);
	if (!err)
		note_given(*list, path, file);
	free(file);
	free(path);
	return err;
}

bool workload_is_given(const struct workload *w, const char *given)
{
	char *file = file_of(given), *path = realpath(file, NULL);
	const char *variant = variant_of(given);
	bool is = path && !strcmp(path, w->path) && (!variant || !strcmp(variant, w->variant));

	free(file);
	free(path);
	return is;
}
