/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pages of a store below results/report: which runs each is made from, and where it goes. What is on them
 * is made by report.h and index.h. Each logs the cause of an error and returns it.
 */
#pragma once
#include "store/store.h"

struct pages {
	const char *home, *results;
	struct store *store;
	const char *baseline; /* of the run's own page; NULL: as the run was taken */
	const char *dir;      /* where the pages go; NULL: results/report */
};

char *pages_dir(const struct pages *p); /* the caller's to free */
/*
 * Whether this user may write pages into results/report; if not, that is said with the cure. A reader's
 * result is then only what it prints. True for a dir of its own: there an error is an error.
 */
bool pages_wanted(const struct pages *p);

/* runs.html, the list of all runs. */
int pages_runs(const struct pages *p);
/* custody.html from the latest run of each kernel, and runs.html, which links it; *made: the store has such a
 * run. */
int pages_custody(const struct pages *p, bool *made);
/* history.html of the primary metrics, once there are several nights of any. */
int pages_history(const struct pages *p);
/* RUN/index.html with its pictures, index.html, which leads there, and runs.html. */
int pages_run(const struct pages *p, const struct store_run *run);
