/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Users of this machine, and becoming one for good. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct account {
	uid_t uid;
	gid_t gid;
	char *name; /* its number, where it has no name */
	char *home;
	gid_t *group;
	int nr_groups;
};

/* By name or number. A number needs no entry in the list of users. -ENOENT, not logged. */
int account_find(const char *text, struct account *a);
/*
 * For what need not be root. Of root: the user who called sudo, else nobody; in a user namespace without that
 * user, and of any other user: what runs now.
 */
void account_default(struct account *a);
/* NULL when it is what runs now, and there is nothing to become. */
const struct account *account_other(const struct account *a);
void account_free(struct account *a);

/* Who called sudo; false, and nothing is set: nobody did, or root itself. */
bool account_of_sudo(uid_t *uid, gid_t *gid);
/* Can root here become that user? Not in a user namespace that has no such user. */
bool account_is_possible(const struct account *a);

/*
 * Its user, groups and, in the environment, its name and home. Of the capabilities those of this set
 * (util/caps.h) stay, of root all; no program that is executed gets more. The kernel forgets a
 * PR_SET_PDEATHSIG. Negative errno, not logged.
 */
int account_become(const struct account *a, uint64_t held);
