/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/json.h"
#include "record/record.h"
#include "util/mem.h"

static json_t *from_env(const struct run *run)
{
	json_t *object = json_object();

	for (size_t i = 0; i < run->nr_env; i++)
		json_object_set_new(object, run->env[i].key, json_from_text(run->env[i].value));
	return object;
}

static void get_env(struct json_doc *doc, struct run *run)
{
	const json_t *object = json_get_object(doc, doc->root, "env");
	void *it = json_object_iter((json_t *)object);

	for (; it; it = json_object_iter_next((json_t *)object, it)) {
		const char *key = json_object_iter_key(it);
		struct pair *pair;

		run->env = mem_grow(run->env, run->nr_env, sizeof(*run->env));
		pair = &run->env[run->nr_env++];
		pair->key = mem_strdup(key);
		pair->value = json_get_text(doc, object, key);
	}
}

/* A seed has 64 bits and JSON's integers 63: it is text. */
static json_t *from_seed(uint64_t seed)
{
	return json_sprintf("%" PRIu64, seed);
}

static uint64_t get_seed(struct json_doc *doc)
{
	char *text = json_get_text(doc, doc->root, "seed"), *end;
	uint64_t seed;

	errno = 0;
	seed = strtoull(text, &end, 10);
	if (errno || !*text || *end)
		json_bad(doc, "seed");
	free(text);
	return seed;
}

static size_t length(char **list)
{
	size_t n = 0;

	while (list[n])
		n++;
	return n;
}

static json_t *from_hashes(const struct run *run)
{
	json_t *array = json_array();

	for (size_t i = 0; run->policies && run->policies[i]; i++)
		json_array_append_new(array, json_from_text(run->policy_hash ? run->policy_hash[i] : NULL));
	return array;
}

static void get_hashes(struct json_doc *doc, struct run *run)
{
	const json_t *array = json_get_array(doc, doc->root, "policy_hash"), *item;
	size_t i, nr = length(run->policies);

	run->policy_hash = mem_zalloc(nr + 1, sizeof(*run->policy_hash));
	if (json_array_size(array) != nr) {
		json_bad(doc, "policy_hash");
		return;
	}
	json_array_foreach (array, i, item) {
		if (!json_is_string(item) && !json_is_null(item))
			json_bad(doc, "policy_hash");
		run->policy_hash[i] = mem_strdup(json_string_value(item));
	}
}

static json_t *from_run(const struct run *run)
{
	return json_pack(
		"{s:i,s:o,s:o,s:o,s:o,s:b,s:o,s:o,s:I,s:I,s:I,s:o,s:I,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}",
		"schema", RECORD_SCHEMA, "id", json_from_text(run->id), "plan", json_from_text(run->plan),
		"command", json_from_text(run->command), "where", json_from_text(run->where), "emulated",
		run->emulated, "host", json_from_text(run->host), "seed", from_seed(run->seed), "blocks",
		(json_int_t)run->blocks, "planned", (json_int_t)run->planned, "restarts",
		(json_int_t)run->restarts, "margin", json_from_double(run->margin), "started_ns",
		(json_int_t)run->started_ns, "policies", json_from_texts(run->policies), "policy_hash",
		from_hashes(run), "workloads", json_from_texts(run->workloads), "primary",
		json_from_texts(run->primary), "env", from_env(run), "topology_xml",
		json_from_text(run->topology_xml), "ended", json_from_text(run->ended), "tags",
		json_from_text(run->tags));
}

int run_write(const struct run *run, const char *run_dir)
{
	char *path = mem_printf("%s/run.json", run_dir);
	int err = json_write(path, from_run(run));

	free(path);
	return err;
}

/* What schema 2 brought; run has its policies. */
static void get_newer(struct json_doc *doc, struct run *run)
{
	run->restarts = 1;
	run->margin = NAN;
	if (doc->schema < 2)
		return;
	run->host = json_get_text_or_null(doc, doc->root, "host");
	run->restarts = json_get_count(doc, doc->root, "restarts");
	run->margin = json_get_double(doc, doc->root, "margin");
	run->ended = json_get_text_or_null(doc, doc->root, "ended");
	run->tags = json_get_text_or_null(doc, doc->root, "tags");
	get_hashes(doc, run);
}

bool run_id_valid(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

	return *id && !strchr("-_.", *id) && !id[strspn(id, letters)];
}

static void get_run(struct json_doc *doc, struct run *run)
{
	run->id = json_get_text(doc, doc->root, "id");
	if (!run_id_valid(run->id))
		json_bad(doc, "id");
	run->plan = json_get_text(doc, doc->root, "plan");
	run->command = json_get_text(doc, doc->root, "command");
	run->where = json_get_text(doc, doc->root, "where");
	run->emulated = json_get_bool(doc, doc->root, "emulated");
	run->seed = get_seed(doc);
	run->blocks = json_get_count(doc, doc->root, "blocks");
	if (run->blocks > RUN_MAX_BLOCKS)
		json_bad(doc, "blocks");
	run->planned = json_get_count(doc, doc->root, "planned");
	run->started_ns = json_get_int(doc, doc->root, "started_ns");
	run->policies = json_get_texts(doc, doc->root, "policies");
	run->workloads = json_get_texts(doc, doc->root, "workloads");
	run->primary = json_get_texts(doc, doc->root, "primary");
	if (length(run->primary) != length(run->workloads))
		json_bad(doc, "primary");
	get_newer(doc, run);
	get_env(doc, run);
	run->topology_xml = json_get_text_or_null(doc, doc->root, "topology_xml");
}

int run_read(const char *run_dir, struct run *run)
{
	char *path = mem_printf("%s/run.json", run_dir);
	struct json_doc doc;
	int err = json_open(path, RECORD_SCHEMA, &doc);

	*run = (struct run){ 0 };
	if (!err) {
		get_run(&doc, run);
		err = json_close(&doc);
	}
	if (err)
		run_free(run);
	free(path);
	return err;
}

int run_check(const struct run *run, const char *where)
{
	struct run back = { 0 };
	struct json_doc doc;
	int err = json_open_object(where, RECORD_SCHEMA, from_run(run), &doc);

	if (err)
		return err;
	get_run(&doc, &back);
	run_free(&back);
	return json_close(&doc);
}

static json_t *what_stays(const struct run *run)
{
	struct run r = *run;

	r.blocks = r.planned = 0;
	r.ended = r.tags = NULL;
	return from_run(&r);
}

bool run_same(const struct run *a, const struct run *b)
{
	return json_same(what_stays(a), what_stays(b));
}

const char *run_env(const struct run *run, const char *key)
{
	for (size_t i = 0; i < run->nr_env; i++)
		if (!strcmp(run->env[i].key, key))
			return run->env[i].value;
	return NULL;
}

static void free_texts(char **list)
{
	for (char **s = list; s && *s; s++)
		free(*s);
	free(list);
}

void run_free(struct run *run)
{
	free(run->id);
	free(run->plan);
	free(run->command);
	free(run->where);
	free(run->host);
	free(run->ended);
	free(run->tags);
	for (size_t i = 0; run->policy_hash && run->policies && run->policies[i]; i++)
		free(run->policy_hash[i]);
	free(run->policy_hash);
	free_texts(run->policies);
	free_texts(run->workloads);
	free_texts(run->primary);
	for (size_t i = 0; i < run->nr_env; i++) {
		free(run->env[i].key);
		free(run->env[i].value);
	}
	free(run->env);
	free(run->topology_xml);
	*run = (struct run){ 0 };
}
