/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches the life of all tasks of the class with life.bpf.c: counts and times by CPU, and on request a
 * record of every step. It works under every policy, also when policies change meanwhile, and changes
 * nothing.
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
	size_t ring; /* bytes of the ring, a power of two of at least a page; 0: only counts, no records */
};

/* Loads: seconds under emulation, so once for any number of windows. 0, or an error, and why says in a line
 * what is wrong; -CAUSE_CANT: this kernel can't. */
int life_watch_open(const struct life_watch_setup *setup, struct life_watch **w, struct why *why);
/* Attaches if it is not, and begins a window: it has nothing of an earlier one. Errors as above; it may then
 * be freed only. */
int life_watch_begin(struct life_watch *w, struct why *why);

/* The counts of all CPUs since it began. */
struct life_counts {
	__u64 seen[LIFE_NR_POINTS * LIFE_NR_POINTS]; /* row FROM */
	__u64 lost;				     /* records that found no room in the ring */
	__u64 untracked; /* steps of tasks that found no room in the map of tasks */
	__u64 missed;	 /* calls that the kernel kept from our programs: each can make false edges */
	struct scxb_hist hist[LIFE_NR_EDGES]; /* ns */
};
/* -EIO: they can't be read. */
int life_watch_counts(struct life_watch *w, struct life_counts *c);

struct bpf_object;
/* With its programs; NULL: they are not attached. After a pause they are. */
const struct bpf_object *life_watch_object(const struct life_watch *w);

/*
 * Passes each record in the ring to each(). Returns how many, or a negative errno. There is no notice of new
 * records.
 */
int life_watch_drain(struct life_watch *w, void (*each)(void *ctx, const void *rec, size_t len), void *ctx);
/*
 * Ends the window, and stays attached: the next one begins at once. Until then each step of a task costs a
 * look at a switch. Counts and ring can still be read, also after a stop.
 */
void life_watch_pause(struct life_watch *w);
void life_watch_stop(struct life_watch *w); /* detaches */
void life_watch_free(struct life_watch *w); /* NULL is fine */
