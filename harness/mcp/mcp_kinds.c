/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mcp/mcp_kinds.h"

#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

#define MAX_VALUE 256 /* bytes; the name of a run or policy is shorter */

const struct mcp_kind *mcp_kind_named(const char *name)
{
	for (const struct mcp_kind *k = mcp_kinds; k->name; k++)
		if (!strcmp(k->name, name))
			return k;
	return NULL;
}

void mcp_values_free(struct mcp_values *v)
{
	for (int i = 0; i < MCP_MAX_VALUES; i++) {
		free((char *)v->name[i]);
		free(v->value[i]);
	}
	*v = (struct mcp_values){ 0 };
}

/* Takes ownership of both. */
static bool mcp_kinds_add(struct mcp_values *v, char *name, char *value)
{
	for (int i = 0; i < MCP_MAX_VALUES; i++) {
		if (v->name[i])
			continue;
		v->name[i] = name;
		v->value[i] = value;
		return true;
	}
	free(name);
	free(value);
	return false;
}

static const char *value_of(const struct mcp_values *v, const char *name, size_t len)
{
	for (int i = 0; i < MCP_MAX_VALUES && v->name[i]; i++)
		if (strlen(v->name[i]) == len && !strncmp(v->name[i], name, len))
			return v->value[i];
	return NULL;
}

/* A name of a run, a policy and so on: some text in a line. */
static bool is_value(const char *text)
{
	size_t len = strlen(text);

	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			return false;
	return len && len <= MAX_VALUE;
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef", *at = strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);

	return c && at ? (int)(at - digits) : -1;
}

/* Without its %XX; NULL: it is no value. The caller's to free. */
static char *decoded(const char *text, size_t len)
{
	char *out = mem_zalloc(len + 1, 1), *to = out;

	for (size_t i = 0; i < len; i++) {
		int high = i + 2 < len ? hex(text[i + 1]) : -1;

		if (text[i] != '%') {
			*to++ = text[i];
			continue;
		}
		if (high < 0 || hex(text[i + 2]) < 0) {
			free(out);
			return NULL;
		}
		*to++ = (char)(high * 16 + hex(text[i + 2]));
		i += 2;
	}
	if (strlen(out) == (size_t)(to - out) && is_value(out))
		return out;
	free(out);
	return NULL;
}

static bool matches(const char *template, const char *uri, struct mcp_values *v)
{
	while (*template) {
		size_t name, len;
		char *value;

		if (*template != '{') {
			if (*template ++!= *uri++)
				return false;
			continue;
		}
		name = strcspn(++template, "}");
		len = strcspn(uri, "/");
		value = decoded(uri, len);
		if (!value || !mcp_kinds_add(v, mem_printf("%.*s", (int)name, template), value))
			return false;
		template += name + 1;
		uri += len;
	}
	return !*uri;
}

const struct mcp_kind *mcp_kind_at(const char *uri, struct mcp_values *v)
{
	*v = (struct mcp_values){ 0 };
	for (const struct mcp_kind *k = mcp_kinds; k->name; k++) {
		if (matches(k->uri, uri, v))
			return k;
		mcp_values_free(v);
	}
	return NULL;
}

/* The next part in braces of a text: its name, without '?'; NULL: no more. */
static const char *next_value(const char **at, size_t *len, bool *optional)
{
	const char *open = strchr(*at, '{');

	if (!open)
		return NULL;
	*optional = open[1] == '?';
	open += 1 + *optional;
	*len = strcspn(open, "}");
	*at = open + *len;
	return open;
}

/* Calls each() for every value that the kind's tool takes, until it returns false. */
static bool each_value(const struct mcp_kind *k, bool (*each)(void *ctx, char *name, bool optional),
		       void *ctx)
{
	const char *at = k->uri, *name;
	bool optional, on = true;
	size_t len;

	while (on && (name = next_value(&at, &len, &optional)))
		on = each(ctx, mem_printf("%.*s", (int)len, name), false);
	for (int i = 0; on && k->words[i]; i++) {
		at = k->words[i];
		name = next_value(&at, &len, &optional);
		if (name && optional)
			on = each(ctx, mem_printf("%.*s", (int)len, name), true);
	}
	return on;
}

bool mcp_kind_is_fixed(const struct mcp_kind *kind)
{
	return !strchr(kind->uri, '{');
}

struct schema {
	json_t *properties, *required;
};

static bool add_to_schema(void *ctx, char *name, bool optional)
{
	struct schema *s = ctx;

	json_object_set_new(s->properties, name,
			    json_pack("{s:s,s:i}", "type", "string", "maxLength", MAX_VALUE));
	if (!optional)
		json_array_append_new(s->required, json_string(name));
	free(name);
	return true;
}

json_t *mcp_kind_schema(const struct mcp_kind *kind)
{
	struct schema s = { json_object(), json_array() };

	each_value(kind, add_to_schema, &s);
	return json_pack("{s:s,s:o,s:o,s:b}", "type", "object", "properties", s.properties, "required",
			 s.required, "additionalProperties", false);
}

struct taking {
	const json_t *arguments;
	struct mcp_values *v;
	size_t used;
	char **why;
};

static bool take_value(void *ctx, char *name, bool optional)
{
	struct taking *t = ctx;
	const json_t *found = json_object_get(t->arguments, name);
	const char *value = json_string_value(found);

	if (!found && optional) {
		free(name);
		return true;
	}
	t->used += found != NULL;
	if (value && is_value(value))
		return mcp_kinds_add(t->v, name, mem_strdup(value));
	*t->why = mem_printf("'%s' is %s", name, found ? "not a text in one line" : "missing");
	free(name);
	return false;
}

bool mcp_values_of(const struct mcp_kind *kind, const json_t *arguments, struct mcp_values *v, char **why)
{
	struct taking t = { arguments, v, 0, why };

	*v = (struct mcp_values){ 0 };
	*why = NULL;
	if (!each_value(kind, take_value, &t))
		return false;
	if (json_object_size(arguments) == t.used)
		return true;
	*why = mem_printf("'%s' does not take one of these arguments", kind->name);
	return false;
}

/* A word with its values; NULL: it is an option that was not given. The caller's to free. */
static char *word_of(const char *word, const struct mcp_values *v)
{
	const char *at = word, *value;
	bool optional;
	size_t len;
	const char *name = next_value(&at, &len, &optional);

	if (!name)
		return mem_strdup(word);
	value = value_of(v, name, len);
	if (!optional)
		return mem_strdup(value ?: "");
	return value ? mem_printf("--%.*s=%s", (int)len, name, value) : NULL;
}

static void ask_kind(const struct mcp *m, const struct mcp_kind *kind, const struct mcp_values *v,
		     struct mcp_found *found)
{
	char *word[sizeof(kind->words) / sizeof(*kind->words) + 1] = { 0 };
	int nr = 0;

	for (int i = 0; kind->words[i]; i++) {
		word[nr] = word_of(kind->words[i], v);
		nr += word[nr] != NULL;
	}
	m->ask(m->ctx, (const char *const *)word, found);
	for (int i = 0; i < nr; i++)
		free(word[i]);
}

/* Of the JSON object that was found, that text alone. */
static void keep_member(struct mcp_found *found, const char *member)
{
	json_t *whole = json_loadb(found->text, found->len, 0, NULL);
	const char *text = json_string_value(json_object_get(whole, member));

	free(found->text);
	found->text = mem_strdup(text);
	found->len = text ? strlen(text) : 0;
	if (!text)
		found->why = mem_printf("there is no %s", member);
	json_decref(whole);
}

void mcp_read(const struct mcp *m, const struct mcp_kind *kind, const struct mcp_values *v,
	      struct mcp_found *found)
{
	*found = (struct mcp_found){ 0 };
	if (kind->words[0])
		ask_kind(m, kind, v, found);
	else
		m->figure(m->ctx, value_of(v, "run", 3), value_of(v, "name", 4), found);
	if (found->text && kind->member)
		keep_member(found, kind->member);
}

void mcp_found_free(struct mcp_found *found)
{
	free(found->text);
	free(found->why);
	*found = (struct mcp_found){ 0 };
}
