/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One process at a time: a record lock. No child inherits it, and the kernel releases it as soon as our
 * process is gone, however it ends. Only its owner can open the file: even a reader's lock would keep us out.
 */
#pragma once

/* -EBUSY, logged with the process that holds it. The file is created if it is missing, and stays. */
int lock_take(const char *path);
void lock_give(void);
/* A text about our work, which the owner's other processes can read while we hold the lock. */
int lock_publish(const char *text);
/* The text of another process that holds the lock; NULL without one. The caller's to free. */
char *lock_published(const char *path);
