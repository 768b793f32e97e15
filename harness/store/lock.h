/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only one process has the store open to write. <database>.lock names it, and is locked as a whole. It is an
 * fcntl lock: the kernel releases it when the process ends, however it ends, and children do not inherit it.
 * When the database is closed the lock file keeps its size and time. So a database that has not changed since
 * need not be checked again. It is open to those that may write in its folder, because a reader could lock it
 * too.
 */
#pragma once
#include <stdbool.h>

struct db_lock;

/* -EBUSY when another process has it, logged with its command, its id and the time since when. */
int db_lock_take(const char *database, struct db_lock **lock);
/* Has the database not changed since the last close? */
bool db_lock_knows(const struct db_lock *lock);
/* The same for a process that only reads, and has no lock. False while another one writes. */
bool db_lock_knew(const char *database);
/* sound: remember the present state of the database. */
void db_lock_release(struct db_lock *lock, bool sound);
