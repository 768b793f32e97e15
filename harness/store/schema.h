/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The schema: schema-1.sql, then what each further version changed. A new database runs all of them and an
 * older one those it lacks, so both are the same by construction.
 */
#pragma once
#include "store/db.h"

#define SCHEMA_VERSION 2
#define SCHEMA_APPLICATION_ID 0x73637862 /* "scxb" */

/* From version (0: empty) to the newest, each step in a transaction of its own. */
int schema_migrate(struct store *s, int version);
