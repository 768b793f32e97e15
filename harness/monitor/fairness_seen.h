/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Watches targets for some time: from the user's words to what was seen. */
#pragma once
#include "monitor/fairness_watch.h"

struct fairness_seen {
	unsigned nr;
	struct fairness_target *target;
	double window_s, seconds; /* seconds: really watched */
	double cpus;		  /* that are online */
	struct fairness found;
	double *starved; /* of each target, s */
	unsigned *may;	 /* on how many CPUs each may run; 0: not known */
};

/*
 * Each word is TARGET=WEIGHT[@QUOTA]: at least two, none twice. Errors as of fairness_target_parse(). Free s
 * in any case.
 */
int fairness_seen_begin(struct fairness_seen *s, char *const *words);
/*
 * Watches for so many seconds and at least one window, or until interrupted() or the end of a target; what
 * was seen until then counts. 0, or an error of fairness_watch_step().
 */
int fairness_seen_watch(struct fairness_seen *s, double seconds);
void fairness_seen_free(struct fairness_seen *s);
