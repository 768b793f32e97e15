/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a metric and a histogram may be, and how many a sample may have. Every door keeps to it, the lines of
 * a workload, files, the database and imports: what one accepts all accept. Pure.
 */
#pragma once
#include "record/metrics.h"

#define METRICS_MAX 4096
#define HISTS_MAX 256
#define HIST_MAX_BINS 200000
/* Of all values of a histogram. The sum over RUN_MAX_BLOCKS samples is below 2^63. */
#define HIST_MAX_TOTAL ((uint64_t)1 << 46)

/* NULL, or the rule that is broken, for "NAME: rule"; the caller's to free. */
char *metric_fault(const struct metric *m);
char *hist_fault(const struct hist *h);
/* Of all of them; it begins with the name. */
char *metrics_fault(const struct metrics *m);
