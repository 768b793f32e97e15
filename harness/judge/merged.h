/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A histogram of many samples as one. */
#pragma once
#include "judge/compare.h"

/* Of all data points of a policy; workload NULL: of all workloads together. */
struct merged_want {
	const char *hist, *workload;
	unsigned policy;
};

/* Is the sample a data point of it? */
bool merged_wants(const struct compare *c, const struct merged_want *want, const struct record *r);
/* false: none, or an empty one. sum holds the histogram and is freed by metrics_free() in both cases. */
bool merged_hist(const struct compare *c, const struct merged_want *want, struct metrics *sum);
