/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * results/scxbench.db: every run and sample, in SQLite. This room is the only user of sqlite3.h. The schema
 * is schema-1.sql and the changes of the further versions. Only the host opens it, never a guest, so locks
 * need not work over virtio-fs.
 *
 * All functions log the cause and return a negative errno. A database that is damaged or newer than this
 * program is refused with a cure, and is never written to. A single run that is not what was stored is
 * refused alone, -CAUSE_DAMAGED; store_take_run() makes it again.
 *
 * Runs are in the order in which they were stored, everywhere: the latest, the one before, a series. A clock
 * can jump, and then started_ns is only what it showed. Runs that are imported come after those that are
 * there.
 */
#pragma once
#include <stdbool.h>
#include "record/record.h"

struct store;

/*
 * One process may have it open to write: the message of -CAUSE_BUSY names that process (lock.h). The lock
 * belongs to the process: if it opens the store twice to write, the first close releases the lock. An older
 * database is migrated, each version in a transaction.
 *
 * Any number may read, beside the one that writes, and need no write access. What they see is of the moment
 * when they opened it (but see journal.h). They must not call what changes the store.
 */
enum store_access {
	STORE_READ,
	STORE_WRITE,
	STORE_CREATE, /* to write; makes the database if there is none */
};
int store_open(const char *path, enum store_access access, struct store **store);
/* The store in a directory of results. STORE_CREATE creates the directory too. */
int store_open_in(const char *results, enum store_access access, struct store **store);
void store_close(struct store *s);

/*
 * Takes in everything from results/runs/<id>/ that the store does not have yet, with a transaction for each
 * sample. Idempotent. -CAUSE_EXISTS: the store has another run of that id, which stays unless it
 * has neither a sample nor an end.
 */
int store_take_run(struct store *s, const char *run_dir);
/* The same for one sample that just ended. Its run must be in the store. */
int store_take_sample(struct store *s, const char *run_id, const struct record *r);

/* A run and all its samples in order of seq, as they were recorded. */
struct store_run {
	struct run run;
	struct record *sample;
	size_t nr;
};
int store_load(struct store *s, const char *id,
	       struct store_run *out); /* id NULL: the latest run. -CAUSE_NOT_FOUND */
void store_run_free(struct store_run *r);

/* The run without its samples; freed by run_free(). */
int store_load_run(struct store *s, const char *id, struct run *run);

/*
 * Finds a run by a person's name for it: its id, "latest" (of all), or a tag (of the latest run that has it).
 * host: only runs of that machine, or NULL. *id is the caller's to free. -CAUSE_NOT_FOUND, logged.
 */
int store_find(struct store *s, const char *name, const char *host, char **id);
/*
 * Gives a run a tag. A tag belongs to one run of a machine, so another run that had it loses it. A tag
 * consists of letters, digits, '.', '_' and '-'; it is not "latest" and not the id of a run (-EINVAL). The
 * run's run.json gets the tag too, if there is one.
 */
int store_tag(struct store *s, const char *id, const char *tag);
int store_untag(struct store *s, const char *id,
		const char *tag); /* -CAUSE_NOT_FOUND: the run has no such tag */
/* Keeps how the gate judged a run: see struct run. run.json gets it too, if there is one. */
int store_rule(struct store *s, const char *id, const char *gate);

/* Which runs to pick. A member that is NULL or false does not matter. */
struct store_pick {
	const char *host;      /* of this machine */
	const char *tag;       /* that have this tag */
	const char *before;    /* that were stored before the run with this id, of the same machine */
	const char *plan;      /* of this plan */
	bool comparisons;      /* that compare something, see run_compares(), and no step of a bisection */
	bool sampled;	       /* with at least one sample */
	bool timed;	       /* that measure time, not instructions (exact lab) */
	bool latest_of_kernel; /* only the newest of each kernel, and all of unknown kernels */
	bool latest_of_host;   /* or of each known machine, which reads none of the others */
};

/* One line of the list of runs, latest first. */
struct store_line {
	char *id, *plan, *where, *kernel, *host, *tags; /* the last three NULL if not known or none */
	int64_t started_ns;
	unsigned samples, planned, not_ok;
};
/* The runs that match pick; NULL: all. */
int store_list(struct store *s, const struct store_pick *pick, struct store_line **lines, size_t *nr);
void store_list_free(struct store_line *lines, size_t nr);
/* The newest of them: 1 and its id, the caller's to free; 0 and NULL, not logged, when no run matches. */
int store_pick(struct store *s, const struct store_pick *pick, char **id);

/*
 * Series over all runs: the timed samples of one machine, workload, policy and metric, in order (run,
 * then block). Instrumented samples and warm-ups are never part of a series.
 */
struct store_point {
	const char *run;	 /* id */
	const char *policy_hash; /* or NULL */
	int64_t started_ns;	 /* of the run, as its machine's clock said */
	int64_t stored;		 /* ascends in the order in which the runs were stored */
	unsigned block;
	unsigned boot;	    /* 0 where boots are not part of the design */
	const char *status; /* status_name() */
	double value;	    /* NAN: the sample is not ok, or the metric is absent */
};

struct store_series {
	const char *policy;
	const struct store_point *point;
	size_t nr;
};

/* All policies with at least one value of a metric: fair first, then by name. */
struct store_family {
	const char *host; /* NULL: runs of schema 1, which do not have it */
	const char *workload, *metric, *unit;
	enum better better;
	bool primary; /* the workload's primary metric in at least one of these runs */
	const struct store_series *series;
	size_t nr;
};

/* NULL and 0 select all. "fair" is always included, because ratios are relative to it. */
struct store_filter {
	const char *host, *policy, *workload, *metric;
	int64_t since_ns;	/* only runs that started then or later */
	bool primary_only;	/* only the primary metric of each workload */
	bool comparisons;	/* only such runs, as in struct store_pick */
	struct totals *checked; /* of the same host; NULL: each question checks what it reads */
};

/* For several questions: checks the runs of a machine, or with NULL all, once. store_checked_free() in any
 * case. */
int store_checked_make(struct store *s, const char *host, struct totals **checked);
void store_checked_free(struct totals *checked);

/*
 * A run that is not what was stored (checksum.h) is logged and left out of series and outcomes.
 *
 * Calls each() once for every machine, workload and metric; the family lives until it returns. Ends at the
 * first negative errno and returns it. This is one pass over the values; tests/cost/store.sh measures it.
 */
int store_series(struct store *s, const struct store_filter *filter,
		 int (*each)(void *ctx, const struct store_family *family), void *ctx);

/*
 * What became of the timed samples of a policy under a workload in one run. Of a sample that was taken again
 * the first try counts. Once the run has ended, those that are missing are due too.
 */
struct store_outcome {
	const char *host; /* or NULL */
	const char *workload, *policy, *run;
	int64_t started_ns;
	unsigned ok, due; /* due is not 0 */
	/* The first of the worst status, if any was not ok; else STATUS_OK, and the rest is 0 and NULL. */
	enum status worst;
	const char *why;	 /* or NULL */
	int exit_kind;		 /* how the policy went out, see struct ejection; 0: it did not */
	const char *exit_reason; /* or NULL */
};

/*
 * Calls each() for every one, by machine, workload, policy (fair first), and in the order of storing. The
 * metrics that the filter wants do not matter, and fair is not included unless it is asked for. Ends at the
 * first negative errno and returns it.
 */
int store_outcomes(struct store *s, const struct store_filter *filter,
		   int (*each)(void *ctx, const struct store_outcome *outcome), void *ctx);

/* Which runs stay; 0: no limit. */
struct store_keep {
	int64_t age_ns; /* runs that are older are removed, see age.h */
	uint64_t bytes; /* then the oldest, until the rest takes no more: files in runs/ and used pages */
	int64_t now_ns;
	bool unsynchronised; /* nobody keeps the clock right */
};
/* Sets all but bytes; by this machine's clock. */
void store_keep_days(struct store_keep *keep, double days);

/*
 * Removes runs and their files, oldest first. Runs with a tag stay, and so does the latest of every machine.
 * While the clock is not credible (age.h), or not synchronised, none is removed for its age, with a warning.
 * Calls removed() with each id; it may be NULL.
 */
int store_prune(struct store *s, const struct store_keep *keep, void (*removed)(void *ctx, const char *id),
		void *ctx);
/* Removes one run. -CAUSE_USAGE while it has a tag, -CAUSE_NOT_FOUND. */
int store_remove(struct store *s, const char *id);

/*
 * Copies runs to one file for another store: a database of the same schema. ids: NULL-terminated; empty: all
 * runs. -CAUSE_EXISTS: path exists, and is not overwritten.
 */
int store_export(struct store *s, const char *path, char *const *ids);
/*
 * Takes in a whole file or nothing of it. What is in the store already stays unchanged. -CAUSE_EXISTS: the
 * store has the same run with other content; -CAUSE_DAMAGED: the file is not a sound export. *taken: runs
 * that were new or had new samples.
 */
int store_import(struct store *s, const char *path, unsigned *taken);
/* Is it a file that can be imported? Logged if not. Its runs are not looked at. */
int store_import_check(const char *path);
