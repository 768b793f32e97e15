/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a metric that must be there says. After the framework, for its asserts. */
#pragma once
#include <math.h>
#include "record/metrics.h"

static inline double value(const struct metrics *m, const char *name)
{
	const struct metric *found = metrics_find(m, name);

	assert_non_null(found);
	return found->value;
}

static inline const char *absent(const struct metrics *m, const char *name)
{
	const struct metric *found = metrics_find(m, name);

	assert_non_null(found);
	assert_true(isnan(found->value) || !found->absent);
	return found->absent ?: "";
}
