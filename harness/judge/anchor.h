/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gate's second baseline, which nothing but a person moves: where each pass becomes the next baseline, a
 * loss in small steps passes for ever. A run is judged against the anchor with a limit of its own, and the
 * nights since the anchor by their cumulated sum (stats/leak.h). Pure.
 */
#pragma once
#include "judge/regress.h"

#define REGRESS_ANCHOR "anchor" /* the tag */
#define REGRESS_ANCHOR_LIMIT 0.05

/*
 * Sets r->anchor. spec: side A is the anchor. What is missing or broken is the baseline's to judge. anchor:
 * its id, which is found among the nights of the spec, or there is no sum.
 */
void anchor_judge(const struct versus_spec *spec, const struct limits *limit, const char *anchor,
		  struct regress *r);
