/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/bisection.h"

#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "record/json.h"
#include "record/name.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"

#define BISECTION_SCHEMA 1
#define SHORT 12 /* characters of a hash in the name of a run */

static const enum status bad_statuses[] = { STATUS_EJECTED, STATUS_FAILED };

static uint32_t add_text(uint32_t hash, const char *text)
{
	/* FNV-1a; the end of a text counts too. */
	for (const char *p = text ? text : "";; p++) {
		hash = (hash ^ (unsigned char)*p) * 16777619;
		if (!*p)
			return hash;
	}
}

static char *bisection_json(const struct bisection *j)
{
	json_t *bad_if = json_array(), *root;
	char *text;

	for (size_t i = 0; i < sizeof(bad_statuses) / sizeof(*bad_statuses); i++)
		if (j->is_bad[bad_statuses[i]])
			json_array_append_new(bad_if, json_string(status_name(bad_statuses[i])));
	root = json_pack("{s:i,s:s,s:s,s:s,s:s,s:o,s:s,s:s,s:s,s:f,s:i,s:b,s:o}", "schema", BISECTION_SCHEMA,
			 "good", j->good, "bad", j->bad, "repo", j->repo, "workload", j->workload, "build",
			 json_from_text(j->build), "before", j->policy.before, "path", j->policy.path,
			 "after", j->policy.after, "risk", j->risk, "blocks", (int)j->blocks, "first_parent",
			 j->first_parent, "bad_if", bad_if);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}

/* Of nothing that can be another one in the same call. */
static char *id_of(const char *json, const struct bisection *j)
{
	return mem_printf("bisect-%.7s-%.7s-%08x", j->good, j->bad, (unsigned)add_text(2166136261U, json));
}

static int absolute(const char *path, char **to)
{
	char full[PATH_MAX];

	if (!realpath(path, full))
		return log_err(-CAUSE_NOT_FOUND, "%s: %m", path);
	*to = mem_strdup(full);
	return 0;
}

static void set_place(struct bisection *j, char *id)
{
	j->id = id;
	j->dir = mem_printf("%s/bisect/%s", j->results, id);
}

static void get_hash(struct json_doc *doc, const char *key, char hash[GIT_HASH + 1])
{
	char *text = json_get_text(doc, doc->root, key);
	size_t len = strspn(text, "0123456789abcdef");

	if (text[len] || (len != 40 && len != GIT_HASH))
		json_bad(doc, key);
	snprintf(hash, GIT_HASH + 1, "%.*s", GIT_HASH, text);
	free(text);
}

static void get_statuses(struct json_doc *doc, struct bisection *j)
{
	char **name = json_get_texts(doc, doc->root, "bad_if");
	enum status s;

	for (char **n = name; n && *n; n++) {
		if (status_parse(*n, &s))
			json_bad(doc, "bad_if");
		else
			j->is_bad[s] = true;
		free(*n);
	}
	free(name);
}

static int bisection_read(struct bisection *j)
{
	char *path = mem_printf("%s/bisect.json", j->dir);
	struct json_doc doc = { 0 };
	int err = fs_exists(path) ? json_open(path, BISECTION_SCHEMA, &doc)
				  : log_err(-CAUSE_NOT_FOUND, "no bisection %s: there is no %s", j->id, path);

	free(path);
	if (err)
		return err;
	get_hash(&doc, "good", j->good);
	get_hash(&doc, "bad", j->bad);
	j->repo = json_get_text(&doc, doc.root, "repo");
	j->workload = json_get_text(&doc, doc.root, "workload");
	j->build = json_get_text_or_null(&doc, doc.root, "build");
	j->policy.before = json_get_text(&doc, doc.root, "before");
	j->policy.path = json_get_text(&doc, doc.root, "path");
	j->policy.after = json_get_text(&doc, doc.root, "after");
	j->risk = json_get_double(&doc, doc.root, "risk");
	j->blocks = (unsigned)json_get_int(&doc, doc.root, "blocks");
	j->first_parent = json_get_bool(&doc, doc.root, "first_parent");
	get_statuses(&doc, j);
	return json_close(&doc);
}

static int bisection_resume(const struct bisect_ask *ask, struct bisection *j)
{
	const char *rule = name_fault(NAME_RUN, ask->resume);

	if (rule)
		return log_err(-CAUSE_USAGE, "bisection '%s': %s", ask->resume, rule);
	set_place(j, mem_strdup(ask->resume));
	return bisection_read(j);
}

static int resolve_commits(const struct bisect_ask *ask, struct bisection *j)
{
	char *dir = mem_printf("%s/bisect", j->results);
	int err = fs_make_dir(dir);

	if (!err)
		err = git_commit(dir, j->repo, ask->good, j->good);
	if (!err)
		err = git_commit(dir, j->repo, ask->bad, j->bad);
	free(dir);
	return err;
}

static int bisection_write(struct bisection *j)
{
	char *json = bisection_json(j), *path;
	int err;

	set_place(j, id_of(json, j));
	path = mem_printf("%s/bisect.json", j->dir);
	err = fs_make_dir(j->dir);
	if (!err && !fs_exists(path))
		err = fs_save(path, json);
	free(path);
	free(json);
	return err;
}

static int bisection_ask(const struct bisect_ask *ask, struct bisection *j)
{
	int err = policy_text_split(ask->policy, &j->policy);

	if (err)
		return err;
	j->workload = mem_strdup(ask->workload);
	j->build = mem_strdup(ask->build);
	j->risk = ask->risk;
	j->blocks = ask->blocks;
	j->first_parent = ask->first_parent;
	memcpy(j->is_bad, ask->is_bad, sizeof(j->is_bad));
	err = absolute(ask->repo, &j->repo);
	if (!err)
		err = resolve_commits(ask, j);
	return err ? err : bisection_write(j);
}

int bisection_make(const struct bisect_ask *ask, struct bisection *job)
{
	int err = owner_make_results(ask->results);

	*job = (struct bisection){ 0 };
	if (err)
		return log_err(cause_of_file(err), "%s can't be written: choose another with --results",
			       ask->results);
	err = absolute(ask->results, &job->results);
	if (!err)
		err = ask->resume ? bisection_resume(ask, job) : bisection_ask(ask, job);
	return err;
}

void bisection_free(struct bisection *job)
{
	char *const text[] = { job->id, job->dir, job->results, job->repo, job->workload, job->build };

	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++)
		free(text[i]);
	policy_text_free(&job->policy);
}

char *bisection_run(const struct bisection *job, const char *of)
{
	return mem_printf("%s-%.*s", job->id, SHORT, of);
}

int bisection_lock(const struct bisection *job)
{
	char *path = mem_printf("%s/lock", job->dir);
	int fd = owner_create(path, O_WRONLY, 0600), err = 0;

	if (fd < 0)
		err = log_err(-CAUSE_CANT, "%s can't be written: %m", path);
	else if (flock(fd, LOCK_EX | LOCK_NB))
		err = log_err(-CAUSE_BUSY, "another process takes bisection %s: wait for it", job->id);
	free(path);
	return err; /* the end of the process closes it: NOLINT(*.Stream) */
}
