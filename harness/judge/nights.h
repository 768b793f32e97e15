/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The nights of a run: the earlier runs of the same machine, plan and work in the store. They show how far
 * runs of a series lie apart although nothing was changed (stats/nights.h), which two runs cannot.
 */
#pragma once
#include "judge/compare.h"
#include "stats/nights.h"
#include "store/store.h"

struct nights_series {
	char *workload, *metric, *unit, *policy;
	struct night_ratio *value; /* ratio to the night's own baseline, by run; x NAN: none */
};

/*
 * A night that the gate judged and did not pass is none to compare with. A person who tags such a run accepts
 * it as it is: the nights before it are of another time then.
 */
struct nights_run {
	char *id;
	bool counts;
};

struct nights {
	struct nights_run *run; /* the oldest first */
	size_t nr, nr_counting;
	struct nights_series *series;
	size_t nr_series;
};

struct nights_ask {
	const struct run *of;
	const char *except; /* a run that is compared, so does not count; or NULL */
	bool every_metric;  /* not only the primary ones */
};

/* Logs and returns a negative errno. nights_free() in any case. */
int nights_load(struct store *s, const struct nights_ask *ask, struct nights *n);
void nights_free(struct nights *n);

/* The values of one series, by run; NULL nights, or no such series: NULL. */
const struct night_ratio *nights_values(const struct nights *n, const struct work *work, const char *policy);
/* Of one series, its level that of the last "most" nights at most; NULL nights, or no such series: none. */
struct night_spread nights_spread(const struct nights *n, const struct work *work, const char *policy,
				  size_t most);
