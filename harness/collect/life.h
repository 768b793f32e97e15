/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lives of the tasks of the class in instrumented samples (harness/life/life.h). A metric "life.FROM.TO"
 * counts each edge. For edges that the kernel can take, a histogram of that name has the ns from FROM to TO.
 */
#pragma once
#include "life/life_watch.h"
#include "record/metrics.h"

/* Pure. life.missed is the number of unseen events, each of which can make a false edge. */
void life_metrics(const struct life_counts *c, struct metrics *m);
