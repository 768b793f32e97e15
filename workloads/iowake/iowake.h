/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <stdint.h>
#include "../kit/latency.h"

struct waits {
	struct latency latency;
	uint64_t reads, slept; /* slept: how often a reader gave up its CPU */
};

/* Both take so many seconds. 0, or 1 and the reason on stderr. */
int pipes_take(struct waits *w, long seconds);
/* Also 1 where most reads did not sleep. */
int reads_take(struct waits *w, long seconds);

/* A reader's turn: what waits for data and returns since when, or 0: there is no more. */
struct reader {
	uint64_t (*await)(struct reader *r);
	struct waits waits;
	uint64_t end; /* ns */
	int fd;
	uint64_t pages, random; /* of a file; the state of its random numbers */
	void *page;
};
/* A thread: arg is a struct reader. */
void *reader_thread(void *arg);
/* Adds what it has seen. */
void reader_merge(struct waits *w, const struct reader *r);
