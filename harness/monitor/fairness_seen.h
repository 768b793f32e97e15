/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Targets watched over a while, from a person's words to what was seen. */
#pragma once
#include "monitor/fairness_watch.h"

struct fairness_seen {
	unsigned nr;
	struct fairness_target *target;
	double window_s, seconds; /* seconds: watched really */
	struct fairness found;
	double *starved; /* of each target, s */
};

/* Each word is TARGET=WEIGHT[@QUOTA%]: at least two, none twice. As fairness_target_parse(); free it in any
 * case. */
int fairness_seen_begin(struct fairness_seen *s, char *const *words);
/*
 * Watches for so many seconds, at least one window, until interrupted() or a target ends: what was seen until
 * then counts. 0 or as fairness_watch_step().
 */
int fairness_seen_watch(struct fairness_seen *s, double seconds);
void fairness_seen_free(struct fairness_seen *s);
