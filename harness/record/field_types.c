/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/field.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include "record/record.h"
#include "util/mem.h"
#include "util/scan.h"

static json_t *integer_put(const struct field *f, const void *of)
{
	return json_integer(f->type->integer(field_of(f, of)));
}

static char *range_fault(const struct field *f, int64_t value)
{
	int64_t min = f->max ? f->min : f->type->min, max = f->max ? f->max : f->type->max;

	return value < min || value > max ? mem_printf("from %" PRId64 " to %" PRId64, min, max) : NULL;
}

static char *integer_fault(const struct field *f, const void *of)
{
	return range_fault(f, f->type->integer(field_of(f, of)));
}

/* What the member can't hold is not put there. */
static void integer_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	int64_t value = json_get_int(doc, object, f->name);
	char *fault = range_fault(f, value);

	if (!fault)
		f->type->set_integer(field_of(f, of), value);
	json_fault(doc, f->name, fault);
}

static int64_t count_integer(const void *member)
{
	return *(const unsigned *)member;
}

/* UINT_MAX for a value that is not a count. */
static void count_set(void *member, int64_t value)
{
	*(unsigned *)member = value >= 0 && value < UINT_MAX ? (unsigned)value : UINT_MAX;
}

static int64_t int_integer(const void *member)
{
	return *(const int *)member;
}

static void int_set(void *member, int64_t value)
{
	*(int *)member = (int)value;
}

/* A seed keeps its bits. */
static int64_t int64_integer(const void *member)
{
	return *(const int64_t *)member;
}

static void int64_set(void *member, int64_t value)
{
	*(int64_t *)member = value;
}

static int64_t bool_integer(const void *member)
{
	return *(const bool *)member;
}

static void bool_set(void *member, int64_t value)
{
	*(bool *)member = value;
}

static json_t *bool_put(const struct field *f, const void *of)
{
	return json_boolean(*(const bool *)field_of(f, of));
}

static void bool_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	*(bool *)field_of(f, of) = json_get_bool(doc, object, f->name);
}

static json_t *seed_put(const struct field *f, const void *of)
{
	return json_sprintf("%" PRIu64, *(const uint64_t *)field_of(f, of));
}

static void seed_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	char *text = json_get_text(doc, object, f->name);

	if (!scan_count(text, field_of(f, of)))
		json_bad(doc, f->name);
	free(text);
}

static json_t *double_put(const struct field *f, const void *of)
{
	return json_from_double(*(const double *)field_of(f, of));
}

static void double_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	*(double *)field_of(f, of) = json_get_double(doc, object, f->name);
}

static char *double_fault(const struct field *f, const void *of)
{
	double value = *(const double *)field_of(f, of);

	if (isnan(value) || (!f->least && !f->most && isfinite(value)) ||
	    (value >= f->least && value <= f->most))
		return NULL;
	return mem_printf("from %g to %g", f->least, f->most);
}

static json_t *text_put(const struct field *f, const void *of)
{
	return json_from_text(f->type->text(field_of(f, of)));
}

static void text_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	char **text = field_of(f, of);

	*text = json_get_text(doc, object, f->name);
}

/* A text that may be NULL has no name then. */
static char *text_fault(const struct field *f, const void *of)
{
	const char *text = f->type->text(field_of(f, of)), *rule = text ? name_fault(f->names, text) : NULL;

	if (!text && f->type == &type_text)
		return mem_strdup("a text");
	return rule ? mem_strdup(rule) : NULL;
}

static void text_or_null_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	*(char **)field_of(f, of) = json_get_text_or_null(doc, object, f->name);
}

static void text_clear(const struct field *f, void *of)
{
	free(*(char **)field_of(f, of));
}

static const char *text_text(const void *member)
{
	return *(char *const *)member;
}

static void text_set(void *member, const char *text)
{
	*(char **)member = mem_strdup(text);
}

static void status_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	char *name = json_get_text(doc, object, f->name);

	if (status_parse(name, field_of(f, of)))
		json_bad(doc, f->name);
	free(name);
}

static const char *status_text(const void *member)
{
	return status_name(*(const enum status *)member);
}

/* The store has no other status: its schema checks that. */
static void status_set(void *member, const char *text)
{
	*(enum status *)member = STATUS_VOID;
	status_parse(text, member);
}

const struct field_type type_text = {
	.name = "text",
	.put = text_put,
	.get = text_get,
	.fault = text_fault,
	.clear = text_clear,
	.column = FIELD_TEXT,
	.text = text_text,
	.set_text = text_set,
};

const struct field_type type_text_or_null = {
	.name = "text or `null`",
	.put = text_put,
	.get = text_or_null_get,
	.fault = text_fault,
	.clear = text_clear,
	.column = FIELD_TEXT,
	.text = text_text,
	.set_text = text_set,
};

const struct field_type type_status = {
	.name = "status",
	.put = text_put,
	.get = status_get,
	.column = FIELD_TEXT,
	.text = status_text,
	.set_text = status_set,
};

const struct field_type type_count = {
	.name = "count",
	.put = integer_put,
	.get = integer_get,
	.fault = integer_fault,
	.column = FIELD_INTEGER,
	.max = UINT_MAX,
	.integer = count_integer,
	.set_integer = count_set,
};

const struct field_type type_int = {
	.name = "integer",
	.put = integer_put,
	.get = integer_get,
	.fault = integer_fault,
	.column = FIELD_INTEGER,
	.min = INT_MIN,
	.max = INT_MAX,
	.integer = int_integer,
	.set_integer = int_set,
};

const struct field_type type_int64 = {
	.name = "integer",
	.put = integer_put,
	.get = integer_get,
	.fault = integer_fault,
	.column = FIELD_INTEGER,
	.min = INT64_MIN,
	.max = INT64_MAX,
	.integer = int64_integer,
	.set_integer = int64_set,
};

const struct field_type type_seed = {
	.name = "text of digits",
	.put = seed_put,
	.get = seed_get,
	.column = FIELD_INTEGER,
	.integer = int64_integer,
	.set_integer = int64_set,
};

const struct field_type type_bool = {
	.name = "`true` or `false`",
	.put = bool_put,
	.get = bool_get,
	.column = FIELD_INTEGER,
	.integer = bool_integer,
	.set_integer = bool_set,
};

const struct field_type type_double = {
	.name = "number or `null`",
	.put = double_put,
	.get = double_get,
	.fault = double_fault,
	.column = FIELD_REAL,
};
