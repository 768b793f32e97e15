/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside top/ only: what top saw, in a file. The first line is the head, which says what the file is, its
 * version and the machine's CPUs; each further line is a shot (top_frame.h). Nothing of a machine is needed
 * to read it. All errors are logged.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "monitor/monitor_shot.h"
#include "topology/topology.h"

#define TOP_RECORD_SCHEMA 1
/* A record has at most so many bytes. */
#define TOP_RECORD_MIB 256
#define TOP_RECORD_BYTES ((size_t)TOP_RECORD_MIB << 20)

struct top_record {
	const char *path; /* borrowed; NULL: nothing is recorded */
	int fd;
	size_t size;
	bool full;
};

/* Makes the file: -CAUSE_EXISTS, or cause_if_named(). */
int top_record_begin(struct top_record *r, const char *path, const struct topology *t);
/*
 * A shot is in the file as a whole or not at all. When there is no room for it the record ends, with a
 * warning, and this is 0 from then on. -CAUSE_DISK and the like otherwise.
 */
int top_record_add(struct top_record *r, const struct monitor_shot *shot);
void top_record_end(struct top_record *r);

struct top_replay {
	const char *path; /* borrowed */
	char *text;	  /* the file */
	struct top_text {
		const char *at;
		size_t len;
	} *line;		  /* one for each shot */
	size_t nr;		  /* at least 1 after top_replay_open() */
	struct topology topology; /* only what views need: CPUs, their L3 group and node */
};

/*
 * Reads a file of top_record_begin(), and each of its shots once, so that none is damaged later. A last line
 * that was not finished is left out. -CAUSE_DAMAGED, -CAUSE_VERSION, -CAUSE_INTERRUPTED, or
 * cause_if_named(). Free it in any case.
 */
int top_replay_open(struct top_replay *r, const char *path);
int top_replay_look(const struct top_replay *r, size_t i, struct monitor_shot *shot);
void top_replay_free(struct top_replay *r);
