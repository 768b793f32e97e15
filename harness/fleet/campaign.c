/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/campaign.h"

#include <errno.h>
#include <glob.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "record/json.h"
#include "record/name.h"
#include "run/bench.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/scan.h"

#define SCHEMA 2
#define FILE_NAME "fleet.json"

char *campaign_file(const struct campaign *c, const char *name)
{
	return mem_printf("%s/%s", c->dir, name);
}

/* What does not change from task to task; the rest of the words are the shell's own. */
static char *script_of(const struct campaign *c)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	fprintf(f,
		"#!/bin/sh\n# One machine's part of the fleet's run %s; 'scxbench fleet run' made it.\n"
		"set -u\ntask=$SLURM_ARRAY_TASK_ID node=${SLURMD_NODENAME:-$(uname -n)}\nfleet=",
		c->id);
	bench_put_word(f, c->dir);
	fprintf(f, " run=%s-$task-$node\n", c->id);
	fputs("dir=$fleet/task-$task\nmkdir -p \"$dir\" || exit 3\n"
	      "echo \"${SLURM_RESTART_COUNT:-0} $node\" >>\"$dir/starts\"\n"
	      "if [ -e \"$dir/runs/$run/run.json\" ]; then\n\tset -- --resume \"$run\"\nelse\n\tset -- --run-id \"$run\"",
	      f);
	fprintf(f, " --seed $((%llu + task))", (unsigned long long)c->seed);
	if (c->plan) {
		fputs(" --plan ", f);
		bench_put_word(f, c->plan);
	}
	for (char **o = c->options; o && *o; o++) {
		fputc(' ', f);
		bench_put_word(f, *o);
	}
	fputs("\nfi\nexec ", f);
	bench_put_word(f, c->program);
	fputs(" bench --results \"$dir\" \"$@\"\n", f);
	fclose(f);
	return text;
}

static int save_script(const struct campaign *c)
{
	char *path = campaign_file(c, "task"), *text = script_of(c);
	int err = fs_save(path, text);

	if (!err && chmod(path, 0755))
		err = log_err(-errno, "%s can't be made executable: %s", path, strerror(errno));
	free(text);
	free(path);
	return err;
}

static int save_json(const struct campaign *c)
{
	char *path = campaign_file(c, FILE_NAME), *seed = mem_printf("%llu", (unsigned long long)c->seed);
	int err = json_write(path,
			     json_pack("{s:i,s:o,s:o,s:I,s:s,s:I,s:o,s:o,s:o,s:o}", "schema", SCHEMA, "id",
				       json_from_text(c->id), "plan", json_from_text(c->plan), "hosts",
				       (json_int_t)c->hosts, "seed", seed, "started_ns",
				       (json_int_t)c->started_ns, "program", json_from_text(c->program),
				       "options", json_from_texts(c->options), "partition",
				       json_from_text(c->partition), "sbatch", json_from_texts(c->sbatch)));

	free(seed);
	free(path);
	return err;
}

static int make_folder(struct campaign *c, const char *results)
{
	char *dir = mem_printf("%s/fleet/%s", results, c->id), real[PATH_MAX];
	int err = fs_exists(dir) ? log_err(-CAUSE_EXISTS, "%s exists already: choose another --id", dir)
				 : fs_make_dir(dir);

	if (!err && !realpath(dir, real))
		err = log_err(-errno, "%s can't be found: %s", dir, strerror(errno));
	if (!err)
		c->dir = mem_strdup(real);
	free(dir);
	return err;
}

int campaign_make(struct campaign *c, const char *results)
{
	int err = make_folder(c, results);

	if (!err)
		err = save_json(c);
	return err ? err : save_script(c);
}

static int read_json(struct campaign *c)
{
	char *path = campaign_file(c, FILE_NAME), *seed;
	struct json_doc doc;
	int err = json_open(path, SCHEMA, &doc);

	if (!err) {
		c->id = json_get_text(&doc, doc.root, "id");
		c->plan = json_get_text_or_null(&doc, doc.root, "plan");
		c->hosts = (unsigned)json_get_int(&doc, doc.root, "hosts");
		c->started_ns = json_get_int(&doc, doc.root, "started_ns");
		c->program = json_get_text(&doc, doc.root, "program");
		c->options = json_get_texts(&doc, doc.root, "options");
		if (doc.schema > 1) {
			c->partition = json_get_text_or_null(&doc, doc.root, "partition");
			c->sbatch = json_get_texts(&doc, doc.root, "sbatch");
		}
		seed = json_get_text(&doc, doc.root, "seed");
		if (!scan_count(seed, &c->seed))
			json_bad(&doc, "seed");
		if (name_fault(NAME_RUN, c->id) || !c->hosts || c->hosts > CAMPAIGN_MAX_HOSTS)
			json_bad(&doc, "id or hosts");
		free(seed);
		err = json_close(&doc);
	}
	free(path);
	return err;
}

/* The latest by the time in its file's name would be a guess, so by that of the file. */
static char *latest_dir(const char *results)
{
	char *pattern = mem_printf("%s/fleet/*/" FILE_NAME, results), *latest = NULL;
	struct timespec at = { 0 };
	glob_t found = { 0 };

	glob(pattern, 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct stat st;
		const struct timespec *t = &st.st_mtim;

		if (stat(found.gl_pathv[i], &st) ||
		    (latest &&
		     (t->tv_sec < at.tv_sec || (t->tv_sec == at.tv_sec && t->tv_nsec < at.tv_nsec))))
			continue;
		at = *t;
		free(latest);
		latest = mem_strdup(found.gl_pathv[i]);
		*strrchr(latest, '/') = 0;
	}
	globfree(&found);
	free(pattern);
	return latest;
}

int campaign_load(struct campaign *c, const char *results, const char *id)
{
	char *dir = id ? mem_printf("%s/fleet/%s", results, id) : latest_dir(results), real[PATH_MAX];
	int err = 0;

	*c = (struct campaign){ 0 };
	if (id && name_fault(NAME_RUN, id))
		err = log_err(-CAUSE_USAGE, "'%s': %s", id, name_fault(NAME_RUN, id));
	else if (!dir || !realpath(dir, real))
		err = log_err(-CAUSE_NOT_FOUND, "%s/fleet has no run %s: 'scxbench fleet run' begins one",
			      results, id ? id : "yet");
	else
		c->dir = mem_strdup(real);
	free(dir);
	return err ? err : read_json(c);
}

static void free_words(char **words)
{
	for (char **w = words; w && *w; w++)
		free(*w);
	free(words);
}

void campaign_free(struct campaign *c)
{
	free_words(c->options);
	free_words(c->sbatch);
	free(c->partition);
	free(c->program);
	free(c->plan);
	free(c->dir);
	free(c->id);
}
