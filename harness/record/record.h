/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is kept of a sample and of a run: plain structs, and their files in results/runs/<id>/.
 *
 *	run.json           written before the first sample, and after the last with how the run ended
 *	sample-0001.json   one for each sample, written whole when it ends (fsync, rename)
 *
 * fields.c has the meaning of each member, its unit, range, place in the store and first schema. This header
 * has only what else a user of the structs must know. The files are the source of truth: the store takes them
 * in, and every number can be computed from them again. All read functions log the cause and return a
 * negative errno. Each struct is freed by its _free.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "record/metrics.h"
#include "record/proof.h"

/* The schema of the files. Readers accept every schema from 1 on; fields.c says what an older one lacks. */
#define RECORD_SCHEMA 3

enum status {
	STATUS_OK,     /* proven; a data point */
	STATUS_VOID,   /* it ran, but its proof does not hold: it is shown, and is never a data point */
	STATUS_FAILED, /* the workload failed, hung or printed rubbish; the policy did not come in, or went by
			  itself */
	STATUS_EJECTED, /* the kernel threw the policy out: a result, with struct ejection */
	NR_STATUS
};

/* How a policy went out before its time, by the kernel or otherwise. All members are 0 or NULL when kind is
 * 0. */
struct ejection {
	int kind;
	int64_t code;
	char *reason, *msg, *dump; /* each may be NULL */
	double after_s;
};

struct record {
	unsigned seq;
	unsigned block;
	unsigned boot;
	char *policy; /* "vtime:slice_us=3000" */
	char *workload;
	bool instrumented;
	bool warmup;
	unsigned retake_of; /* seq of the void sample that it repeats; 0: of none */
	enum status status;
	char *why;	    /* or NULL */
	int64_t started_ns; /* CLOCK_REALTIME */
	double elapsed_s;
	double window_s;
	struct metrics metrics; /* with the histograms */
	struct proof *proof;
	size_t nr_proofs;
	struct ejection ejection;
	char *violations; /* or NULL */
};

struct pair {
	char *key, *value;
};

struct run {
	char *id; /* "20261122-164501-7f3a" */
	char *plan;
	char *command;
	char *where;
	bool emulated;
	char *host;	   /* or NULL; see collect/host_id.h */
	char *host_before; /* its fingerprint by earlier versions; NULL: the same, or not known */
	uint64_t seed;
	unsigned blocks;
	unsigned planned;
	unsigned restarts;
	double margin; /* or NAN */
	int64_t started_ns;
	char **policies, **workloads; /* NULL-terminated */
	/* As long as policies, with NULLs; the array itself may be NULL. See collect/host_id.h. */
	char **policy_hash;
	/* The same: what each name stands for, where it is not its own meaning; and slices, in digits. */
	char **policy_given, **slice_ns;
	char *baseline;	  /* NULL: fair; see record/role.h */
	char **primary;	  /* NULL-terminated, as long as workloads */
	struct pair *env; /* see collect/env.h */
	size_t nr_env;
	char *topology_xml; /* or NULL */
	/*
	 * "all 15 blocks are taken": written with the last sample, when blocks and planned become what was
	 * taken. NULL: the run has not ended; fewer samples than planned are then an interim state.
	 */
	char *ended;
	char *tags; /* or NULL */
	char *gate; /* ruling of the regression gate: RUN_PASSED, or "fail", "inconclusive"; NULL: not judged
		     */
};
#define RUN_PASSED "pass"

/* Adds a line of proof. What was found is cut at 1,023 bytes. */
void record_prove(struct record *r, bool holds, enum proof_check check, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void record_take_proof(struct record *r, struct proof p); /* takes ownership of p */
int record_write(const struct record *r, const char *run_dir);
char *run_sample_path(const char *run_dir, unsigned seq); /* of the sample's file; the caller's to free */
/* Of what its "workload" or "policy" said; the caller's to free. */
char *run_log_path(const char *run_dir, unsigned seq, const char *what);
int record_read(const char *path, struct record *r);
void record_free(struct record *r);

/*
 * The paths of a run's sample files in order of seq, NULL-terminated; freed by run_samples_free(), also after
 * an error. A file that is called like a sample, but by a number that no sample has, is one.
 */
int run_samples(const char *run_dir, char ***path);
void run_samples_free(char **path);
unsigned run_sample_seq(const char *path); /* from its name; 0: not a sample file */

int run_write(const struct run *run, const char *run_dir);
int run_read(const char *run_dir, struct run *run);
const char *run_env(const struct run *run, const char *key); /* or NULL */
const char *emulated_name(bool emulated);		     /* "yes" or "no", as every export has it */
void run_free(struct run *run);

/* Far more than any plan has. A file with more is damaged. */
#define RUN_MAX_BLOCKS 100000
#define RUN_MAX_SAMPLES 100000000
#define RUN_MAX_MARGIN 10.0
#define SAMPLE_MAX_S 1e10

/*
 * NULL, or "MEMBER: RULE" of the first that no reader of files would accept: for what came from the database.
 * The caller's to free.
 */
char *record_fault(const struct record *r);
char *run_fault(const struct run *run);

/*
 * For a struct that did not come from its file: -CAUSE_DAMAGED, logged, if record_read() or run_read() would
 * refuse a file of it. where: its name in messages.
 */
int record_check(const struct record *r, const char *where);
int run_check(const struct run *run, const char *where);
/* Equal to the last bit; for runs, except for what may change after the first sample. */
bool record_same(const struct record *a, const struct record *b);
bool run_same(const struct run *a, const struct run *b);

const char *status_name(enum status s);			 /* "ok", "void", "failed", "ejected" */
int status_parse(const char *name, enum status *status); /* 0 or -EINVAL */
