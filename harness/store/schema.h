/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The schema: schema-1.sql, then what each further version changed. A new database runs all of them and an
 * older one those it lacks, so both are the same by construction.
 */
#pragma once
#include "store/db.h"

/*
 * The version of a database, 0 for an empty one. -CAUSE_DAMAGED when another program made it, -CAUSE_VERSION
 * when it is newer than this program, both logged.
 */
int schema_version(struct store *s, int *version);
/* From version (0: empty) to the newest, each step in a transaction of its own. */
int schema_migrate(struct store *s, int version);
/* Its tables, indices and views are those of its version, to the letter; else -CAUSE_DAMAGED, logged. */
int schema_check(struct store *s, int version);
