/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/field.h"

#include <stdlib.h>
#include "util/mem.h"

static size_t list_length(char *const *list)
{
	size_t n = 0;

	while (list && list[n])
		n++;
	return n;
}

static size_t length_along(const struct field *f, const void *of)
{
	return list_length(*(char *const *const *)((const char *)of + f->along));
}

static json_t *texts_put(const struct field *f, const void *of)
{
	return json_from_texts(*(char *const *const *)field_of(f, of));
}

static void texts_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	char ***list = field_of(f, of);

	*list = json_get_texts(doc, object, f->name);
	if (f->along && list_length(*list) != length_along(f, of))
		json_bad(doc, f->name);
}

static char *list_fault(const struct field *f, char *const *list, size_t nr)
{
	for (size_t i = 0; f->names && list && i < nr; i++) {
		const char *rule = list[i] ? name_fault(f->names, list[i]) : NULL;

		if (rule)
			return mem_strdup(rule);
	}
	return NULL;
}

static char *texts_fault(const struct field *f, const void *of)
{
	char *const *list = *(char *const *const *)field_of(f, of);

	return list_fault(f, list, list_length(list));
}

static void texts_clear(const struct field *f, void *of)
{
	char **list = *(char ***)field_of(f, of);

	for (char **s = list; s && *s; s++)
		free(*s);
	free(list);
}

static json_t *texts_or_null_put(const struct field *f, const void *of)
{
	char *const *list = *(char *const *const *)field_of(f, of);
	json_t *array = json_array();

	for (size_t i = 0, nr = length_along(f, of); i < nr; i++)
		json_array_append_new(array, json_from_text(list ? list[i] : NULL));
	return array;
}

static void texts_or_null_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	const json_t *array = json_get_array(doc, object, f->name), *item;
	size_t i, nr = length_along(f, of);
	char **list = mem_zalloc(nr + 1, sizeof(*list));

	*(char ***)field_of(f, of) = list;
	if (json_array_size(array) != nr) {
		json_bad(doc, f->name);
		return;
	}
	json_array_foreach (array, i, item) {
		if (!json_is_string(item) && !json_is_null(item))
			json_bad(doc, f->name);
		list[i] = mem_strdup(json_string_value(item));
	}
}

static char *texts_or_null_fault(const struct field *f, const void *of)
{
	return list_fault(f, *(char *const *const *)field_of(f, of), length_along(f, of));
}

static void texts_or_null_clear(const struct field *f, void *of)
{
	char **list = *(char ***)field_of(f, of);

	for (size_t i = 0, nr = length_along(f, of); list && i < nr; i++)
		free(list[i]);
	free(list);
}

const struct field_type type_texts = {
	.name = "list of texts",
	.put = texts_put,
	.get = texts_get,
	.fault = texts_fault,
	.clear = texts_clear,
};

const struct field_type type_texts_or_null = {
	.name = "list of texts or `null`",
	.put = texts_or_null_put,
	.get = texts_or_null_get,
	.fault = texts_or_null_fault,
	.clear = texts_or_null_clear,
};
