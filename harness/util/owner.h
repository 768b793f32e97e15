/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folders of others. Who owns a folder can put a link in the place of any file in it, also while we work. So
 * root writes there as that user: what the user could not write, root does not write for them, and what root
 * makes is theirs. The owner of a path is the first user other than root that owns a part of it, from the
 * top. All this is about root; any other user simply writes as itself.
 */
#pragma once
#include <fcntl.h>
#include <stdbool.h>
#include <sys/types.h>

struct owner {
	bool entered;
	gid_t *group; /* our own; the caller's until owner_leave() */
	int nr_groups;
};

/* From here to owner_leave() this thread has the owner's rights to files. It keeps all others. */
struct owner owner_enter(const char *path);
/* Leaves errno as it is. */
void owner_leave(struct owner *o);

/* Become the owner of the path for good, before another program is executed. Negative errno, not logged. */
int owner_become(const char *path);

/*
 * As the owner, open() with O_CREAT, O_CLOEXEC and these flags; a link is not followed. unlink(). A
 * descriptor or 0, or -1 with errno.
 */
int owner_create(const char *path, int flags, mode_t mode);
int owner_unlink(const char *path);

/*
 * The first part of a path that another user than root and us could change or put something in the place of,
 * as far as the path exists; the caller's to free. NULL: there is not any. Links are followed.
 */
char *owner_other_part(const char *path);

/*
 * mkdir -p for results. Under sudo a folder that is new belongs to the user who asked. Negative errno, not
 * logged.
 */
int owner_make_results(const char *dir);
