/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a policy did from run to run: a series of every machine, policy, workload and metric over all stored
 * runs, where its level changed (stats/change.h), and what differed between the runs there. A run is called a
 * night, because most are.
 *
 * What is looked at is the ratio to the same night's own fair, so a slower machine is not a change of any
 * policy; for fair itself, and for metrics that fair does not have, it is the median.
 */
#pragma once
#include <stdbool.h>
#include "judge/history_loss.h"
#include "stats/change.h"
#include "stats/leak.h"
#include "store/store.h"

/* By chance alone, a night of a series: harness/stats/README.md. */
#define HISTORY_FALSE_LEVELS 0.00002
#define HISTORY_FALSE_INCIDENTS 0.0005
#define HISTORY_SMALLEST 0.005 /* part of a level: a smaller change is not a point */

struct history_run {
	char *id;
	const char *host; /* a series' */
	int64_t started_ns;
	int64_t stored;	    /* orders the runs, see struct store_point */
	bool anchor;	    /* the gate's second baseline, see judge/anchor.h */
	bool valued;	    /* some series has a value that night */
	unsigned place;	    /* among the valued runs of its machine, from 1; 0: it is not valued */
	struct run *loaded; /* its environment: at changes, and of each machine's latest; else NULL */
};

struct history_night {
	struct history_run *run;
	const char *policy_hash; /* or NULL */
	double ratio;		 /* to fair, that of the run's own comparison; NAN: no pair */
	double median;		 /* of the values; NAN: none */
	unsigned values, pairs; /* blocks with a value, and with one of fair as well that it has a ratio to */
	unsigned left_out;	/* blocks with both that have no ratio: a value of 0 or less */
};

/* What was different from one night to the next. was, is: NULL where it was not recorded. */
struct history_difference {
	const struct history_run *run; /* the first that had it so */
	char *key, *was, *is;
};

struct history_point {
	struct change change;		       /* of the nights; levels as they are, not their logs */
	struct history_difference *difference; /* see history_attribute() */
	size_t nr;
};

struct history_series {
	char *host; /* NULL: runs of a version that did not record it */
	char *policy, *workload, *metric, *unit;
	enum better better;
	bool primary, of_ratio; /* what history_value() is */
	struct history_night *night;
	size_t nr;
	struct history_point *point;
	size_t nr_points;
	unsigned no_ratio, fewer_pairs; /* nights with values of 0 or less: that left no pair, or some */
	/* Its first night with a value, when its machine has earlier ones, and its last one, when
	 * HISTORY_GONE or more followed without; else NULL. */
	const struct history_run *begun, *ended;
	/* Of one that ended: the only one that began the night after and has all names but one in common, and
	 * the other way round; else NULL. */
	const struct history_series *renamed;
};

#define HISTORY_GONE 3

struct history {
	struct history_series *series; /* of one machine, workload and metric side by side, fair first */
	size_t nr;
	struct history_run **run; /* all that are in any, in the order of storing */
	size_t nr_runs;
	char **hash;
	size_t nr_hashes;
	struct history_losses losses;
};

/*
 * All that the filter lets through. Logs the cause and returns a negative errno. history_free() in any case.
 */
int history_make(struct store *s, const struct store_filter *filter, struct history *h);
void history_free(struct history *h);

/* Sets the points of a series from its values. */
void history_find_points(struct history_series *s);
double history_value(const struct history_series *s, size_t night); /* NAN: none that night */
/* Of the nights since the level last changed, incidents left out; NAN without any. */
double history_level(const struct history_series *s);
const struct history_night *history_latest(const struct history_series *s); /* the last with a value */
/* by how much the level rose: 0.05 is 5 %; NAN where a level is not positive. */
double history_rise(const struct history_point *p);
/* "+5.1 % worse", with a digit that is not 0, or by the values where it has no ratio. To be freed. */
char *history_rise_text(const struct history_series *s, const struct history_point *p);
/* Points by chance: "about 2.5", "none". To be freed. */
char *history_chance(double points);
/* "better", "worse", or "" where the metric has no direction, or both levels are the same. */
const char *history_side(const struct history_series *s, const struct history_point *p);
/* The same for people: of an emulated machine "lower" and "higher". */
const char *history_word(const struct history_series *s, const struct history_point *p);
bool history_is_neutral(
	const struct history_series *s); /* emulated, and not exact: better and worse are not said */
bool history_emulated(
	const struct history_series *s);	 /* a machine is so as a whole: its latest run decides */
bool history_same(const char *a, const char *b); /* both NULL, or the same text */
bool history_first_of_machine(const struct history *h, size_t series); /* of those of its machine */
/*
 * A level as people read it, "absent" for NAN; the metric, with its unit where it is not a ratio. To be
 * freed.
 */
char *history_number(const struct history_series *s, double value);
char *history_metric(const struct history_series *s);
/* The latest night's: of a ratio of too few blocks only how many these are, "3 blocks". To be freed. */
char *history_latest_number(const struct history_series *s);
const char *history_host(const struct history_series *s);	 /* as people read it */
void history_date(const struct history_run *run, char text[11]); /* "2026-11-22", in UTC */

/* Orders the runs and sets begun, ended and renamed of all series. */
void history_lives(struct history *h);
/* Sets the anchor among the runs of each machine; host: only of this one, NULL: of all. */
int history_find_anchors(struct store *s, const char *host, struct history *h);
/* Of the nights since the anchor; without one, or without a ratio: of no nights. */
struct leak history_leak(const struct history_series *s);
/* Sets run->loaded, once. */
int history_load(struct store *s, struct history_run *run);
/*
 * What differed at the point, from what the store has of the runs: in the nights that it may have come in,
 * else in the nearest ones beside the likeliest, because all policies share the noise of one fair, which
 * can move them all.
 */
#define HISTORY_BESIDE 3
#define HISTORY_RANGE \
	14 /* a point that may be in any of more nights is not given a cause: something differs in most */
bool history_is_wide(const struct history_point *p);
int history_attribute(struct store *s, struct history_series *series, struct history_point *p);
