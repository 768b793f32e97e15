/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checksums of what is stored: SHA-512/256 over the values of the rows, in the order in which they are read.
 * They find what a disk, a program or a hand has changed; who wants to deceive can make new ones. A run has
 * one of what may change and of its lists, and one of its machine; a sample has one with all that hangs on
 * it.
 *
 * Row ids are not part of them, but the columns of a table are: a schema that adds columns makes all of them
 * again, see schema_migrate().
 */
#pragma once
#include <sha2.h>
#include "store/db.h"

struct checksum {
	uint8_t byte[SHA512_256_DIGEST_LENGTH];
};

/* Adds the columns of the row that stmt is at, from the first on. Call it before any other that reads them.
 */
void checksum_add(SHA2_CTX *sum, sqlite3_stmt *stmt, int first);
struct checksum checksum_end(SHA2_CTX *sum);
/* Whether the column has it. */
bool checksum_is(const struct checksum *sum, sqlite3_stmt *stmt, int column);

/* Stores the checksum of a run after a change, or also of its machine, which never changes. */
int checksum_run(struct store *s, int64_t run);
int checksum_machine(struct store *s, int64_t run);
/* -CAUSE_DAMAGED, logged, if a run is not what was stored. */
int checksum_check_run(struct store *s, int64_t run);
/*
 * Of the runs that a condition on the table "run" leaves ("": all), without their machines: logs each that is
 * not, and sets bad[its row], of most + 1.
 */
int checksum_check_runs(struct store *s, const char *where, bool *bad, int64_t most);

/* The row of a run that is to be changed; it is what was stored. -CAUSE_NOT_FOUND, logged. */
int checksum_known_run(struct store *s, const char *id, int64_t *run);

/* Logs what is not what was stored, with the cure. -CAUSE_DAMAGED. */
int checksum_damaged(struct store *s, const char *id, const char *what);
