/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part that a run and its policies take in a comparison. Pure. */
#pragma once
#include "record/record.h"

/*
 * fair is the kernel's own scheduler: what all others are compared with. An A/A run takes it twice: its
 * second arm is not a policy under test, its ratio to fair is this machine's noise.
 */
#define FAIR_NAME "fair"
#define FAIR_AGAIN_NAME "fair#2"

enum arm { ARM_POLICY, ARM_FAIR, ARM_FAIR_AGAIN };

enum arm arm_of(const char *policy);  /* by its text, as in struct run and struct record */
bool arm_is_fair(const char *policy); /* one of the two arms of fair */

/* The plan of the custody command. */
#define RUN_CUSTODY_PLAN "custody"
bool run_compares(const struct run *run); /* all runs do but those of the custody command */
