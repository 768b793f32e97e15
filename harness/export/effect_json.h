/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Effects and verdicts for programs, the same in every export: results/README.md lists the keys. */
#pragma once
#include <jansson.h>
#include "stats/verdict.h"

/* "pairs", "ratio", "low", "high", "low90", "high90", "p", "p_adjusted", "cliff" */
json_t *json_from_effect(const struct effect *e, double adjusted);
/* "none", "inconclusive", "better", "worse", "equivalent" */
json_t *json_from_verdict(enum verdict v);
const char *verdict_name(enum verdict v);
