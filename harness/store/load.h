/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: a run itself, without its samples, and samples with all that hangs on them. */
#pragma once
#include "store/checksum.h"

/* Takes ownership of the rule that something of a run breaks: then -CAUSE_DAMAGED, logged. */
int load_sound(struct store *s, const char *id, char *fault);
int load_run(struct store *s, int64_t row, struct run *r);
/* The run with this id, or with NULL the latest. -CAUSE_NOT_FOUND, logged. r: zeroed. */
int load_named(struct store *s, const char *id, int64_t *row, struct run *r);
int load_tags(struct store *s, int64_t row, char **tags); /* the caller's to free; NULL: none */

/* Whose row of the database it is. */
enum load_of { LOAD_RUN, LOAD_SAMPLE };

/* Samples in order of seq, as they are stored, right or wrong. */
struct loaded {
	int64_t row;
	struct record *sample;
	struct loaded_sum {
		SHA2_CTX running;
		struct checksum sum;
		bool right; /* it is the one that is stored */
	} *sum;
	size_t nr;
};
/* Freed by loaded_free() in any case. */
int load_samples(struct store *s, enum load_of of, int64_t row, struct loaded *l);
void loaded_free(struct loaded *l);
