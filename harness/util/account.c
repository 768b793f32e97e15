/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/account.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "util/caps.h"
#include "util/mem.h"

#define NOBODY 65534 /* also its group */

static bool id_of(const char *text, unsigned *id)
{
	char *end;
	unsigned long n = text && *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : ULONG_MAX;

	*id = (unsigned)n;
	return n < UINT_MAX && !*end;
}

bool account_of_sudo(uid_t *uid, gid_t *gid)
{
	unsigned user, group;

	if (!id_of(getenv("SUDO_UID"), &user) || !id_of(getenv("SUDO_GID"), &group) || !user)
		return false;
	*uid = user;
	*gid = group;
	return true;
}

static void account_take(const struct passwd *p, struct account *a)
{
	int most = 64;

	*a = (struct account){ .uid = p->pw_uid,
			       .gid = p->pw_gid,
			       .name = mem_strdup(p->pw_name),
			       .home = mem_strdup(p->pw_dir) };
	do {
		a->group = mem_resize(a->group, (size_t)most * sizeof(*a->group));
		a->nr_groups = most;
		most *= 2;
	} while (getgrouplist(a->name, a->gid, a->group, &a->nr_groups) < 0 && most <= NGROUPS_MAX);
}

static void account_number(uid_t uid, gid_t gid, struct account *a)
{
	*a = (struct account){
		.uid = uid, .gid = gid, .name = mem_printf("%u", uid), .home = mem_strdup("/")
	};
}

int account_find(const char *text, struct account *a)
{
	struct passwd *p = getpwnam(text);
	unsigned uid;
	bool is_number = id_of(text, &uid);

	if (!p && is_number)
		p = getpwuid(uid);
	if (p)
		account_take(p, a);
	else if (is_number)
		account_number(uid, NOBODY, a);
	return p || is_number ? 0 : -ENOENT;
}

void account_free(struct account *a)
{
	free(a->name);
	free(a->home);
	free(a->group);
	*a = (struct account){ 0 };
}

static void account_of(uid_t uid, gid_t gid, struct account *a)
{
	struct passwd *p = getpwuid(uid);

	if (p)
		account_take(p, a);
	else
		account_number(uid, gid, a);
}

const struct account *account_other(const struct account *a)
{
	return a->uid == geteuid() ? NULL : a;
}

/* Lines of "first, first outside, how many". */
bool account_is_possible(const struct account *a)
{
	FILE *map = fopen("/proc/self/uid_map", "re");
	unsigned first, outside, nr;
	bool found = !map;

	while (!found && fscanf(map, "%u %u %u", &first, &outside, &nr) == 3)
		found = a->uid >= first && a->uid - first < nr;
	if (map)
		fclose(map);
	return found;
}

void account_default(struct account *a)
{
	uid_t uid = NOBODY;
	gid_t gid = NOBODY;

	account_of_sudo(&uid, &gid);
	account_of(uid, gid, a);
	if (!geteuid() && account_is_possible(a))
		return;
	account_free(a);
	account_of(geteuid(), getegid(), a);
}

static void account_announce(const struct account *a)
{
	setenv("HOME", a->home, 1);
	setenv("USER", a->name, 1);
	setenv("LOGNAME", a->name, 1);
}

int account_become(const struct account *a, uint64_t held)
{
	int err = a->uid ? caps_bound(held) : 0;

	if (err)
		return err;
	account_announce(a);
	if (prctl(PR_SET_KEEPCAPS, 1) || setgroups((size_t)a->nr_groups, a->group) ||
	    setresgid(a->gid, a->gid, a->gid) || setresuid(a->uid, a->uid, a->uid))
		return -errno;
	err = a->uid ? caps_hold(held) : 0;
	if (!err && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		err = -errno;
	return err;
}
