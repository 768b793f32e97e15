/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "wakeups.h"

/* Writes the results of a sample: quantiles, each absent when it is not known, cycles, the histogram. */
void results_report(const struct wakeups *w, const struct window *window);
