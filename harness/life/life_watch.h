/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watching the life of all tasks of the class with life.bpf.c: counts and times a CPU, and on request a
 * record of every step. Whatever policy is attached, or comes and goes meanwhile, is watched; nothing of it
 * is changed.
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include "stats_abi.h"
#include "life/life.h"
#include "util/why.h"

struct life_watch;

struct life_watch_setup {
	const char *object; /* path of life.bpf.o */
	size_t ring; /* bytes of the ring, a power of two of at least a page; 0: counts alone, no records */
};

/* Loads, attaches, begins. 0, or an error, and why says in a line what is wrong; -CAUSE_CANT: this kernel
 * can't. */
int life_watch_begin(const struct life_watch_setup *setup, struct life_watch **w, struct why *why);

/* What all CPUs counted since it began. */
struct life_counts {
	__u64 seen[LIFE_NR_POINTS * LIFE_NR_POINTS]; /* row FROM */
	__u64 lost;				     /* records that found no room */
	__u64 untold;				     /* steps of tasks that found none in the map of tasks */
	__u64 missed; /* calls that the kernel kept from our programs: any makes false edges */
	struct scxb_hist hist[LIFE_NR_EDGES]; /* ns */
};
/* -EIO: they can't be read. */
int life_watch_counts(struct life_watch *w, struct life_counts *c);

/* Hands each record that is in the ring to each(): how many, or negative errno. Nothing tells when there are
 * more. */
int life_watch_drain(struct life_watch *w, void (*each)(void *ctx, const void *rec, size_t len), void *ctx);
/* Nothing is seen from here on; counts and ring can still be read. */
void life_watch_stop(struct life_watch *w);
void life_watch_free(struct life_watch *w); /* NULL is fine */
