/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the fairness command saw, and how it is told. */
#pragma once
#include "monitor/fairness_seen.h"

#define FAIR_WITHIN 0.05 /* of what is deserved, each target on the mean of its windows */

enum fairness_verdict { FAIR, UNFAIR, UNCONTENDED, NOT_SEEN };
enum fairness_verdict fairness_verdict(const struct fairness_seen *s);

/* On stdout. */
void fairness_print(const struct fairness_seen *s);
void fairness_print_json(const struct fairness_seen *s);
