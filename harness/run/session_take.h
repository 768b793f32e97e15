/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The samples of a run, from where its files say it is to its end or to the end of this boot's share.
 *
 * A new run and one that is resumed go the same way: what is in files is gone through first, as if it were
 * taken now, then the rest is taken. The place of a sample in the plan follows from what was taken before it,
 * so nothing but the samples' own files is needed to go on.
 */
#pragma once
#include "run/bench.h"
#include "run/stopping.h"
#include "store/store.h"
#include "workload/workload.h"

/* What one run has open, and where it is. */
struct session {
	struct bench *b;
	struct cgroup cgroup;
	struct store *store; /* NULL with --files-only */
	struct progress *progress;
	struct stopping *stopping;
	unsigned seq;	 /* of the last sample */
	size_t next;	 /* the plan's first item that is not taken */
	unsigned boot;	 /* of the machine within the run, from 1 */
	bool used;	 /* something of the plan was taken in it */
	unsigned warmed; /* warm-ups of this boot */
	unsigned failed; /* samples that count for the exit code */
	char *why;	 /* the timed samples are over, and why */
};

/* Sets s->boot. The file "boots" in the run's directory has a line each: the kernel's id of it. */
int session_boot(struct session *s);
/* Goes through the files. -CAUSE_USAGE, logged, when they are not what the plan has. */
int session_replay(struct session *s);
/* Takes the rest. 0: to the end, or to that of the share. -CAUSE_INTERRUPTED. */
int session_take(struct session *s);
/* Is the plan taken to its end? */
bool session_is_over(const struct session *s);
