/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Metrics of many samples, put together by name and policy, in the order in which they first came. */
#pragma once
#include "judge/compare.h"

struct series_values {
	double *value;
	size_t nr;
	const char *absent; /* why a sample lacks it, as the last such sample said; or NULL */
};

struct series {
	const char *name, *unit;
	struct series_values *policy; /* one each */
};

struct series_set {
	unsigned nr_policies;
	struct series *series;
	size_t nr;
};

/* All samples that want() says yes to, each metric whose name starts with prefix. */
struct series_want {
	const char *workload; /* NULL: any */
	const char *prefix;   /* "" any */
	bool (*sample)(const struct run *run, const struct record *r);
};
void series_collect(const struct compare *c, const struct series_want *want, struct series_set *set);
void series_free(struct series_set *set);
/* NULL when no sample had it. */
const struct series *series_find(const struct series_set *set, const char *name);
double series_median(const struct series_values *v); /* NAN when none */
