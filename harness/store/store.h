/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * results/scxbench.db: every run and sample, in SQLite. The only user of sqlite3.h is this module; the
 * schema is schema-1.sql and what the further versions changed. Only the host side opens it, never a guest:
 * locks need not cross virtio-fs.
 *
 * All functions log the cause and return a negative errno. A database that is newer than this program
 * or damaged is refused with what to do and never written to.
 */
#pragma once
#include <stdbool.h>
#include "record/record.h"

struct store;

/*
 * One process has it open: -CAUSE_BUSY names the one that has (lock.h). An older database is brought up to
 * date, each version in a transaction. The lock is the process's: one that opens it twice and closes one lets
 * go.
 */
int store_open(const char *path, bool create, struct store **store);
/* The one of a directory of results; create: with the directory. */
int store_open_in(const char *results, bool create, struct store **store);
void store_close(struct store *s);

/*
 * Takes in what results/runs/<id>/ holds and the store does not yet, one transaction a sample. Idempotent.
 * -CAUSE_EXISTS: the store has another run of that id; it stays.
 */
int store_take_run(struct store *s, const char *run_dir);
/* The same for one sample that just ended; its run was taken in before. */
int store_take_sample(struct store *s, const char *run_id, const struct record *r);

/* A run and all its samples in order of seq, as they were recorded. id NULL: the latest run. */
struct store_run {
	struct run run;
	struct record *sample;
	size_t nr;
};
int store_load(struct store *s, const char *id, struct store_run *out); /* -CAUSE_NOT_FOUND: no such run */
void store_run_free(struct store_run *r);

/* The run itself, without its samples: run_free(). */
int store_load_run(struct store *s, const char *id, struct run *run);

/*
 * What a person calls a run: its id, "latest" (of all), or a tag (of the latest run that has it). host: only
 * runs of that machine, or NULL. *id is the caller's to free. -CAUSE_NOT_FOUND, logged.
 */
int store_find(struct store *s, const char *name, const char *host, char **id);
/*
 * Names a run: a tag belongs to one run of a machine, so another that had it loses it. A tag is letters,
 * digits, '.', '_' and '-', not "latest" and not the id of a run (-EINVAL). The run's run.json is told too,
 * where there is one.
 */
int store_tag(struct store *s, const char *id, const char *tag);
int store_untag(struct store *s, const char *id, const char *tag); /* -CAUSE_NOT_FOUND: it has no such tag */

/* Which runs; a member that is NULL or false asks nothing. */
struct store_pick {
	const char *host;      /* of this machine */
	const char *tag;       /* that have this tag */
	const char *before;    /* of the machine of the run of this id, that began before it */
	const char *plan;      /* of this plan */
	bool comparisons;      /* those that compare something, see run_compares() */
	bool sampled;	       /* with at least one sample */
	bool latest_of_kernel; /* only the newest such run of each kernel, and all whose kernel is not known
				*/
};

/* One line of the list of runs, newest first. */
struct store_line {
	char *id, *plan, *where, *kernel, *host, *tags; /* the last three NULL where not known, or none */
	int64_t started_ns;
	unsigned samples, planned, not_ok;
};
/* The runs that pick asks for; NULL: all. */
int store_list(struct store *s, const struct store_pick *pick, struct store_line **lines, size_t *nr);
void store_list_free(struct store_line *lines, size_t nr);
/* The newest of them: 1 and its id, the caller's to free; 0 and NULL when there is none, which is not logged.
 */
int store_pick(struct store *s, const struct store_pick *pick, char **id);

/*
 * Series over all runs: the timed samples of one machine, workload, policy and metric, in order of time (run,
 * then block). Instrumented and warm-up samples are never part of one.
 */
struct store_point {
	const char *run;	 /* id */
	const char *policy_hash; /* or NULL */
	int64_t started_ns;	 /* of the run */
	unsigned block;
	unsigned boot;	    /* 0 where boots are not part of the design */
	const char *status; /* status_name() */
	double value;	    /* NAN: not ok, or the metric is absent */
};

struct store_series {
	const char *policy;
	const struct store_point *point;
	size_t nr;
};

/* All policies that have at least one value of a metric, fair first, then by name. */
struct store_family {
	const char *host; /* NULL: runs of schema 1, which do not tell */
	const char *workload, *metric, *unit;
	enum better better;
	bool primary; /* the metric is the workload's primary one in one of these runs */
	const struct store_series *series;
	size_t nr;
};

/* NULL and 0 select all. "fair" comes whatever policy says, for ratios are to it. */
struct store_filter {
	const char *host, *policy, *workload, *metric;
	int64_t since_ns;  /* runs that started then or later */
	bool primary_only; /* only metrics that are their workload's primary one */
	bool comparisons;  /* only runs that compare something, see run_compares() */
};

/*
 * Calls each() once for every machine, workload and metric; what it is shown lives until it returns. Ends at
 * the first negative errno and returns it. One pass over the values: tests/cost/store.sh measures it.
 */
int store_series(struct store *s, const struct store_filter *filter,
		 int (*each)(void *ctx, const struct store_family *family), void *ctx);

/* What goes and what stays; 0: no limit. */
struct store_keep {
	int64_t since_ns; /* runs that started before it go */
	uint64_t bytes;	  /* then the oldest, until the rest takes no more: files of runs/, and used pages */
};

/*
 * Removes runs, oldest first, files and all. Runs that have a tag stay, and the latest of every machine.
 * removed() is told each id; it may be NULL.
 */
int store_prune(struct store *s, const struct store_keep *keep, void (*removed)(void *ctx, const char *id),
		void *ctx);
/* One run; -CAUSE_USAGE while it has a tag, -CAUSE_NOT_FOUND. */
int store_remove(struct store *s, const char *id);

/*
 * Runs from store to store, in one file: a database of the same schema. ids: NULL-terminated; none: all.
 * -CAUSE_EXISTS: path exists, nothing is overwritten.
 */
int store_export(struct store *s, const char *path, char *const *ids);
/*
 * All of a file or nothing. What is here already stays as it is; the same run with other content is
 * -CAUSE_EXISTS; a file that is no sound export is -CAUSE_DAMAGED. *taken: runs that were new or had new
 * samples.
 */
int store_import(struct store *s, const char *path, unsigned *taken);
