/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One field of a struct: its name, place and type, its column in the store, its range, its meaning. With a
 * table of fields this code writes a struct to a file, reads it, checks, compares and frees it; store/rows.h
 * writes it to the store and reads it. The tables of a run and a sample are in fields.c.
 *
 * A type has the functions of one kind of member. They get the whole struct, because a list may have to be as
 * long as another one.
 */
#pragma once
#include <stddef.h>
#include "record/json.h"
#include "record/name.h"

struct field;

enum field_column { FIELD_NO_COLUMN, FIELD_INTEGER, FIELD_REAL, FIELD_TEXT };

struct field_type {
	const char *name; /* for people: "count" */
	json_t *(*put)(const struct field *f, const void *of);
	/* object: the one that has the field as a member. A wrong value is noted with json_bad(). */
	void (*get)(const struct field *f, struct json_doc *doc, const json_t *object, void *of);
	/*
	 * NULL, or the rule that a member breaks, whichever door it came through; the caller's to free. NULL:
	 * it has no rule but its type.
	 */
	char *(*fault)(const struct field *f, const void *of);
	void (*clear)(const struct field *f, void *of); /* NULL: nothing to free */

	enum field_column column;
	int64_t min, max; /* range of an integer */
	int64_t (*integer)(const void *member);
	void (*set_integer)(void *member, int64_t value);
	const char *(*text)(const void *member);
	void (*set_text)(void *member, const char *text); /* copied */
};

extern const struct field_type type_text;	  /* char *, never NULL */
extern const struct field_type type_text_or_null; /* char * */
extern const struct field_type type_count;	  /* unsigned */
extern const struct field_type type_int;	  /* int */
extern const struct field_type type_int64;	  /* int64_t */
extern const struct field_type type_seed;	  /* uint64_t; text in JSON, whose integers have 63 bits */
extern const struct field_type type_bool;	  /* bool */
extern const struct field_type type_double;	  /* double, NAN: null */
extern const struct field_type type_status;	  /* enum status */
extern const struct field_type type_texts;	  /* char **, NULL-terminated */
/* char **, as long as another list, with NULLs; the array itself may be NULL, which is all NULLs. */
extern const struct field_type type_texts_or_null;

struct field {
	const char *name; /* in JSON */
	size_t at;	  /* offsetof() */
	const struct field_type *type;
	const char *column;   /* of the struct's table in the store; NULL: other code stores it */
	const char *doc;      /* the same text as in results/README.md */
	const char *unit;     /* or NULL */
	const char *object;   /* the JSON object that it is a member of; NULL: the file's own */
	unsigned since;	      /* the first schema whose files have it; 0: all have it */
	double older;	      /* a number's value in older files; every other type is NULL or empty there */
	int64_t min, max;     /* instead of the type's; max 0: the type's */
	size_t along;	      /* of a list: offset of the list that it is as long as; 0: any length */
	enum name_kind names; /* of a text, or of all in a list */
	double least, most;   /* of a number; both 0: any that is finite */
	bool changes;	      /* may change after the first sample */
};

struct fields {
	const struct field *field;
	size_t nr;
	const char *table; /* in the store */
	size_t size;	   /* of the struct */
	int schema;	   /* of the files that are written; all from 1 on are read */
};

static inline void *field_of(const struct field *f, const void *of)
{
	return (char *)of + f->at;
}

/* Like record_write() and the others there, for any struct with a table. */
int fields_write(const struct fields *t, const char *path, const void *of);
int fields_read(const struct fields *t, const char *path, void *of);
/* NULL, or "NAME: RULE" of the first field that breaks its rule; the caller's to free. */
char *fields_fault(const struct fields *t, const void *of);
int fields_check(const struct fields *t, const void *of, const char *where);
/* Equal to the last bit, except for fields that may change. */
bool fields_same(const struct fields *t, const void *a, const void *b);
void fields_free(const struct fields *t, void *of);
