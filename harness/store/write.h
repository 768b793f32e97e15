/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Into the database. A run or a sample that is there already is left as it is, but for how a run ended: 0. */
#pragma once
#include "store/db.h"

int write_run(struct store *s, const struct run *r);
int write_sample(struct store *s, int64_t run, const struct record *r);

/* Tags, commas between; one that another run of the same machine has stays with that. */
int write_tags(struct store *s, int64_t run, const char *tags);

/* The parts of a sample that have names of their own; inside the caller's transaction. */
int write_metrics(struct store *s, int64_t sample, const struct metrics *m);
int write_hists(struct store *s, int64_t sample, const struct metrics *m);
