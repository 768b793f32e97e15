/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lives of the tasks of the class in instrumented samples (harness/life/life.h): metrics "life.FROM.TO",
 * how often, and for edges that the kernel can take a histogram of that name, the ns from FROM to TO.
 */
#pragma once
#include "life/life_watch.h"
#include "record/metrics.h"

/* Pure. life.missed is the sum of what was not seen: any of it can make an edge that was not. */
void life_metrics(const struct life_counts *c, struct metrics *m);
