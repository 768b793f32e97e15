/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The schema: schema-1.sql, then a file with the changes of each further version. A new database runs all
 * files and an older one those that it lacks, so both are the same by construction.
 */
#pragma once
#include "store/db.h"

/*
 * The version of a database, 0 for an empty one. -CAUSE_DAMAGED: another program made it, -CAUSE_VERSION: it
 * is newer than this program. Both are logged.
 */
int schema_version(struct store *s, int *version);
/* Whether schema_migrate() would change it. */
bool schema_is_old(int version);
/* Whether its checksums are those of the newest: they stay, so that what is damaged stays so. */
bool schema_has_sums(int version);
/*
 * Migrates from version (0: empty) to the newest, in one transaction. The runs of one without these checksums
 * get them, unless s->unsummed.
 */
int schema_migrate(struct store *s, int version);
/* 0 if its tables, indices and views are those of its version to the letter; else -CAUSE_DAMAGED, logged. */
int schema_check(struct store *s, int version);
