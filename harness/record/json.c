/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/json.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/utf8.h"

json_t *json_from_text(const char *s)
{
	char *clean = utf8_clean(s);
	json_t *j = clean ? json_string(clean) : json_null();

	free(clean);
	return j;
}

json_t *json_from_double(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

json_t *json_from_texts(char *const *list)
{
	json_t *array = json_array();

	for (; list && *list; list++)
		json_array_append_new(array, json_from_text(*list));
	return array;
}

int json_write(const char *path, json_t *object)
{
	/* 17 digits restore every double to the last bit. */
	char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(17)) : NULL;
	int err = text ? fs_save(path, text) : log_err(-ENOMEM, "%s can't be made into text", path);

	free(text);
	json_decref(object);
	return err;
}

/* A workload may write 16 MiB, and each of its numbers is longer here. */
#define JSON_MAX_MB ((size_t)128)

static int check_schema(struct json_doc *doc, int newest)
{
	const json_t *found = json_object_get(doc->root, "schema");

	if (!json_is_integer(found))
		return log_err(-CAUSE_DAMAGED, "%s is damaged or not a file of scxbench: it has no schema",
			       doc->path);
	doc->schema = (int)json_integer_value(found);
	if (doc->schema < 1 || doc->schema > newest)
		return log_err(
			-CAUSE_VERSION,
			"%s has schema %lld, and this scxbench reads 1 to %d: use the scxbench that wrote it",
			doc->path, (long long)json_integer_value(found), newest);
	return 0;
}

int json_open(const char *path, int newest, struct json_doc *doc)
{
	json_error_t why;
	char *text;
	size_t len;
	int err = fs_read_most(path, JSON_MAX_MB << 20, &text, &len);

	*doc = (struct json_doc){ .path = path };
	if (err == -EFBIG)
		return log_err(-CAUSE_DAMAGED, "%s is damaged: a file has at most %zu MiB", path,
			       JSON_MAX_MB);
	if (err)
		return log_err(err, "can't read %s: %s", path, strerror(-err));
	doc->root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
	free(text);
	if (!doc->root)
		return log_err(-CAUSE_DAMAGED, "%s is damaged: byte %d: %s", path, why.position, why.text);
	return json_open_object(path, newest, doc->root, doc);
}

int json_open_object(const char *where, int newest, json_t *object, struct json_doc *doc)
{
	int err;

	*doc = (struct json_doc){ .path = where, .root = object };
	err = check_schema(doc, newest);
	if (err)
		json_decref(doc->root);
	return err;
}

bool json_same(json_t *a, json_t *b)
{
	bool same = a && json_equal(a, b);

	json_decref(a);
	json_decref(b);
	return same;
}

int json_close(struct json_doc *doc)
{
	int err = 0;

	if (doc->rule)
		err = log_err(-CAUSE_DAMAGED, "%s is damaged: '%s' is wrong: %s", doc->path, doc->bad,
			      doc->rule);
	else if (doc->bad)
		err = log_err(-CAUSE_DAMAGED, "%s is damaged: '%s' is missing or wrong", doc->path, doc->bad);
	json_decref(doc->root);
	free(doc->rule);
	return err;
}

void json_fault(struct json_doc *doc, const char *what, char *rule)
{
	if (!rule || doc->bad) {
		free(rule);
		return;
	}
	doc->bad = what;
	doc->rule = rule;
}

void json_bad(struct json_doc *doc, const char *what)
{
	if (!doc->bad)
		doc->bad = what;
}

/* The member if it has that type; else NULL, and the document is bad. */
static const json_t *member(struct json_doc *doc, const json_t *object, const char *key, json_type type)
{
	const json_t *j = json_object_get(object, key);

	if (j && json_typeof(j) == type)
		return j;
	json_bad(doc, key);
	return NULL;
}

char *json_get_text(struct json_doc *doc, const json_t *object, const char *key)
{
	const json_t *j = member(doc, object, key, JSON_STRING);

	return mem_strdup(j ? json_string_value(j) : "");
}

char *json_get_text_or_null(struct json_doc *doc, const json_t *object, const char *key)
{
	return json_is_null(json_object_get(object, key)) ? NULL : json_get_text(doc, object, key);
}

char **json_get_texts(struct json_doc *doc, const json_t *object, const char *key)
{
	const json_t *array = json_get_array(doc, object, key), *item;
	char **list = mem_zalloc(json_array_size(array) + 1, sizeof(*list));
	size_t i;

	json_array_foreach (array, i, item) {
		if (!json_is_string(item))
			json_bad(doc, key);
		list[i] = mem_strdup(json_is_string(item) ? json_string_value(item) : "");
	}
	return list;
}

double json_get_double(struct json_doc *doc, const json_t *object, const char *key)
{
	const json_t *j = json_object_get(object, key);

	if (json_is_number(j))
		return json_number_value(j);
	if (!json_is_null(j))
		json_bad(doc, key);
	return NAN;
}

int64_t json_get_int(struct json_doc *doc, const json_t *object, const char *key)
{
	return json_integer_value(member(doc, object, key, JSON_INTEGER));
}

bool json_get_bool(struct json_doc *doc, const json_t *object, const char *key)
{
	const json_t *j = json_object_get(object, key);

	if (!json_is_boolean(j))
		json_bad(doc, key);
	return json_is_true(j);
}

const json_t *json_get_array(struct json_doc *doc, const json_t *object, const char *key)
{
	return member(doc, object, key, JSON_ARRAY);
}

const json_t *json_get_object(struct json_doc *doc, const json_t *object, const char *key)
{
	return member(doc, object, key, JSON_OBJECT);
}
