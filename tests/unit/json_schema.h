/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A validator of JSON Schema for the schemas of this tree. It checks these keywords as the specification has
 * them: type, enum, const, required, properties, additionalProperties (false alone), items, minimum, maximum,
 * and pattern of digits alone. Of any other keyword but those that say nothing it fails: a schema that is not
 * checked whole would promise what nobody looked at.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct schema_fault {
	char text[256]; /* where and what; "" while all is well */
};

static inline bool schema_wrong(struct schema_fault *f, const char *where, const char *what)
{
	if (!*f->text)
		snprintf(f->text, sizeof(f->text), "%.150s: %.100s", where, what);
	return false;
}

static inline bool schema_is_type(const json_t *value, const char *type)
{
	return (!strcmp(type, "null") && json_is_null(value)) ||
	       (!strcmp(type, "boolean") && json_is_boolean(value)) ||
	       (!strcmp(type, "integer") && json_is_integer(value)) ||
	       (!strcmp(type, "number") && json_is_number(value)) ||
	       (!strcmp(type, "string") && json_is_string(value)) ||
	       (!strcmp(type, "array") && json_is_array(value)) ||
	       (!strcmp(type, "object") && json_is_object(value));
}

/* One of a list, or the one. */
static inline bool schema_has_type(const json_t *value, const json_t *types)
{
	for (size_t i = 0; i < json_array_size(types); i++)
		if (schema_is_type(value, json_string_value(json_array_get(types, i))))
			return true;
	return json_is_string(types) && schema_is_type(value, json_string_value(types));
}

static inline bool schema_is_among(const json_t *value, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(value, json_array_get(list, i)))
			return true;
	return false;
}

static inline bool schema_has_keys(const json_t *value, const json_t *names)
{
	for (size_t i = 0; i < json_array_size(names) && json_is_object(value); i++)
		if (!json_object_get(value, json_string_value(json_array_get(names, i))))
			return false;
	return true;
}

static inline bool schema_has_no_other(json_t *value, const json_t *properties)
{
	const char *key;
	json_t *member;

	json_object_foreach (value, key, member)
		if (!json_object_get(properties, key))
			return false;
	return true;
}

static inline bool schema_is_digits(const json_t *value)
{
	const char *text = json_string_value(value);

	return !text || (*text && !text[strspn(text, "0123456789")]);
}

/* A keyword that looks at the value alone. */
static inline bool schema_holds(json_t *value, const char *key, json_t *is, json_t *schema)
{
	double number = json_number_value(value);

	if (!strcmp(key, "type"))
		return schema_has_type(value, is);
	if (!strcmp(key, "enum"))
		return schema_is_among(value, is);
	if (!strcmp(key, "const"))
		return json_equal(value, is);
	if (!strcmp(key, "required"))
		return schema_has_keys(value, is);
	if (!strcmp(key, "additionalProperties"))
		return json_is_false(is) && schema_has_no_other(value, json_object_get(schema, "properties"));
	if (!strcmp(key, "minimum"))
		return !json_is_number(value) || number >= json_number_value(is);
	if (!strcmp(key, "maximum"))
		return !json_is_number(value) || number <= json_number_value(is);
	if (!strcmp(key, "pattern"))
		return !strcmp(json_string_value(is), "^[0-9]+$") && schema_is_digits(value);
	return !strcmp(key, "$schema") || !strcmp(key, "title") || !strcmp(key, "description");
}

static inline bool schema_check(json_t *value, json_t *schema, const char *where, struct schema_fault *f);

static inline bool schema_check_members(json_t *value, json_t *properties, const char *where,
					struct schema_fault *f)
{
	bool right = true;
	const char *key;
	json_t *member;

	json_object_foreach (value, key, member) {
		char at[200];

		snprintf(at, sizeof(at), "%.150s.%.40s", where, key);
		if (right && json_object_get(properties, key))
			right = schema_check(member, json_object_get(properties, key), at, f);
	}
	return right;
}

static inline bool schema_check_items(json_t *value, json_t *items, const char *where, struct schema_fault *f)
{
	bool right = true;

	for (size_t i = 0; i < json_array_size(value) && right; i++) {
		char at[200];

		snprintf(at, sizeof(at), "%.150s[%zu]", where, i);
		right = schema_check(json_array_get(value, i), items, at, f);
	}
	return right;
}

/* Does the value fit the schema? The first fault is in f, if not. */
static inline bool schema_check(json_t *value, json_t *schema, const char *where, struct schema_fault *f)
{
	bool right = true;
	const char *key;
	json_t *is;

	json_object_foreach (schema, key, is) {
		if (!right)
			break;
		if (!strcmp(key, "properties"))
			right = schema_check_members(value, is, where, f);
		else if (!strcmp(key, "items"))
			right = schema_check_items(value, is, where, f);
		else if (!schema_holds(value, key, is, schema))
			right = schema_wrong(f, where, key);
	}
	return right;
}
