/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Removes runs: first their files, then their rows. So a run whose removal was interrupted is still in the
 * list, and goes the next time.
 */
#include <stdlib.h>
#include <string.h>
#include "store/age.h"
#include "store/files.h"
#include "store/load.h"
#include "store/write.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"
#include "util/mem.h"

/* In an order that leaves no dangling reference. Names of measures stay, because other runs use them. */
static const char *const rows[] = {
	"DELETE FROM cell WHERE run = ?",
	"DELETE FROM cells WHERE run = ?",
	"DELETE FROM proof WHERE sample IN (SELECT sample FROM sample WHERE run = ?)",
	"DELETE FROM hist WHERE sample IN (SELECT sample FROM sample WHERE run = ?)",
	"DELETE FROM metric WHERE sample IN (SELECT sample FROM sample WHERE run = ?)",
	"DELETE FROM sample WHERE run = ?",
	"DELETE FROM total WHERE run = ?",
	"DELETE FROM tag WHERE run = ?",
	"DELETE FROM env WHERE run = ?",
	"DELETE FROM run_policy WHERE run = ?",
	"DELETE FROM run_workload WHERE run = ?",
	"DELETE FROM run WHERE run = ?",
};

int write_nothing(struct store *s, int64_t run)
{
	int err = db_begin(s);

	if (err)
		return err;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows) && !err; i++) {
		sqlite3_stmt *stmt;

		err = db_prepare(s, rows[i], &stmt);
		if (err)
			break;
		db_bind(stmt, "i", run);
		err = db_run(s, stmt);
		sqlite3_finalize(stmt);
	}
	return db_end(s, err);
}

static int remove_run(struct store *s, const char *id)
{
	int64_t run;
	int err = db_known_run(s, id, &run);

	if (!err)
		err = files_remove(s, id);
	return err ? err : write_nothing(s, run);
}

int store_remove(struct store *s, const char *id)
{
	char *tags = NULL;
	int64_t run;
	int err = db_known_run(s, id, &run);

	if (!err)
		err = load_tags(s, run, &tags);
	if (!err && tags)
		err = log_err(
			-CAUSE_USAGE,
			"run %s is kept by its tag (%s): remove the tag first, 'scxbench store --untag'", id,
			tags);
	else if (!err)
		err = remove_run(s, id);
	free(tags);
	return err;
}

/* Bytes of the pages in use. */
static int used_bytes(struct store *s, uint64_t *bytes)
{
	int64_t pages, free_pages, size;
	int err = db_number(s, "PRAGMA page_count", &pages);

	if (!err)
		err = db_number(s, "PRAGMA freelist_count", &free_pages);
	if (!err)
		err = db_number(s, "PRAGMA page_size", &size);
	*bytes = err ? 0 : (uint64_t)((pages - free_pages) * size);
	return err;
}

static bool same_host(const struct store_line *a, const struct store_line *b)
{
	return a->host && b->host ? !strcmp(a->host, b->host) : a->host == b->host;
}

/* No tag keeps the run, and its machine has a newer one. The lines are latest first. */
static bool may_go(const struct store_line *line, size_t i)
{
	for (size_t k = 0; k < i && !line[i].tags; k++)
		if (same_host(&line[k], &line[i]))
			return true;
	return false;
}

struct pruning {
	struct store *s;
	const struct store_keep *keep;
	bool *old; /* by line */
	void (*removed)(void *ctx, const char *id);
	void *ctx;
};

/* 1, 0, or a negative errno. files: bytes of all files of the runs that are left. */
static int must_go(const struct pruning *p, size_t line, uint64_t files)
{
	uint64_t used;
	int err;

	if (p->old[line])
		return 1;
	if (!p->keep->bytes)
		return 0;
	err = used_bytes(p->s, &used);
	return err ? err : used + files > p->keep->bytes;
}

/* Whether runs may be removed for their age; at: the run in doubt. */
static bool prune_believes(const struct store_keep *keep, enum clock_doubt doubt, const char *at)
{
	static const char none[] = "no run is removed for its age";

	if (doubt == CLOCK_BEHIND)
		log_warn(
			"%s: run %s began after now, by a clock that is wrong or was: set it, or remove that run, "
			"'scxbench store --remove %s'",
			none, at, at);
	else if (doubt == CLOCK_JUMPED)
		log_warn(
			"%s: by the clock a pause follows run %s that is longer than any usual one: is it right? If "
			"so, runs go with one of the next",
			none, at);
	else if (keep->unsynchronised)
		log_warn("%s: the kernel says that the clock is not synchronised, see 'timedatectl status'",
			 none);
	return doubt == CLOCK_CREDIBLE && !keep->unsynchronised;
}

/* Which lines are too old; all false where the clock can't tell. The caller's to free. */
static bool *old_lines(const struct store_keep *keep, const struct store_line *line, size_t nr)
{
	int64_t *started = mem_zalloc(nr, sizeof(*started)), *age = mem_zalloc(nr, sizeof(*age));
	bool *old = mem_zalloc(nr, sizeof(*old));
	struct clock_state clock;

	for (size_t i = 0; i < nr; i++)
		started[nr - 1 - i] = line[i].started_ns;
	clock = ages_of(started, nr, keep->now_ns, age);
	if (keep->age_ns && nr && prune_believes(keep, clock.doubt, line[nr - 1 - clock.at].id))
		for (size_t i = 0; i < nr; i++)
			old[i] = age[nr - 1 - i] > keep->age_ns;
	free(started);
	free(age);
	return old;
}

void store_keep_days(struct store_keep *keep, double days)
{
	keep->age_ns = (int64_t)(days * AGE_DAY);
	keep->now_ns = (int64_t)time(NULL) * AGE_NS;
	keep->unsynchronised = !clock_synchronised();
}

static int prune_lines(const struct pruning *p, struct store_line *line, size_t nr)
{
	struct store *s = p->s;
	uint64_t files = 0;
	int go = 0;

	for (size_t i = 0; i < nr; i++)
		files += files_bytes(s, line[i].id);
	for (size_t i = nr; i-- && go >= 0;) {
		uint64_t bytes = files_bytes(s, line[i].id);

		go = may_go(line, i) ? must_go(p, i, files) : 0;
		if (go <= 0)
			continue;
		go = remove_run(s, line[i].id);
		files -= bytes;
		if (!go && p->removed)
			p->removed(p->ctx, line[i].id);
	}
	return go;
}

int store_prune(struct store *s, const struct store_keep *keep, void (*removed)(void *ctx, const char *id),
		void *ctx)
{
	struct pruning p = { .s = s, .keep = keep, .removed = removed, .ctx = ctx };
	struct store_line *line;
	size_t nr;
	int err = store_list(s, NULL, &line, &nr);

	if (err)
		return err;
	p.old = old_lines(keep, line, nr);
	err = prune_lines(&p, line, nr);
	free(p.old);
	store_list_free(line, nr);
	return err;
}
