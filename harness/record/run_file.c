/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>
#include "record/fields.h"
#include "util/mem.h"

static json_t *env_put(const struct field *f, const void *of)
{
	const struct run *run = of;
	json_t *object = json_object();

	(void)f;
	for (size_t i = 0; i < run->nr_env; i++)
		json_object_set_new(object, run->env[i].key, json_from_text(run->env[i].value));
	return object;
}

static void env_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	json_t *env = (json_t *)json_get_object(doc, object, f->name), *value;
	struct run *run = of;
	const char *key;

	json_object_foreach (env, key, value) {
		run->env = mem_grow(run->env, run->nr_env, sizeof(*run->env));
		run->env[run->nr_env++] = (struct pair){ mem_strdup(key), json_get_text(doc, env, key) };
	}
}

static void env_clear(const struct field *f, void *of)
{
	struct run *run = of;

	(void)f;
	for (size_t i = 0; i < run->nr_env; i++) {
		free(run->env[i].key);
		free(run->env[i].value);
	}
	free(run->env);
}

const struct field_type type_env = {
	.name = "object of texts",
	.put = env_put,
	.get = env_get,
	.clear = env_clear,
};

int run_write(const struct run *run, const char *run_dir)
{
	char *path = mem_printf("%s/run.json", run_dir);
	int err = fields_write(&run_fields, path, run);

	free(path);
	return err;
}

int run_read(const char *run_dir, struct run *run)
{
	char *path = mem_printf("%s/run.json", run_dir);
	int err = fields_read(&run_fields, path, run);

	free(path);
	return err;
}

int run_check(const struct run *run, const char *where)
{
	return fields_check(&run_fields, run, where);
}

bool run_same(const struct run *a, const struct run *b)
{
	return fields_same(&run_fields, a, b);
}

void run_free(struct run *run)
{
	fields_free(&run_fields, run);
}

const char *emulated_name(bool emulated)
{
	return emulated ? "yes" : "no";
}

const char *run_env(const struct run *run, const char *key)
{
	for (size_t i = 0; i < run->nr_env; i++)
		if (!strcmp(run->env[i].key, key))
			return run->env[i].value;
	return NULL;
}

char *run_fault(const struct run *run)
{
	return fields_fault(&run_fields, run);
}
