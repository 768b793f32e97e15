/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One process at a time: a record lock, which no child inherits and which the kernel gives up in the moment
 * our process is gone, however it ends.
 */
#pragma once

/* -EBUSY, logged with the process that holds it. The file is made where it is missing, and stays. */
int lock_take(const char *path);
void lock_give(void);
/* What its holder is at, for others to read while it holds the lock. */
int lock_tell(const char *text);
/* That, if another process holds the lock and has told; else NULL. The caller's to free. */
char *lock_told(const char *path);
