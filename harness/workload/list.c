/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every executable in workloads/ describes itself. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "workload/describe.h"

static int list_ask(const char *path, const struct workload_caller *as, struct workload **list)
{
	struct why why = { 0 };
	int err = describe_ask(path, as, list, &why);

	if (err == -EBADMSG)
		log_warn("%s is left out, because its --describe %s: see workloads/README.md", path,
			 why.text);
	return err == -CAUSE_USAGE ? err : 0;
}

/*
 * A name with a dot is documentation, a header or an editor's file; a folder may contain a workload's data.
 */
static int is_candidate(const struct dirent *entry)
{
	return !strchr(entry->d_name, '.') && entry->d_type != DT_DIR;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct workload *)a)->name, ((const struct workload *)b)->name);
}

static int list_dir(const char *given, const struct workload_caller *as, struct workload **list)
{
	char *dir = realpath(given, NULL); /* a workload runs in another directory than we do */
	struct dirent **entry;
	int nr = dir ? scandir(dir, &entry, is_candidate, alphasort) : -1, err = 0;

	if (nr < 0)
		err = log_err(-CAUSE_CANT, "no workloads in %s: %s", given, strerror(errno));
	for (int i = 0; i < nr; i++) {
		char *path = mem_printf("%s/%s", dir, entry[i]->d_name);

		if (!err && !access(path, X_OK))
			err = list_ask(path, as, list);
		free(path);
		free(entry[i]);
	}
	if (nr >= 0)
		free(entry);
	free(dir);
	return err;
}

static int find_double(const struct workload *list)
{
	for (const struct workload *w = list; w->name && w[1].name; w++)
		if (!strcmp(w->name, w[1].name))
			return describe_double(w, w + 1);
	return 0;
}

int workload_list(const char *home, const char *const *env, const struct account *user,
		  struct workload **list)
{
	const struct workload_caller as = { env, user };
	char *given = mem_printf("%s/workloads", home);
	const char *more = getenv("SCXBENCH_WORKLOADS");
	int err;

	*list = mem_zalloc(1, sizeof(**list));
	err = list_dir(given, &as, list);
	if (!err && more && *more)
		err = list_dir(more, &as, list);
	free(given);
	qsort(*list, workload_count(*list), sizeof(**list), by_name);
	return err ? err : find_double(*list);
}

const struct account *workload_user(const struct workload *w)
{
	return w->as_root ? NULL : w->user;
}

void workload_list_free(struct workload *list)
{
	for (struct workload *w = list; w && w->name; w++) {
		free(w->name);
		free(w->path);
		free(w->given);
		free(w->variant);
		free(w->summary);
		free(w->primary);
		free(w->identity);
	}
	free(list);
}
