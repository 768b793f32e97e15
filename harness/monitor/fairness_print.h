/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the fairness command saw, and its output. */
#pragma once
#include "monitor/fairness_seen.h"

#define FAIR_WITHIN 0.05 /* of what is deserved, for each target in the mean of its windows */

enum fairness_verdict { FAIR, UNFAIR, UNCONTENDED, NOT_SEEN };
enum fairness_verdict fairness_verdict(const struct fairness_seen *s);

/* Prints to stdout. */
void fairness_print(const struct fairness_seen *s);
void fairness_print_json(const struct fairness_seen *s);
