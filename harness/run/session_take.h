/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes the samples of a run, from the place that its files give to its end or to the end of this boot's
 * share.
 *
 * A new run and a resumed one go the same way. First the samples in files are gone through, as if they were
 * taken now; then the rest is taken. The place of a sample in the plan follows from the samples before it. So
 * the sample files are enough to continue.
 *
 * A timed sample that is void is taken again once, when the other samples of its block are taken: what voids
 * a sample is mostly a moment of the machine, which must not decide a run. Both are kept. A retake is not
 * part of the plan. A sample is not taken again for a line of the ledger, which is a finding and not a
 * moment.
 *
 * A slow machine must not make a sample fail: its limit is SESSION_LIMIT times what fair or the warm-up took,
 * and where nothing is known yet and CPUs are emulated, as often the workload's own timeout.
 */
#pragma once
#include "collect/collect.h"
#include "run/bench.h"
#include "run/stopping.h"
#include "store/store.h"
#include "workload/workload.h"

#define SESSION_LIMIT 5

/* The open things of one run, and its progress. */
struct session {
	struct bench *b;
	struct cgroup cgroup;
	struct collect_kept kept;
	struct policy_kept policies;
	struct store *store; /* NULL with --files-only */
	struct progress *progress;
	struct stopping *stopping;
	unsigned seq;		 /* of the last sample */
	size_t next;		 /* the plan's first item that is not taken yet */
	struct plan_item *again; /* what is to be taken again at the end of this block */
	size_t nr_again, next_again;
	unsigned retakes;		/* taken so far */
	unsigned boot;			/* of the machine within the run, from 1 */
	bool used;			/* the boot has taken something of the plan */
	unsigned warmed;		/* warm-ups of this boot */
	double *took_s;			/* by workload: the longest of fair and warm-ups; 0: not known yet */
	bool found[BENCH_MAX_POLICIES]; /* by policy: a timed sample of it is ok */
	unsigned failed;		/* samples that count for the exit code */
	char *why;			/* why the timed samples are over; NULL: they are not */
};

/* Sets s->boot. The file "boots" in the run's directory has a line for each boot: the kernel's boot id. */
int session_boot(struct session *s);
/* Goes through the files. -CAUSE_USAGE, logged, when they do not fit the plan. */
int session_replay(struct session *s);
/* With --boot: to the share of that boot, as if the samples before it were taken. */
void session_skip(struct session *s);
/* Takes the rest. 0: it reached the end, or the end of the share. -CAUSE_INTERRUPTED. */
int session_take(struct session *s);
/* Has the whole plan been taken? */
bool session_is_over(const struct session *s);
