/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which instrumented samples give figures: the cost of the ops, histograms, lives of tasks, windows of
 * switches. One that is not ok gives none. One in which the collectors' own programs took more of the CPU
 * time (watching_share()) than the run's budget is refused and gives none either, because they would be
 * figures of the watching. What is not known refuses nothing: older runs did not measure it. Pure.
 */
#pragma once
#include "judge/compare.h"

/*
 * The budget of a run that names none (bench --watch-budget). In the emulated lab, with the custody audit on,
 * the collectors of a sample took at most 6.1 % of hackbench and of a build together, and at most 10.2 % of
 * what does little but switch, sleep and wake. Twice the most of that refuses what is out of the ordinary.
 */
#define INSTRUMENTED_BUDGET 0.20

double instrumented_budget(const struct run *run);
bool instrumented_refused(const struct run *run, const struct record *r);
/* It is one, and gives figures. */
bool instrumented_counts(const struct run *run, const struct record *r);
/* "watching took 31 % of its CPU time, over the budget of 25 %"; NULL: not refused. The caller's to free. */
char *instrumented_why(const struct run *run, const struct record *r);
/* Is one of that workload refused? NULL: of any. */
bool instrumented_any_refused(const struct compare *c, const char *workload);
