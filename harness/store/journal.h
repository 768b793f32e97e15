/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the database is opened. A writer uses WAL, so that readers and it never wait for each other. WAL needs
 * memory that processes share through a file, which 9p, NFS and some virtiofs do not have: there the journal
 * is a file that is deleted (DELETE), and readers and the writer wait for each other for moments.
 *
 * A reader writes nothing. It needs no write access to the database or its folder, and takes no lock but
 * SQLite's own. It sees the store as it was when it opened it, except where the mode is DELETE.
 */
#pragma once
#include "store/db.h"

/* For the process that holds the lock (lock.h). create: makes the file. A WAL that can't be is left, and
 * said. */
int journal_open(struct store *s, bool create);
/* Makes the journal of a new database. */
int journal_make(struct store *s);
/* The files of the WAL stay when the database is closed: without them a reader would have to make them. */
void journal_keep(struct store *s);
/* Removes a database that could not be made, with its journals. */
void journal_remove(const char *database);

int journal_open_to_read(struct store *s);
/* What is read from now on is of one moment. */
int journal_freeze(struct store *s);
