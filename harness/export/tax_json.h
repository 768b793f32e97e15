/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <jansson.h>
#include "judge/compare.h"

/* What sched_ext itself costs, a row each workload; empty where the run can't tell. results/README.md has the
 * keys. */
json_t *tax_json(const struct compare *c);
