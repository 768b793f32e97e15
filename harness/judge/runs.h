/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs as a person names them. All log the cause of an error and return a negative errno. */
#pragma once
#include "store/store.h"

/*
 * The run of an id, a tag, or "latest" (also NULL): the latest that is a comparison. host: only runs of that
 * machine, or NULL. -CAUSE_USAGE for a run that compares nothing. store_run_free() after 0.
 */
int runs_load(struct store *store, const char *name, const char *host, struct store_run *run);
int runs_check(const struct run *run); /* -CAUSE_USAGE for a run that compares nothing */

/*
 * The custody runs of these names (NULL-terminated), or, where there is no name, the latest of each kernel,
 * by kernel. The array and its runs are the caller's, also after an error:
 * runs_free(). -CAUSE_USAGE for a run that is a comparison.
 */
int runs_custody(struct store *store, char *const *name, size_t *nr, struct store_run **run);
/*
 * The comparisons of these names (NULL-terminated), or, where there is no name, of the latest run's machine
 * the latest of each kernel and the latest of each kernel in the exact lab. Sorted: those of the exact lab
 * last, then by kernel. The array and its runs are as above.
 */
int runs_kernels(struct store *store, char *const *name, size_t *nr, struct store_run **run);
int runs_have_policy(const struct run *run, const char *name); /* -CAUSE_NOT_FOUND if it does not */
/* Compares the policies with another of them; NULL: as the run was taken. -CAUSE_NOT_FOUND. */
int runs_compare_with(struct run *run, const char *baseline);
void runs_free(struct store_run *run, size_t nr);
