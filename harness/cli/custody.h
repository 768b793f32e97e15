/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the custody command share. */
#pragma once
#include <stdbool.h>

struct store;

struct custody_show {
	const char *results;
	char *const *id; /* NULL-terminated; none: the latest run of each kernel */
	bool json;
};

/*
 * Prints the runs side by side. 0, -CAUSE_FAILED when a ledger does not balance on a kernel that tells of
 * every exit, a violation was seen or a sample is missing, or another error; logged.
 */
int custody_show(struct store *store, const struct custody_show *what);

/*
 * results/report/custody.html from the latest run of each kernel; *made is false when the store has none.
 * runs.html links to it.
 */
int custody_page(const char *home, const char *results, struct store *store, bool *made);
