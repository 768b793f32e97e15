/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/rows.h"

#include <stdlib.h>
#include "text/buf.h"

struct row {
	const struct fields *fields;
	const void *of;
	int64_t run;   /* 0: NULL */
	bool changing; /* only columns that may change */
};

/* The next field with a column, from f on; NULL: none. */
static const struct field *column_from(const struct row *row, const struct field *f)
{
	const struct field *end = row->fields->field + row->fields->nr;

	while (f < end && (!f->column || (row->changing && !f->changes)))
		f++;
	return f < end ? f : NULL;
}

/* For each column its name, if wanted, and the text behind it; with commas between them. */
static void put_columns(struct buf *sql, const struct row *row, bool names, const char *behind)
{
	const char *comma = "";

	for (const struct field *f = row->fields->field; (f = column_from(row, f)); f++) {
		buf_printf(sql, "%s%s%s", comma, names ? f->column : "", behind);
		comma = ", ";
	}
}

static void bind_field(sqlite3_stmt *stmt, int at, const struct field *f, const void *of)
{
	const void *member = field_of(f, of);

	if (f->type->column == FIELD_INTEGER)
		sqlite3_bind_int64(stmt, at, f->type->integer(member));
	else if (f->type->column == FIELD_REAL)
		sqlite3_bind_double(stmt, at, *(const double *)member);
	else
		sqlite3_bind_text(stmt, at, f->type->text(member), -1, SQLITE_STATIC);
}

/* Runs the statement, whose parameters are the columns and then the run. Takes ownership of its text. */
static int row_run(struct store *s, const struct row *row, struct buf *sql)
{
	sqlite3_stmt *stmt;
	int at = 1, err = db_prepare(s, sql->text, &stmt);

	free(sql->text);
	if (err)
		return err;
	for (const struct field *f = row->fields->field; (f = column_from(row, f)); f++)
		bind_field(stmt, at++, f, row->of);
	if (row->run)
		sqlite3_bind_int64(stmt, at, row->run);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

int row_insert(struct store *s, const struct fields *t, int64_t run, const void *of)
{
	struct row row = { .fields = t, .of = of, .run = run };
	struct buf sql = { 0 };

	buf_printf(&sql, "INSERT INTO %s (", t->table);
	put_columns(&sql, &row, true, "");
	buf_put(&sql, ", run) VALUES (");
	put_columns(&sql, &row, false, "?");
	buf_put(&sql, ", ?) ON CONFLICT DO NOTHING");
	return row_run(s, &row, &sql);
}

int row_update(struct store *s, const struct fields *t, int64_t run, const void *of)
{
	struct row row = { .fields = t, .of = of, .run = run, .changing = true };
	struct buf sql = { 0 };

	buf_printf(&sql, "UPDATE %s SET ", t->table);
	put_columns(&sql, &row, true, " = ?");
	buf_put(&sql, " WHERE run = ?");
	return row_run(s, &row, &sql);
}

int row_select(struct store *s, const struct fields *t, const char *where, sqlite3_stmt **stmt)
{
	struct row row = { .fields = t };
	struct buf sql = { 0 };
	int err;

	buf_put(&sql, "SELECT ");
	put_columns(&sql, &row, true, "");
	buf_printf(&sql, " FROM %s %s", t->table, where);
	err = db_prepare(s, sql.text, stmt);
	free(sql.text);
	return err;
}

static void read_field(sqlite3_stmt *stmt, int at, const struct field *f, void *of)
{
	void *member = field_of(f, of);

	if (f->type->column == FIELD_INTEGER)
		f->type->set_integer(member, sqlite3_column_int64(stmt, at));
	else if (f->type->column == FIELD_REAL)
		*(double *)member = db_double(stmt, at);
	else
		f->type->set_text(member, (const char *)sqlite3_column_text(stmt, at));
}

void row_read(sqlite3_stmt *stmt, const struct fields *t, void *of)
{
	struct row row = { .fields = t };
	int at = 0;

	for (const struct field *f = t->field; (f = column_from(&row, f)); f++)
		read_field(stmt, at++, f, of);
}
