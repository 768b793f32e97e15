/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/owner.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "util/account.h"
#include "util/fs.h"
#include "util/mem.h"

struct user {
	uid_t uid;
	gid_t gid;
};

static bool search_user(const char *absolute, struct user *u, int links);

/* Is there another user in this path, which exists and has no further part? */
static bool search_user_in_part(const char *path, struct user *u, int links)
{
	struct stat st;
	char *target;
	bool found;

	if (lstat(path, &st))
		return false;
	*u = (struct user){ st.st_uid, st.st_gid };
	if (u->uid || !S_ISLNK(st.st_mode) || !links)
		return u->uid;
	target = realpath(path, NULL);
	found = target && search_user(target, u, links - 1);
	free(target);
	return found;
}

static bool search_user(const char *absolute, struct user *u, int links)
{
	char *part = mem_strdup(absolute);
	bool found = false;

	for (char *p = part + 1; !found; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = '\0';
		found = search_user_in_part(part, u, links);
		*p = c;
		if (!c)
			break;
	}
	free(part);
	return found;
}

/* False: all of the path is root's, or we are not root. */
static bool owner_of(const char *path, struct user *u)
{
	char here[PATH_MAX] = "", *absolute;
	bool found;

	if (geteuid() || (*path != '/' && !getcwd(here, sizeof(here))))
		return false;
	absolute = mem_printf("%s/%s", *path == '/' ? "" : here, path);
	found = search_user(absolute, u, 1);
	free(absolute);
	return found;
}

/* The library's function is for all threads of the process; this is for ours. */
static void thread_groups(int nr, const gid_t *group)
{
	syscall(SYS_setgroups, (size_t)nr, group);
}

struct owner owner_enter(const char *path)
{
	struct owner o = { 0 };
	struct user u;
	int signal = 0;

	if (!owner_of(path, &u))
		return o;
	o.entered = true;
	o.nr_groups = getgroups(0, NULL);
	o.group = mem_zalloc(o.nr_groups + 1, sizeof(*o.group));
	o.nr_groups = getgroups(o.nr_groups, o.group);
	prctl(PR_GET_PDEATHSIG, &signal);
	thread_groups(0, NULL);
	setfsgid(u.gid);
	setfsuid(u.uid);
	prctl(PR_SET_PDEATHSIG, signal); /* the kernel forgets it with the change of user */
	return o;
}

void owner_leave(struct owner *o)
{
	int err = errno, signal = 0;

	if (!o->entered)
		return;
	prctl(PR_GET_PDEATHSIG, &signal);
	setfsuid(geteuid());
	setfsgid(getegid());
	thread_groups(o->nr_groups, o->group);
	prctl(PR_SET_PDEATHSIG, signal);
	free(o->group);
	*o = (struct owner){ 0 };
	errno = err;
}

int owner_become(const char *path)
{
	struct user u;

	if (!owner_of(path, &u))
		return 0;
	return setgroups(0, NULL) || setresgid(u.gid, u.gid, u.gid) || setresuid(u.uid, u.uid, u.uid) ? -errno
												      : 0;
}

int owner_create(const char *path, int flags, mode_t mode)
{
	struct owner o = owner_enter(path);
	int fd = open(path, flags | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode);

	owner_leave(&o);
	return fd;
}

int owner_unlink(const char *path)
{
	struct owner o = owner_enter(path);
	int failed = unlink(path);

	owner_leave(&o);
	return failed;
}

int owner_make_results(const char *dir)
{
	bool is_new = !fs_exists(dir);
	int err = fs_mkdirs(dir);
	struct user u;
	uid_t uid;
	gid_t gid;

	if (!err && is_new && !geteuid() && !owner_of(dir, &u) && account_of_sudo(&uid, &gid) &&
	    lchown(dir, uid, gid))
		err = -errno;
	return err;
}
