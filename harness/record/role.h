/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The roles of a run and of its policies in a comparison. Pure. */
#pragma once
#include "record/record.h"

/*
 * fair is the kernel's own scheduler. All others are compared with it. An A/A run takes it twice: the second
 * arm is not a policy under test, and its ratio to fair is this machine's noise.
 */
#define FAIR_NAME "fair"
#define FAIR_AGAIN_NAME "fair#2"

enum arm { ARM_POLICY, ARM_FAIR, ARM_FAIR_AGAIN };

enum arm arm_of(const char *policy);  /* by its text, as in struct run and struct record */
bool arm_is_fair(const char *policy); /* one of the two arms of fair */

/* The plan of the custody command. */
#define RUN_CUSTODY_PLAN "custody"
bool run_compares(const struct run *run); /* all runs do, except those of the custody command */
