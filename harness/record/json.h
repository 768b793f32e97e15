/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of one JSON object with a schema number. A reader asks for each member by name and type. The first
 * member that is missing or has another type is noted in the document and reported once, at the end. So a
 * reader is a plain list of its members.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Writers, for json_pack's "o". Text that is not UTF-8 is cleaned; NULL and NAN become null. */
json_t *json_from_text(const char *s);
json_t *json_from_double(double value);
json_t *json_from_texts(char *const *list); /* NULL-terminated */
/* Takes ownership of both. */
bool json_same(json_t *a, json_t *b);
/* Takes ownership of the object (NULL: out of memory) and writes it durably. Logs the cause of a failure. */
int json_write(const char *path, json_t *object);

struct json_doc {
	const char *path;
	json_t *root;
	int schema;
	const char *bad; /* first member that is missing or wrong, or NULL */
	char *rule;	 /* that it breaks, or NULL */
};

/*
 * -CAUSE_DAMAGED if it is not a JSON object, -CAUSE_VERSION if its "schema" is not from 1 to newest; logged.
 */
int json_open(const char *path, int newest, struct json_doc *doc);
/* The same for an object in memory, which it takes ownership of. where: its name in messages. */
int json_open_object(const char *where, int newest, json_t *object, struct json_doc *doc);
/* 0, or -CAUSE_DAMAGED if a member was bad; logged. */
int json_close(struct json_doc *doc);

/* Results are the caller's to free. For a bad member they are an empty value. */
char *json_get_text(struct json_doc *doc, const json_t *object, const char *key);
char *json_get_text_or_null(struct json_doc *doc, const json_t *object, const char *key);
char **json_get_texts(struct json_doc *doc, const json_t *object, const char *key);
/* null is NAN */
double json_get_double(struct json_doc *doc, const json_t *object, const char *key);
int64_t json_get_int(struct json_doc *doc, const json_t *object, const char *key);
bool json_get_bool(struct json_doc *doc, const json_t *object, const char *key);
/* Borrowed; NULL when bad, which jansson's iterators treat as empty. */
const json_t *json_get_array(struct json_doc *doc, const json_t *object, const char *key);
const json_t *json_get_object(struct json_doc *doc, const json_t *object, const char *key);
/* Takes ownership of the rule that a member breaks; NULL: none. */
void json_fault(struct json_doc *doc, const char *what, char *rule);
void json_bad(struct json_doc *doc, const char *what);
