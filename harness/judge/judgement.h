/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The judgement of a comparison: of a policy to its baseline within a run, or of one run to another. Matrix,
 * sentence, compare, regress, history and every export show this one and decide nothing themselves.
 * Pure: stats/ has the numbers, judgement_rule() the order in which they count.
 *
 * The order: an outcome comes before any ratio (UNUSABLE); then missing or contradicted evidence, each
 * INCONCLUSIVE with its reason (lost samples, a baseline that differs from itself, values without a ratio, a
 * run that goes on, a clock that is too coarse); then EQUIVALENT, which ranks alone can't show: totals and
 * tails must also be within bounds; then BETTER and WORSE, unless the totals say the opposite; else
 * INCONCLUSIVE.
 */
#pragma once
#include <stdbool.h>
#include "judge/extent.h"
#include "judge/reliability.h"
#include "stats/effect.h"
#include "stats/verdict.h"

/* Why a verdict is neither a difference nor an equivalence. */
enum reason {
	REASON_NONE,	   /* it is one of the two */
	REASON_EJECTED,	   /* UNUSABLE: the kernel ejected the policy */
	REASON_FAILED,	   /* UNUSABLE: samples failed under the policy and none under the baseline */
	REASON_FEW,	   /* NONE: fewer than STATS_MIN_PAIRS of what repeats */
	REASON_DIRECTION,  /* NONE: the metric has no better direction */
	REASON_SAMPLES,	   /* too many samples of the policy are not data points */
	REASON_BASELINE,   /* the same of the baseline */
	REASON_AA,	   /* the baseline differs from itself */
	REASON_ZEROS,	   /* more than one pair has no ratio: a value of it is zero or negative */
	REASON_IDENTICAL,  /* all values of both sides are the same to the last digit: nothing was measured */
	REASON_RESOLUTION, /* the metric's step is larger than what is to be shown */
	REASON_TOTALS,	   /* ranks show a verdict that the totals do not support */
	REASON_TAIL,	 /* the same with the tail of the latencies, or with a few blocks that lie far out */
	REASON_GOING_ON, /* the run goes on: a verdict comes with its last block */
	REASON_BLOCKS,	 /* neither is shown; more blocks may show it */
	NR_REASON
};

enum judged_by { BY_RATIO, BY_DIFFERENCE };

struct judgement {
	enum verdict verdict;
	enum reason reason;
	enum judged_by by;
	struct effect effect;  /* BY_RATIO; of BY_DIFFERENCE all are NAN and n is 0 */
	struct shift shift;    /* BY_DIFFERENCE, in the metric's unit; of BY_RATIO all are NAN */
	struct extent extent;  /* of the blocks, where these are too few for an interval */
	struct effect totals;  /* the ratio of the sums over all pairs */
	double tail;	       /* p99 of the merged latencies over that of the baseline; NAN: not known */
	double adjusted;       /* p of a difference in the family; NAN outside it */
	double equal;	       /* p of equivalence */
	double equal_adjusted; /* the same in the family */
	double margin;	       /* of equivalence */
	double bound;	       /* the same of BY_DIFFERENCE, in the metric's unit */
	double step;	       /* of the metric, in its unit; NAN: not known */
	double resolution;     /* the step over the smaller middle of the two; NAN */
	bool boots;	       /* what repeats is boots, not blocks */
	bool going_on; /* more blocks come: the interval is that of a look (stats/sequence.h); no p, no 90 %
			*/
	bool emulated; /* the value is an emulator's, and not exact: a difference is neither faster nor slower
			*/
	size_t left_out;  /* pairs without a ratio, also where the comparison is by difference */
	bool identical;	  /* see REASON_IDENTICAL */
	double inflation; /* by which intervals are wider because blocks depend on each other; 1: it is not
			   * shown
			   */
	double between;	 /* two runs: sd of a run's log ratio from run to run; NAN: within a run, not known */
	double carried;	 /* by which they are wider because carry-over is removed; 1: it is not shown */
	unsigned needed; /* blocks that would decide, for REASON_BLOCKS; 0: not known */
	struct reliability of, to;
};

/* Without data: every number is NAN or 0, verdict and reason NONE. */
struct judgement judgement_none(void);

/* The values of both sides, block by block. */
struct evidence {
	const double *x, *y;  /* from block 0 to nr - 1; NAN: no data point; y is the baseline */
	const unsigned *boot; /* of each block, where boots are part of the design, else NULL */
	size_t nr;
	const char *unit;
	double margin;
	double step;	/* NAN: the values are exact, or it is not known */
	double carried; /* as in struct judgement */
	bool going_on;	/* the same */
	bool emulated;	/* the same */
};

/*
 * Effect, totals, p and what weakens them; reliability, tail, adjusted p and verdict are not touched. Counts
 * are compared by difference, and so is a metric with values without a ratio that is neither a time nor a
 * rate, and one whose values are all zero (0 equals 0). The margin is then a share of the baseline's mean.
 */
void judgement_measure(const struct evidence *e, struct judgement *j);

/* Adjusts p of difference in a family, and p of equivalence, by the false discovery rate.
 */
void judgement_adjust(struct judgement *const *family, size_t n);

/*
 * Verdict, reason and needed, from all that is known; what is NAN or 0 does not count. vetoed: see
 * REASON_AA. rule: margin, direction and the family's size.
 */
void judgement_rule(struct judgement *j, const struct verdict_rule *rule, bool vetoed);

/* The same of the baseline to the policy. */
struct judgement judgement_mirrored(const struct judgement *j);

/* Of whichever kind it is. */
size_t judgement_n(const struct judgement *j); /* what the effect rests on; 0: without a pair */
double judgement_p(const struct judgement *j);
/* Its adjusted p and its 95 % interval show a difference, whatever else is known. */
bool judgement_differs(const struct judgement *j, double alpha);
bool judgement_has_interval(const struct judgement *j);
/* The ratio, or NAN where too few blocks have only a range, or what is compared is a difference. */
double judgement_ratio(const struct judgement *j);
/* Sets the range of what repeats where that is too few for an interval. */
void judgement_take_extent(struct judgement *j, const double *each, size_t n);
bool judgement_is_difference(const struct judgement *j); /* its verdict is better or worse */
/* The totals lie further from the ratio than the margin, so both must be shown. */
bool judgement_totals_differ(const struct judgement *j);

/*
 * The verdict in words: "faster", "equivalent"; of an emulated difference "less emulated time", or "lower"
 * and "higher" where the metric is not a time. And with a sign that needs no colour, the caller's to free: "▲
 * faster", "▼ slower", "≠ less emulated time", "= equivalent".
 */
const char *judgement_word(const struct judgement *j, const char *unit);
char *judgement_verdict(const struct judgement *j, const char *unit);
/* The reason in words, without a full stop at its end; "" for REASON_NONE; the caller's to free. */
char *judgement_reason(const struct judgement *j);
const char *reason_name(enum reason reason); /* "samples", for programs */

/*
 * The number of a table: "1.031", "+0.2 ms" where it is a difference, "0.54 … 11" where too few blocks have
 * only a range, "–" without a pair; and its interval, "[1.012, 1.054]", or NULL. The caller's to free. An
 * unusable policy's number is that of its survivors and must say so.
 */
char *judgement_value(const struct judgement *j, const char *unit);
char *judgement_ends(const struct judgement *j);
/*
 * What must be read beside the number, plain text, a note a line, the weightiest first, "" if there is none:
 * the reason, the survivors' number of a policy that is not usable, the totals, pairs left out. The caller's
 * to free.
 */
char *judgement_notes(const struct judgement *j, const char *unit);
/* The same for who reads the answer too: of the totals only those that lie further off than the margin. */
char *judgement_brief(const struct judgement *j, const char *unit);

/*
 * The judgement as sentences that can be read aloud, plain text, the caller's to free:
 *	locality finishes hackbench-pipe in 6.1 % less time than EEVDF (95 % interval 4.0 to 8.2 %, 15 blocks,
 *	adjusted p 0.0004): faster.
 * They also say where the totals lie further off than the margin, and how rare events may not have shown.
 */
struct verdict_names {
	const char *policy, *base, *workload;
	const char *metric, *unit; /* "time" in s is worded as "finishes in less time" */
};
char *judgement_sentence(const struct judgement *j, const struct verdict_names *names);
