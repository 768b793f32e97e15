/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that a person gives to runs, and how the gate judged them. */
#include <stdlib.h>
#include <string.h>
#include "record/name.h"
#include "store/checksum.h"
#include "store/files.h"
#include "store/write.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

/* Finds one run with a statement that takes a name and a machine. */
static int find_one(struct store *s, const char *sql, const char *name, const char *host, char **id)
{
	sqlite3_stmt *stmt;
	int found = db_prepare(s, sql, &stmt);

	if (found)
		return found;
	db_bind(stmt, "tt", name, host);
	found = db_row(s, stmt);
	*id = found > 0 ? db_text(stmt, 0) : NULL;
	sqlite3_finalize(stmt);
	return found;
}

int store_find(struct store *s, const char *name, const char *host, char **id)
{
	static const char *const ways[] = {
		"SELECT id FROM run WHERE id = ?1 AND (?2 IS NULL OR host = ?2)",
		"SELECT id FROM run JOIN tag USING (run) WHERE tag = ?1 AND (?2 IS NULL OR host = ?2) "
		"ORDER BY run DESC LIMIT 1",
		"SELECT id FROM run WHERE ?1 = 'latest' AND (?2 IS NULL OR host = ?2) "
		"ORDER BY run DESC LIMIT 1",
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		int found = find_one(s, ways[i], name, host, id);

		if (found)
			return found < 0 ? found : 0;
	}
	return log_err(-CAUSE_NOT_FOUND, "no run or tag '%s'%s in %s: see 'scxbench store --list'", name,
		       host ? " of this machine" : "", s->path);
}

static int check_tag(struct store *s, const char *tag)
{
	const char *rule = name_fault(NAME_TAG, tag);
	char *id = NULL;
	int found;

	if (rule)
		return log_err(-CAUSE_USAGE, "'%s' can't be a tag: %s", tag, rule);
	found = find_one(s, "SELECT id FROM run WHERE id = ?1 AND ?2 IS NULL", tag, NULL, &id);
	free(id);
	return found > 0 ? log_err(-CAUSE_USAGE, "'%s' is the id of a run: choose another tag", tag) : found;
}

static int tag_change(struct store *s, const char *sql, int64_t run, const char *tag)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	db_bind(stmt, "it", run, tag);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

/* A change of a run's row or tags, with its checksum. */
static int run_change(struct store *s, const char *sql, int64_t run, const char *tag)
{
	int err = db_begin(s);

	if (err)
		return err;
	err = tag_change(s, sql, run, tag);
	if (!err && !sqlite3_changes(s->db))
		err = -CAUSE_NOT_FOUND;
	if (!err)
		err = checksum_run(s, run);
	return db_end(s, err);
}

/* *other: another run of the same machine that has the tag, or NULL. */
static int owner(struct store *s, const char *tag, const char *id, char **other)
{
	int found = find_one(s,
			     "SELECT id FROM run JOIN tag USING (run) WHERE tag = ?1 AND id <> ?2 "
			     "AND host IS (SELECT host FROM run WHERE id = ?2)",
			     tag, id, other);

	return found < 0 ? found : 0;
}

/* before: the run that loses it, or 0. */
static int tag_move(struct store *s, int64_t before, int64_t run, const char *tag)
{
	int err = db_begin(s);

	if (err)
		return err;
	err = tag_change(s,
			 "DELETE FROM tag WHERE tag = ?2 AND run IN (SELECT run FROM run WHERE host IS "
			 "(SELECT host FROM run WHERE run = ?1))",
			 run, tag);
	if (!err)
		err = tag_change(s, "INSERT INTO tag (run, tag) VALUES (?1, ?2)", run, tag);
	if (!err)
		err = checksum_run(s, run);
	if (!err && before)
		err = checksum_run(s, before);
	return db_end(s, err);
}

int store_tag(struct store *s, const char *id, const char *tag)
{
	char *before = NULL;
	int64_t run, loser = 0;
	int err = check_tag(s, tag);

	if (!err)
		err = checksum_known_run(s, id, &run);
	if (!err)
		err = owner(s, tag, id, &before);
	if (!err && before)
		err = checksum_known_run(s, before, &loser);
	if (!err)
		err = tag_move(s, loser, run, tag);
	if (!err && before)
		err = files_write_marks(s, before);
	if (!err)
		err = files_write_marks(s, id);
	free(before);
	return err;
}

int write_tags(struct store *s, int64_t run, const char *tags)
{
	char *list = mem_strdup(tags ? tags : ""), *save = NULL;
	int err = 0;

	for (char *tag = strtok_r(list, ",", &save); tag && !err; tag = strtok_r(NULL, ",", &save))
		err = tag_change(
			s,
			"INSERT INTO tag (run, tag) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM tag JOIN run "
			"USING (run) WHERE tag = ?2 AND host IS (SELECT host FROM run WHERE run = ?1))",
			run, tag);
	free(list);
	return err;
}

int store_untag(struct store *s, const char *id, const char *tag)
{
	int64_t run;
	int err = checksum_known_run(s, id, &run);

	if (err)
		return err;
	err = run_change(s, "DELETE FROM tag WHERE run = ?1 AND tag = ?2", run, tag);
	if (err == -CAUSE_NOT_FOUND)
		return log_err(-CAUSE_NOT_FOUND, "run %s has no tag '%s'", id, tag);
	return err ? err : files_write_marks(s, id);
}

int store_rule(struct store *s, const char *id, const char *gate)
{
	int64_t run;
	int err = checksum_known_run(s, id, &run);

	if (!err)
		err = run_change(s, "UPDATE run SET gate = ?2 WHERE run = ?1", run, gate);
	return err ? err : files_write_marks(s, id);
}
