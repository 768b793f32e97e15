/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One process has the store open. Who it is stands in <database>.lock, which is locked as a whole (fcntl:
 * the kernel lets go when the process ends, however it ends, and children do not inherit it). When the
 * database is closed the file keeps its size and time, so that one that nobody else touched since need not
 * be read through.
 */
#pragma once
#include <stdbool.h>

struct db_lock;

/* -EBUSY when another process has it, logged with its command, process and since when. */
int db_lock_take(const char *database, struct db_lock **lock);
/* The database is as it was left by the last close. */
bool db_lock_knows(const struct db_lock *lock);
/* sound: remember the database as it is now. */
void db_lock_release(struct db_lock *lock, bool sound);
