/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run of a bisection has shown, from the store. */
#pragma once
#include <stdbool.h>
#include "bisect/bisect.h"
#include "bisect/measure.h"
#include "judge/compare_cells.h"
#include "store/store.h"

struct samples {
	struct store_run run;
	struct compare c;
};

/* Has the run all its samples? */
bool samples_taken(const struct bisection *job, const char *run);
/* Puts it into the store and takes it from there. To be freed after 0. */
int samples_load(const struct bisection *job, const char *run, struct samples *s);
void samples_free(struct samples *s);

/* Of an arm that is not to be judged by its values: how it ended, and in words; the caller's to free. */
bool samples_lost(const struct samples *s, unsigned arm, enum status *status, char **why);
/* Ratio and interval of one arm to another: of a look, or of a run that took all its blocks. */
void samples_ratio(const struct samples *s, const unsigned arm[2], bool whole, struct entry *e);
/* "time (s)"; the caller's to free. */
char *samples_metric(const struct samples *s);
