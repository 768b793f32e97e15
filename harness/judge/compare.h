/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The comparison that every form of the report shows: page, terminal and JSON take their numbers and
 * verdicts from here. Pure. A data point is a proven, timed sample with a value of the metric; instrumented
 * samples and warm-ups are never one.
 *
 * The confirmatory family is each workload's primary metric under every policy that is not fair: their
 * p-values are adjusted together, and they alone have verdicts. All other metrics are exploratory.
 */
#pragma once
#include <stdbool.h>
#include "judge/compare_cells.h"

/* The primary metrics alone. */
void compare_make(const struct store_run *run, struct compare *c);
/*
 * And every other metric that one of the NULL-terminated shell patterns matches, in the order of the
 * samples.
 */
void compare_make_wide(const struct store_run *run, const char *const *patterns, struct compare *c);
/*
 * The effect of one cell to another of its row: paired by block, over boots where they are part of the
 * design.
 */
void compare_pairs(const struct compare *c, const struct cell *of, const struct cell *to, struct effect *out);
/* Two policies of a row, by index; to -1: the baseline, whose arms are taken together. */
struct compare_ends {
	unsigned work;
	int of, to;
};
/*
 * The judgement of a primary metric, without adjusted p and verdict. Those of the page, with verdicts, are in
 * the cells.
 */
void compare_measure(const struct compare *c, const struct compare_ends *ends, struct judgement *j);
/*
 * Where one of the two is the baseline, it is the page's judgement, with the page's family, and true; else as
 * compare_measure(), for the caller to judge. At another margin than the run's, the p of
 * equivalence is bounded (Bonferroni).
 */
bool compare_judged(const struct compare *c, const struct compare_ends *ends, double margin,
		    struct judgement *j);
/* The steps in which values of a row come, as samples say it or inferred; NAN: not known, or exact. */
double compare_step(const struct compare *c, unsigned work);
/* What became of a policy's samples, of all workloads together. */
struct reliability compare_outcome(const struct compare *c, unsigned policy);
bool cell_has_interval(const struct cell *cell);
/* The rule by which a row's cells are judged. */
struct verdict_rule compare_rule(const struct compare *c, const struct work *work);
/* What repeats, and how many there are: "block", or "boot" where these are part of the design. */
const char *compare_unit(const struct compare *c);
unsigned compare_units(const struct compare *c);
/* Too few of them for any verdict. */
bool compare_is_demo(const struct compare *c);
/* It has fewer samples than its plan, ended or not: what it shows now is not its result. */
bool compare_is_partial(const struct compare *c);
/* Void samples that were taken again, and the samples without them. */
unsigned compare_retakes(const struct compare *c);
unsigned compare_taken(const struct compare *c);
/* More of them than RETAKES_MAX of the timed samples: the machine, or a policy, voids too often. */
#define RETAKES_MAX 0.05
bool compare_retakes_warn(const struct compare *c);
/* It has neither all its samples nor ended: intervals are those of a look (stats/sequence.h), no verdict. */
bool compare_goes_on(const struct compare *c);
/* "95 % interval", or "interim interval" while it goes on. */
const char *compare_interval_name(const struct compare *c);
/*
 * Data points during which settings of the policy were changed, by ctl or hints; *changes in all, NAN: no
 * sample has the count.
 */
unsigned compare_steered(const struct compare *c, double *changes);
/* The baseline's name in the run: "fair", or another policy. It need not be one of the run's policies. */
const char *compare_baseline_label(const struct compare *c);
bool compare_to_fair(const struct compare *c); /* that is fair */
/* The same for sentences: "EEVDF", "CFS", "BORE (...)" where it is fair and
 * the run has it and says what it is. */
const char *compare_baseline_name(const struct compare *c);
/* "fair, the kernel's own scheduler (EEVDF)", or the name of another baseline; the caller's to free. */
char *compare_baseline_words(const struct compare *c);
/* One of the arms of the baseline. */
bool compare_is_baseline(const struct compare *c, unsigned policy);
/* The second arm of the baseline, or -1: its cells are this machine's noise. */
int compare_aa(const struct compare *c);
/*
 * The smallest effect (0.01: 1 %) that the run could have shown in that row; NAN without an A/A arm or
 * interval, where the two arms differ, and while it goes on.
 */
double compare_detectable(const struct compare *c, unsigned work);
/* The same as ratios, "below 0.980 or above 1.020"; the caller's to free. */
char *compare_detectable_text(double effect);

/* The answer in a few sentences of plain text, a line each, the weightiest first; the caller's to free. */
char *compare_answer(const struct compare *c);
/* A cell in a sentence, see judgement_sentence(); the caller's to free. */
char *compare_sentence(const struct compare *c, unsigned work, unsigned policy);
/* "73 of 75 timed samples are data points (2 void)."; the caller's to free. */
char *compare_points(const struct compare *c);
