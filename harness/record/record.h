/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a sample and a run leave behind: plain structs and their files in results/runs/<id>/.
 *
 *	run.json           before the first sample: plan, seed, environment, topology XML; after the last, how
 *it ended sample-0001.json   one a sample, written when it ends, whole or not there (fsync, rename)
 *
 * The files are the source of truth; the store takes them in. Every number is recomputable from them.
 * All read functions log the cause and return a negative errno; all structs are freed by their _free.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "record/metrics.h"
#include "record/proof.h"

/* Of the files; readers take every one from 1 on, and what it has no member for is as said below. */
#define RECORD_SCHEMA 2

enum status {
	STATUS_OK,	/* proven; a data point */
	STATUS_VOID,	/* it ran, but its proof does not hold: shown, never a data point */
	STATUS_FAILED,	/* the workload failed, hung or printed rubbish */
	STATUS_EJECTED, /* the kernel threw the policy out: a result, with struct ejection */
	NR_STATUS
};

struct ejection {
	int kind; /* enum scx_exit_kind; 0: not ejected */
	int64_t code;
	char *reason, *msg, *dump;
	double after_s; /* from attach */
};

struct record {
	unsigned seq;	/* place in the run, from 1 */
	unsigned block; /* from 1; 0 for instrumented and warm-up samples, which belong to no comparison */
	unsigned boot;	/* of the machine within the run, from 1; 1 in schema 1 */
	char *policy;	/* as given: "vtime:slice_us=3000"; the second fair arm of an A/A run is "fair#2" */
	char *workload; /* "hackbench-pipe" */
	bool instrumented;
	bool warmup; /* kept and shown, never a data point; false in schema 1 */
	enum status status;
	char *why;	    /* why it is not ok, or NULL */
	int64_t started_ns; /* CLOCK_REALTIME */
	double elapsed_s;   /* the whole sample, attach to verify */
	double window_s;    /* the measured window alone */
	struct metrics metrics;
	struct proof *proof;
	size_t nr_proofs;
	struct ejection ejection;
	char *violations; /* JSON array text of the ledger's violations, or NULL */
};

struct pair {
	char *key, *value;
};

struct run {
	char *id;      /* "20261122-164501-7f3a"; also the directory's name */
	char *plan;    /* "demo", "decide", ... */
	char *command; /* that repeats it */
	char *where;   /* "native" or "lab" */
	bool emulated; /* by detection, see collect/env.h */
	char *host;    /* fingerprint of the machine, see collect/host_id.h; NULL in schema 1 */
	uint64_t seed;
	unsigned blocks;
	unsigned planned;  /* samples the plan wants */
	unsigned restarts; /* boots the plan wants; 1 in schema 1 */
	double margin;	   /* of equivalence, 0.02 is 2 %; NAN: the default of who compares, as in schema 1 */
	int64_t started_ns;
	char **policies, **workloads; /* as given, NULL-terminated, in the plan's order */
	/*
	 * Hash of what each policy is, object and knobs, see collect/host_id.h; NULL: not known, or fair,
	 * which is the kernel's. As long as policies; the array itself may be NULL, as in schema 1.
	 */
	char **policy_hash;
	char **primary;	  /* primary metric of each workload */
	struct pair *env; /* environment, see collect/env.h */
	size_t nr_env;
	char *topology_xml;
	/*
	 * Why no more samples come ("all 15 blocks are taken"), written with the last one, when blocks and
	 * planned become what was taken. NULL: not yet, or schema 1; then fewer samples than planned are an
	 * interim state.
	 */
	char *ended;
	char *tags; /* names a person gave it, ascending, comma between; NULL: none */
};

/* A line of proof; what was found is cut at 1,023 bytes. */
void record_prove(struct record *r, bool holds, enum proof_check check, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void record_take_proof(struct record *r, struct proof p); /* takes it over */
int record_write(const struct record *r, const char *run_dir);
int record_read(const char *path, struct record *r);
void record_free(struct record *r);

/* The sample files of a run in order of seq, a NULL-terminated list of paths: run_samples_free(). */
int run_samples(const char *run_dir, char ***path);
void run_samples_free(char **path);
unsigned run_sample_seq(const char *path); /* that its name tells; 0: it is no such file */

int run_write(const struct run *run, const char *run_dir);
int run_read(const char *run_dir, struct run *run);
const char *run_env(const struct run *run, const char *key); /* or NULL */
void run_free(struct run *run);

/* Letters, digits, '-', '_' and '.', the first a letter or a digit: it becomes a directory's name. */
bool run_id_valid(const char *id);
#define RUN_MAX_BLOCKS 1000000
#define RUN_MAX_SAMPLES 100000000

/*
 * For what came by another way than its file: -CAUSE_DAMAGED where record_read() or run_read() would refuse
 * the file of it, logged; where: what to call it.
 */
int record_check(const struct record *r, const char *where);
int run_check(const struct run *run, const char *where);
/* Equal to the last bit. Of runs: but for what may change after the first sample: blocks, planned, ended,
 * tags. */
bool record_same(const struct record *a, const struct record *b);
bool run_same(const struct run *a, const struct run *b);

const char *status_name(enum status s); /* "ok", "void", "failed", "ejected" */
int status_parse(const char *name, enum status *status); /* 0 or -EINVAL */
