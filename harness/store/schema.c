/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/schema.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "store/sums.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define APPLICATION_ID 0x73637862 /* "scxb" */

/* The text of the files, NUL-terminated. */
#define SCHEMA_FILE(n)                                                         \
	extern const char schema_##n[];                                        \
	__asm__(".pushsection .rodata\n"                                       \
		"schema_" #n ": .incbin \"harness/store/schema-" #n ".sql\"\n" \
		".byte 0\n"                                                    \
		".popsection\n");
#define SCHEMA_PLACE(n) [(n) - 1] = schema_##n,

/* The Makefile finds them: SCHEMAS(each) is each(1) each(2) ... */
SCHEMAS(SCHEMA_FILE)
static const char *const files[] = { SCHEMAS(SCHEMA_PLACE) };
#define NEWEST ((int)(sizeof(files) / sizeof(*files)))
/* The latest of them that changed a column, and with it all checksums. */
#define NEWEST_COLUMNS 4

int schema_version(struct store *s, int *version)
{
	int64_t app, number, objects;
	int err = db_number(s, "PRAGMA application_id", &app);

	if (!err)
		err = db_number(s, "PRAGMA user_version", &number);
	if (!err)
		err = db_number(s, "SELECT count(*) FROM sqlite_schema", &objects);
	if (err)
		return err;
	*version = (int)number;
	if (!objects && !app && !number)
		return 0;
	if (app != APPLICATION_ID || number < 1)
		return log_err(-CAUSE_DAMAGED, "%s is the database of another program: name another file",
			       s->path);
	if (number > NEWEST)
		return log_err(
			-CAUSE_VERSION,
			"%s was written by a newer scxbench (schema %lld, this one knows %d): use that one",
			s->path, (long long)number, NEWEST);
	return 0;
}

static int schema_step(struct store *s, int version)
{
	char *mark = mem_printf("PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID,
				version + 1);
	int err = db_begin(s);

	if (!err) {
		/* One of them. NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
		err = db_exec(s, files[version]);
		if (!err)
			err = db_exec(s, mark);
		err = db_end(s, err);
	}
	free(mark);
	return err;
}

static int migrate_from(struct store *s, int from, int to)
{
	int err = 0;

	for (; from < to && !err; from++)
		err = schema_step(s, from);
	return err;
}

bool schema_is_old(int version)
{
	return version < NEWEST;
}

bool schema_has_sums(int version)
{
	return version >= NEWEST_COLUMNS;
}

int schema_migrate(struct store *s, int version)
{
	int err = db_begin(s);

	if (err)
		return err;
	err = migrate_from(s, version, NEWEST);
	if (!err && version && !s->unsummed)
		err = schema_has_sums(version) ? totals_set_hosts(s) : sums_fill(s);
	return db_end(s, err);
}

/* A whole schema as one text; the caller's to free. NULL when it can't be read. */
static char *text_of(struct store *s)
{
	sqlite3_stmt *stmt;
	char *text = NULL;

	if (db_prepare(s,
		       "SELECT group_concat(type || name || tbl_name || coalesce(sql, ''), char(10) "
		       "ORDER BY type, name) FROM sqlite_schema",
		       &stmt))
		return NULL;
	if (db_row(s, stmt) > 0)
		text = db_text(stmt, 0);
	sqlite3_finalize(stmt);
	return text;
}

int schema_check(struct store *s, int version)
{
	struct store model = { .path = s->path, .transfer = true };
	char *found = text_of(s), *wanted = NULL;
	int err =
		sqlite3_open(":memory:", &model.db) == SQLITE_OK ? migrate_from(&model, 0, version) : -ENOMEM;

	if (!err)
		wanted = text_of(&model);
	if (!err && (!found || !wanted || strcmp(found, wanted)))
		err = db_damaged(s, "its tables are not those of its version");
	sqlite3_close(model.db);
	free(found);
	free(wanted);
	return err;
}
