/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * results/scxbench.db: every run and sample, in SQLite. The only user of sqlite3.h is this module; the
 * schema is schema.sql. Only the host side opens it, never a guest: locks need not cross virtio-fs.
 *
 * All functions log the cause and return a negative errno. A database that is newer than this program
 * or damaged is refused with what to do and never written to.
 */
#pragma once
#include <stdbool.h>
#include "sample/record.h"

struct store;

int store_open(const char *path, bool create, struct store **store);
void store_close(struct store *s);

/* Takes in what results/runs/<id>/ holds and the store does not yet, one transaction a sample. Idempotent. */
int store_take_run(struct store *s, const char *run_dir);
/* The same for one sample that just ended; its run was taken in before. */
int store_take_sample(struct store *s, const char *run_id, const struct record *r);

/* A run and all its samples in order of seq, as they were recorded. id NULL: the latest run. */
struct store_run {
	struct run run;
	struct record *sample;
	size_t nr;
};
int store_load(struct store *s, const char *id, struct store_run *out); /* -ENOENT: no such run */
void store_run_free(struct store_run *r);

/* One line of the list of runs, newest first. */
struct store_line {
	char *id, *plan, *where, *kernel;
	int64_t started_ns;
	unsigned samples, not_ok;
};
int store_list(struct store *s, struct store_line **lines, size_t *nr);
void store_list_free(struct store_line *lines, size_t nr);
