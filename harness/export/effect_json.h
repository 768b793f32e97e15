/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Judgements for programs, the same in every export: results/README.md lists the keys. */
#pragma once
#include <jansson.h>
#include "judge/judgement.h"

/*
 * "pairs", "ratio", "low", "high", "low90", "high90", "p", "p_adjusted", "cliff"; "reason", "reason_text";
 * the totals, the difference, and "left_out".
 */
json_t *json_from_judgement(const struct judgement *j, double adjusted);
/* "block_least", "block_most": what too few blocks show instead of a ratio, else null. */
json_t *json_from_extent(const struct extent *r);
/* What became of the samples: "planned", "data_points", "lost", "missing", each status, the share lost. */
json_t *json_from_reliability(const struct reliability *r);
/* "none", "inconclusive", "better", "worse", "equivalent", "unusable"; an emulated difference is "different"
 */
json_t *json_from_verdict(const struct judgement *j);
const char *verdict_name(const struct judgement *j);
