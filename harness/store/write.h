/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes to the database. A run or sample that it has already stays unchanged, which is 0; only a run's end
 * is added.
 */
#pragma once
#include "store/db.h"

int write_run(struct store *s, const struct run *r);
/* A run that is not there, as this row of the table, in the caller's transaction. 0: a new row. */
int write_run_at(struct store *s, const struct run *r, int64_t row);
/* Removes all rows of a run. */
int write_nothing(struct store *s, int64_t run);
int write_sample(struct store *s, int64_t run, const struct record *r);

/* Tags with commas between them. A tag of another run of the same machine stays with that run. */
int write_tags(struct store *s, int64_t run, const char *tags);

/* The parts of a sample with names of their own. Inside the caller's transaction. */
int write_metrics(struct store *s, int64_t sample, const struct metrics *m);
int write_hists(struct store *s, int64_t sample, const struct metrics *m);
