/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Settings of the host as a list of changes: the control file, its value before and its value after. As text
 * it is the restore file, with a line for each: the value before, a tab, the path. A path that begins with
 * "process:" means all processes of that name; its value is "running" or "stopped".
 */
#pragma once
#include <stddef.h>

struct change {
	char *path; /* below /sys or /proc/sys, without the root that tests set, or process:NAME */
	char *before, *after;
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
void changes_free(struct changes *c);

/* The restore file's text; the caller's to free. */
char *changes_text(const struct changes *c);
/*
 * The changes of such a text: after and before are both its value. -EINVAL, not logged, when it is damaged.
 */
int changes_parse(const char *text, struct changes *c);

/* Writes one setting. Negative errno, not logged: -ENOENT when there is no such file or process. */
int change_write(const char *path, const char *value);
