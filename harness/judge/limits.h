/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A share for every metric, as the command line gives it: "5%" for all, "hackbench-pipe=3%" for the primary
 * metric of a workload, "cyclictest:latency.p99.9=10%" for any metric of one. Pure.
 */
#pragma once
#include <stddef.h>
#include "judge/compare.h"

struct limit {
	char *workload, *metric; /* metric NULL: the primary one */
	double value;
};

struct limits {
	double all; /* what no item names */
	struct limit *item;
	size_t nr;
};

/* 0, or -CAUSE_USAGE with the cause logged; option is what the message calls it. */
int limits_parse(const char *option, const char *text, struct limits *l);
void limits_free(struct limits *l);
/* Does an item name that row? */
bool limits_name(const struct limits *l, const struct work *work);
double limits_of(const struct limits *l, const struct work *work);
/* -CAUSE_USAGE, logged, if an item names what no row of the comparison is. */
int limits_check(const char *option, const struct limits *l, const struct compare *c);
