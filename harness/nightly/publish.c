/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "nightly/publish.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/cause.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/*
 * By cp, which needs no second version here. It copies a link as a link: the results may be another user's,
 * and what a link of theirs leads to is not published. 0 or -EIO; the program has said why.
 */
static int publish_file(const struct publish *p, const char *option, const char *from, const char *to)
{
	struct child c = { .limit_s = p->limit_s };

	child_arg(&c, "cp");
	child_arg(&c, option);
	child_arg(&c, "--");
	child_arg(&c, from);
	child_arg(&c, to);
	return child_run(&c, NULL) ? -EIO : 0;
}

/* The content must be on the disk before its name is. */
static int sync_tree(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int err = fd < 0 || syncfs(fd) ? -errno : 0;

	if (fd >= 0)
		close(fd);
	return err;
}

/* Of a report in another user's folder that user may have made a link, which was copied. */
static int check_folder(const char *copy, const char *report)
{
	struct stat st;

	return !lstat(copy, &st) && S_ISDIR(st.st_mode)
		       ? 0
		       : log_err(-CAUSE_CANT, "%s is not a directory: it is not published", report);
}

/* The gate writes no file for a run that it could not judge. */
static int copy_gate(const struct publish *p, const char *results, const char *id, const char *to)
{
	static const char *const name[] = { PUBLISH_PAGE, PUBLISH_JUNIT };
	int err = 0;

	for (int i = 0; i < 2 && !err; i++) {
		char *from = mem_printf("%s/runs/%s/%s", results, id, name[i]);

		char *place = mem_printf("%s/%s", to, name[i]);

		if (fs_exists(from))
			err = fs_remove_tree(place) ?: publish_file(p, "-pP", from, place);
		free(place);
		free(from);
	}
	return err;
}

static int publish_copy(const struct publish *p, const char *results, const char *id, const char *to)
{
	char *report = mem_printf("%s/report/%s", results, id);
	int err = publish_file(p, "-R", report, to);

	if (!err)
		err = check_folder(to, report);
	free(report);
	if (!err)
		err = copy_gate(p, results, id, to);
	return err ? err : sync_tree(to);
}

/* A link is never changed: a new one takes its name. */
static int point_to(const char *dir, const char *id)
{
	char *link = mem_printf("%s/latest", dir), *next = mem_printf("%s/.latest", dir);
	int err = 0;

	unlink(next);
	if (symlink(id, next) || rename(next, link))
		err = log_err(-errno, "%s can't be made: %s", link, strerror(errno));
	free(link);
	free(next);
	return err;
}

static int put_in_place(const char *draft, const char *place)
{
	if (fs_exists(place))
		return log_err(-CAUSE_EXISTS, "%s exists already", place);
	return rename(draft, place) ? log_err(-errno, "%s can't be made: %s", place, strerror(errno)) : 0;
}

/* Each page of all runs is replaced as a whole. */
static int publish_shared(const struct publish *p, const char *results)
{
	static const char *const name[] = { "history.html", "custody.html", "runs.html", "index.html" };
	char *draft = mem_printf("%s/.draft", p->dir);
	int err = fs_remove_tree(draft);

	for (size_t i = 0; i < sizeof(name) / sizeof(*name) && !err; i++) {
		char *from = mem_printf("%s/report/%s", results, name[i]),
		     *to = mem_printf("%s/%s", p->dir, name[i]);

		if (fs_exists(from)) {
			err = publish_file(p, "-R", from, draft);
			if (!err && rename(draft, to))
				err = log_err(-errno, "%s can't be made: %s", to, strerror(errno));
		}
		free(from);
		free(to);
	}
	free(draft);
	return err;
}

int publish_report(const char *results, const char *id, const struct publish *p)
{
	const char *dir = p->dir;
	char *draft = mem_printf("%s/.draft", dir), *place = mem_printf("%s/%s", dir, id);
	int err = fs_mkdirs(dir);

	if (err)
		log_err(err, "%s can't be written: %s", dir, strerror(-err));
	else
		err = fs_remove_tree(draft); /* of a night that was killed here */
	if (!err)
		err = publish_copy(p, results, id, draft);
	if (!err)
		err = put_in_place(draft, place);
	if (!err)
		err = publish_shared(p, results);
	if (!err)
		err = point_to(dir, id);
	else
		fs_remove_tree(draft);
	free(draft);
	free(place);
	return err;
}

void publish_remove(const char *dir, const char *id)
{
	char *path = mem_printf("%s/%s", dir, id);

	fs_remove_tree(path);
	free(path);
}
