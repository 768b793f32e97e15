/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The roles of a run and of its policies in a comparison. Pure. */
#pragma once
#include "record/record.h"

/*
 * All policies of a run are compared with its baseline: fair, the kernel's own scheduler, or the one that the
 * run names. An A/A run takes it twice: the second arm is not a policy under test, and its ratio to the first
 * is this machine's noise. Its name is that of the baseline with a mark.
 */
#define FAIR_NAME "fair"
#define TWIN_MARK "#2"

enum arm { ARM_POLICY, ARM_BASELINE, ARM_TWIN };

/* By the policy's name, as in struct run and struct record. baseline: NULL is fair. */
enum arm arm_of(const char *policy, const char *baseline);
bool arm_is_baseline(const char *policy, const char *baseline); /* one of its two arms */
const char *run_baseline(const struct run *run);
/* Is the policy of that name the kernel's own scheduler, under whatever name and with whatever settings? */
bool run_is_fair(const struct run *run, const char *policy);

/* The plan of the custody command. */
#define RUN_CUSTODY_PLAN "custody"
/* The plan of a step of a bisection: a comparison, but of commits, so neither the latest one nor of a series.
 */
#define RUN_BISECT_PLAN "bisect"
/* The plan of the exact lab: its numbers are instructions, and none of them is a time. */
#define RUN_EXACT_PLAN "exact"
bool run_is_exact(const struct run *run);
bool run_compares(const struct run *run); /* all runs do, except those of the custody command */
