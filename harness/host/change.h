/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Settings of the host as a list of changes: the control file, its value before and its value after. As text
 * it is the restore file, with a line for each: the value before, a tab, the path. A path that begins with
 * "process:" means all processes of that name; its value is "running" or "stopped".
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct change {
	char *path;	      /* below /sys or /proc/sys, without the root that tests set, or process:NAME */
	char *before, *after; /* after NULL: it is not written, only put back */
};

struct changes {
	struct change *change;
	size_t nr;
};

#define CHANGE_PROCESS "process:"

/* Adds a change, unless before and after are the same. */
void changes_add(struct changes *c, const char *path, const char *before, const char *after);
/* Adds a setting that others change and put back: it is written as it is, and so is in the restore file. */
void changes_guard(struct changes *c, const char *path, const char *value);
/*
 * Adds a setting that is not ours, but that a driver alters when a later change of the list is made. It
 * stands before that one, because changes are put back from the last to the first: a driver may refuse it
 * sooner.
 */
void changes_keep(struct changes *c, const char *path, const char *value);
/*
 * A path that stands twice with one value, for a change of its own and for what another alters, is put back
 * once, where it stands first.
 */
bool changes_is_first(const struct changes *c, size_t i);
/* Moves all changes of more, which is empty then, behind those of c. */
void changes_move(struct changes *c, struct changes *more);
void changes_free(struct changes *c);

/* The restore file's text; the caller's to free. */
char *changes_text(const struct changes *c);
/*
 * The changes of such a text: after and before are both its value. -EINVAL, not logged, when it is damaged or
 * names anything but what we change (settings.h, fair.h).
 */
int changes_parse(const char *text, struct changes *c);

/* Its value, the word in brackets of "always [madvise] never"; the caller's to free. Negative errno, not
 * logged. */
int change_read(const char *path, char **value);
/* Writes one setting. Negative errno, not logged: -ENOENT when there is no such file or process. */
int change_write(const char *path, const char *value);
