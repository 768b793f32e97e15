/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * THE judgement of a comparison: of a policy to its baseline within a run, or of one run to another. Matrix,
 * sentence, compare, regress, history and every export show this one; none of them decides anything itself.
 * Pure: stats/ has the numbers, judgement_rule() the order in which they count.
 *
 * The order: an outcome comes before any ratio (UNUSABLE); then evidence that is missing or refuted, each
 * INCONCLUSIVE with its reason (samples that are lost, a baseline that differs from itself, values without a
 * ratio, a clock too coarse); then EQUIVALENT, which ranks alone never show: it also needs totals and tails
 * within bounds; then BETTER and WORSE, unless the totals say the opposite; else INCONCLUSIVE.
 */
#pragma once
#include <stdbool.h>
#include "judge/reliability.h"
#include "stats/effect.h"
#include "stats/verdict.h"

/* Why a verdict is not one of difference or equivalence. */
enum reason {
	REASON_NONE,	   /* it is one */
	REASON_EJECTED,	   /* UNUSABLE: the kernel ejected the policy */
	REASON_FAILED,	   /* UNUSABLE: the workload failed under the policy and not under the baseline */
	REASON_FEW,	   /* NONE: fewer than STATS_MIN_PAIRS of what repeats */
	REASON_DIRECTION,  /* NONE: the metric has no better direction */
	REASON_SAMPLES,	   /* of the policy too many samples are no data points */
	REASON_BASELINE,   /* of the baseline too many are none */
	REASON_AA,	   /* the baseline differs from itself */
	REASON_ZEROS,	   /* more than one pair has no ratio: a value of it is zero or negative */
	REASON_IDENTICAL,  /* all values of both sides are the same to the last digit: nothing was measured */
	REASON_RESOLUTION, /* the metric's step is larger than what is to be shown */
	REASON_TOTALS,	   /* by ranks there is a verdict, and the totals do not bear it */
	REASON_TAIL,	   /* the same of the tail of the latencies, or of a few blocks that lie far out */
	REASON_BLOCKS,	   /* neither is shown: more blocks may */
	NR_REASON
};

enum judged_by { BY_RATIO, BY_DIFFERENCE };

struct judgement {
	enum verdict verdict;
	enum reason reason;
	enum judged_by by;
	struct effect effect; /* BY_RATIO: all counts; of BY_DIFFERENCE nothing is there, n is 0 */
	struct shift shift;   /* BY_DIFFERENCE, in the metric's unit; of BY_RATIO nothing */
	struct effect totals; /* the ratio of the sums over all pairs */
	double tail;	      /* p99 of the merged latencies over that of the baseline; NAN: there are none */
	double adjusted;      /* p of a difference in the family; NAN outside it */
	double equal;	      /* p of equivalence */
	double equal_adjusted; /* the same in the family */
	double margin;	       /* of equivalence */
	double bound;	       /* the same of BY_DIFFERENCE, in the metric's unit */
	double step;	       /* of the metric, in its unit; NAN: none is known */
	double resolution;     /* the step over the smaller middle of the two; NAN */
	bool boots;	       /* what repeats is boots, not blocks */
	size_t left_out;       /* pairs without a ratio, whether they are compared by difference or not */
	bool identical;	       /* see REASON_IDENTICAL */
	double inflation; /* by which intervals are wider for the dependence of the blocks; 1: none is shown
			   */
	double carried;	  /* by which they are wider for carry-over, which is removed; 1: none is shown */
	unsigned needed;  /* blocks that would decide, for REASON_BLOCKS; 0: not known */
	struct reliability of, to;
};

/* Of nothing: every number is NAN or 0, verdict and reason NONE. */
struct judgement judgement_none(void);

/* What both sides gave, block by block. */
struct evidence {
	const double *x, *y;  /* from block 0 to nr - 1; NAN: no data point; y is the baseline */
	const unsigned *boot; /* of each block, where boots are part of the design, else NULL */
	size_t nr;
	const char *unit;
	double margin;
	double step;	/* NAN: the values are exact, or it is not known */
	double carried; /* as in struct judgement */
};

/*
 * Effect, totals, p and what weakens them; reliability, tail, adjusted p and verdict are not touched. Counts,
 * and values without a ratio of what is neither a time nor a rate, are compared by difference: the margin is
 * then that share of the baseline's mean. So are values that are all zero: 0 equals 0.
 */
void judgement_measure(const struct evidence *e, struct judgement *j);

/* Those of a family: p of a difference and of equivalence are adjusted together, by the false discovery rate.
 */
void judgement_adjust(struct judgement *const *family, size_t n);

/*
 * Verdict, reason and needed, from all that is there; what is NAN or 0 is not held against it. vetoed: see
 * REASON_AA. rule: margin, direction and the family's size.
 */
void judgement_rule(struct judgement *j, const struct verdict_rule *rule, bool vetoed);

/* The same of the baseline to the policy. */
struct judgement judgement_mirrored(const struct judgement *j);

/* Of whichever kind it is. */
size_t judgement_n(const struct judgement *j); /* what the effect rests on; 0: there is no pair */
double judgement_p(const struct judgement *j);
/* Its adjusted p and its 95 % interval show a difference, whatever else there is. */
bool judgement_differs(const struct judgement *j, double alpha);
bool judgement_has_interval(const struct judgement *j);
/* The totals lie further from the ratio than the margin: the one does not speak for the other. */
bool judgement_totals_differ(const struct judgement *j);

/* The reason in words, without a full stop; "" for REASON_NONE; the caller's to free. */
char *judgement_reason(const struct judgement *j);
const char *reason_name(enum reason reason); /* "samples", for programs */

/*
 * The judgement as sentences that can be read aloud, plain text, the caller's to free:
 *	locality finishes hackbench-pipe in 6.1 % less time than EEVDF (95 % interval 4.0 to 8.2 %, 15 blocks,
 *	adjusted p 0.0004): faster.
 * Where the totals lie further off than the margin, or what is rare may not have shown, they say so.
 */
struct verdict_names {
	const char *policy, *base, *workload;
	const char *metric, *unit; /* "time" in s is worded as "finishes in less time" */
};
char *judgement_sentence(const struct judgement *j, const struct verdict_names *names);
