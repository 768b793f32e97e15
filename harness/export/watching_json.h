/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <jansson.h>
#include "judge/compare.h"

/* What watching cost, the budget, and the samples that are refused. results/README.md has the keys. */
json_t *watching_json(const struct compare *c);
