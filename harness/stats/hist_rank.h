/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "record/metrics.h"

/* As stats_hist_quantile(), however few lie beyond it; INFINITY in the overflow. */
double hist_value_at(const struct hist *h, double q);
