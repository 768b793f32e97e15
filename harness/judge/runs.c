/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/runs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judge/differ.h"
#include "util/log.h"
#include "util/mem.h"

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static int find_latest(struct store *store, const char *host, char **id)
{
	struct store_line *line;
	size_t nr;
	int err = store_list(store, &line, &nr);

	*id = NULL;
	if (err)
		return err;
	for (size_t i = 0; i < nr && !*id; i++)
		if (strcmp(line[i].plan, RUN_CUSTODY_PLAN) && (!host || same(line[i].host, host)))
			*id = mem_strdup(line[i].id);
	store_list_free(line, nr);
	return *id ? 0 : log_err(-ENOENT, "no run is stored yet: take one, 'scxbench bench'");
}

int runs_find(struct store *store, const char *name, const char *host, char **id)
{
	return !name || !strcmp(name, "latest") ? find_latest(store, host, id)
						: store_find(store, name, host, id);
}

int runs_load(struct store *store, const char *name, const char *host, struct store_run *run)
{
	char *id = NULL;
	int err = runs_find(store, name, host, &id);

	if (!err)
		err = store_load(store, id, run);
	if (!err && !strcmp(run->run.plan, RUN_CUSTODY_PLAN)) {
		err = log_err(-EINVAL, "run %s compares nothing: 'scxbench custody --show %s'", id, id);
		store_run_free(run);
	}
	free(id);
	return err;
}

/* tags: names with commas between. */
static bool has_tag(const char *tags, const char *tag)
{
	size_t len = strlen(tag);

	for (const char *t = tags; t; t = strchr(t, ',') ? strchr(t, ',') + 1 : NULL)
		if (!strncmp(t, tag, len) && (!t[len] || t[len] == ','))
			return true;
	return false;
}

int runs_tagged(struct store *store, const char *tag, const char *host)
{
	struct store_line *line;
	size_t nr;
	int found = store_list(store, &line, &nr);

	if (found)
		return found;
	for (size_t i = 0; i < nr && !found; i++)
		found = has_tag(line[i].tags, tag) && (!host || same(line[i].host, host));
	store_list_free(line, nr);
	return found;
}

static bool is_night(const struct store_line *line, const struct run *run)
{
	return strcmp(line->id, run->id) && line->started_ns <= run->started_ns &&
	       same(line->host, run->host) && same(line->plan, run->plan) && line->samples;
}

/* Nights whose work was another are none of it, and are named. */
static bool comparable(const struct run *night, const struct run *run)
{
	struct differences d;
	bool yes;

	differ_make(night, run, &d);
	yes = !d.nr_reasons;
	if (!yes)
		log_warn("night %s is left out: %s", night->id, d.reason[0]);
	differ_free(&d);
	return yes;
}

int runs_nights(struct store *store, const struct run *run, size_t *nr, struct store_run **night)
{
	size_t nr_lines, want = *nr;
	struct store_line *line;
	int err = store_list(store, &line, &nr_lines);

	*nr = 0;
	*night = NULL;
	if (err)
		return err;
	for (size_t i = 0; i < nr_lines && *nr < want && !err; i++) {
		if (!is_night(&line[i], run))
			continue;
		*night = mem_grow(*night, *nr, sizeof(**night));
		err = store_load(store, line[i].id, &(*night)[*nr]);
		if (!err && comparable(&(*night)[*nr].run, run))
			++*nr;
		else if (!err)
			store_run_free(&(*night)[*nr]);
	}
	store_list_free(line, nr_lines);
	return err;
}

void runs_free(struct store_run *run, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		store_run_free(&run[i]);
	free(run);
}
