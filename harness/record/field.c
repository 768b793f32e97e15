/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/field.h"

#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

static json_t *put_object(json_t *root, const char *name)
{
	json_t *object = name ? json_object_get(root, name) : root;

	if (object)
		return object;
	json_object_set_new(root, name, json_object());
	return json_object_get(root, name);
}

/* changing: also the fields that may change. */
static json_t *put_fields(const struct fields *t, const void *of, bool changing)
{
	json_t *root = json_object();

	json_object_set_new(root, "schema", json_integer(t->schema));
	for (const struct field *f = t->field; f < t->field + t->nr; f++)
		if (changing || !f->changes)
			json_object_set_new(put_object(root, f->object), f->name, f->type->put(f, of));
	return root;
}

static void set_older(const struct field *f, void *of)
{
	if (f->type->set_integer)
		f->type->set_integer(field_of(f, of), (int64_t)f->older);
	else if (f->type->column == FIELD_REAL)
		*(double *)field_of(f, of) = f->older;
}

static char *field_fault(const struct field *f, const void *of)
{
	return f->type->fault ? f->type->fault(f, of) : NULL;
}

char *fields_fault(const struct fields *t, const void *of)
{
	for (const struct field *f = t->field; f < t->field + t->nr; f++) {
		char *rule = field_fault(f, of), *fault;

		if (!rule)
			continue;
		fault = mem_printf("%s: %s", f->name, rule);
		free(rule);
		return fault;
	}
	return NULL;
}

static void get_field(const struct field *f, struct json_doc *doc, void *of)
{
	if (doc->schema < (int)f->since) {
		set_older(f, of);
		return;
	}
	f->type->get(f, doc, f->object ? json_get_object(doc, doc->root, f->object) : doc->root, of);
	if (!doc->bad)
		json_fault(doc, f->name, field_fault(f, of));
}

/* of: zeroed. It takes ownership of the document. */
static int get_fields(const struct fields *t, struct json_doc *doc, void *of)
{
	int err;

	for (const struct field *f = t->field; f < t->field + t->nr; f++)
		get_field(f, doc, of);
	err = json_close(doc);
	if (err)
		fields_free(t, of);
	return err;
}

int fields_write(const struct fields *t, const char *path, const void *of)
{
	return json_write(path, put_fields(t, of, true));
}

int fields_read(const struct fields *t, const char *path, void *of)
{
	struct json_doc doc;
	int err = json_open(path, t->schema, &doc);

	memset(of, 0, t->size);
	return err ? err : get_fields(t, &doc, of);
}

int fields_check(const struct fields *t, const void *of, const char *where)
{
	struct json_doc doc;
	void *back;
	int err = json_open_object(where, t->schema, put_fields(t, of, true), &doc);

	if (err)
		return err;
	back = mem_zalloc(1, t->size);
	err = get_fields(t, &doc, back);
	if (!err)
		fields_free(t, back);
	free(back);
	return err;
}

bool fields_same(const struct fields *t, const void *a, const void *b)
{
	return json_same(put_fields(t, a, false), put_fields(t, b, false));
}

/* From the last to the first: a list may need the list that it is as long as, which comes before it. */
void fields_free(const struct fields *t, void *of)
{
	for (const struct field *f = t->field + t->nr; f-- > t->field;)
		if (f->type->clear)
			f->type->clear(f, of);
	memset(of, 0, t->size);
}
