/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate, for the commands that judge a run. */
#pragma once
#include <stdbool.h>
#include "judge/limits.h"

struct store;

/* Strings are borrowed. */
struct regress_options {
	const char *run;		 /* judged; NULL: the latest comparison */
	const char *baseline;		 /* a run or a tag; NULL: REGRESS_LAST_GOOD */
	unsigned nights;		 /* not 0: the last so many nights instead */
	const char *junit;		 /* file for JUnit XML, or NULL */
	bool json;			 /* on stdout instead of the page */
	bool bless;			 /* tag the run last-good when the gate passes */
	struct limits threshold, margin; /* their "all" 0: the default */
};

/*
 * Judges, prints, writes and tags as the options say. Returns an exit code of cause.h. A missing baseline is
 * inconclusive.
 */
int regress_run(struct store *store, const struct regress_options *o);
