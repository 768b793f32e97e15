/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What became of the samples of one side of a comparison: an outcome that comes before any ratio. Timed
 * samples alone count; instrumented ones and warm-ups are not data points. Of a sample that was taken again
 * the first try counts. Pure.
 */
#pragma once
#include <stdbool.h>
#include "record/record.h"
#include "stats/stats.h"

struct reliability {
	unsigned planned;	   /* samples that are due by now; 0: not known */
	unsigned valid;		   /* data points */
	unsigned taken[NR_STATUS]; /* an ok sample without the metric is not a data point */
	/* Of its first sample of the worst status, in the memory of the run; or NULL. */
	const char *why;
};

/* The share of data points under which nothing is concluded: what is lost is seldom lost at random. */
#define RELIABILITY_LEAST 0.9

unsigned reliability_missing(const struct reliability *r); /* due, and never taken or lost */
unsigned reliability_lost(const struct reliability *r);	   /* due, and not a data point */
/* The share that is lost, with its exact 95 % interval; NAN where nothing is due. */
struct interval reliability_share(const struct reliability *r);
/* At least RELIABILITY_LEAST of the samples are data points; where nothing is known, true. */
bool reliability_suffices(const struct reliability *r);
struct reliability reliability_sum(const struct reliability *a, const struct reliability *b);

enum status reliability_worst(const struct reliability *r);
/* " (the first: runnable task stall: victim[7] ...)" of the worst status; "" where nothing says why. The
 * caller's to free, like the next. */
char *reliability_why(const struct reliability *r);
/* "28 of 30 samples (1 void, 1 missing)"; with nothing lost "30 of 30 samples"; the caller's to free. */
char *reliability_text(const struct reliability *r);
/* The same below a head that says what is counted: "28 of 30 (1 void, 1 missing)". */
char *reliability_points(const struct reliability *r);
/* "lost 6.67 % (95 % interval 0.818 to 22.1 %)"; "" where nothing is due; the caller's to free. */
char *reliability_lost_text(const struct reliability *r);
