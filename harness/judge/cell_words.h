/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A cell in the words of a terminal, a mail and a picture, so that all of them say the same. Plain text with
 * any byte that the run has; the caller's to free. Pure.
 */
#pragma once
#include "judge/compare.h"

/*
 * "1.031 [1.012, 1.054] ▼ slower", "✗ not usable", "0.54 … 11" where blocks are too few, "1" of the baseline;
 * none where there is nothing to compare.
 */
char *cell_effect(const struct compare *c, unsigned work, unsigned policy, const char *none);
/* " (1 void of 15)", as often as there are kinds of what is no data point; "". */
char *cell_lost(const struct cell *cell);
/* "build time, fifo: about 20 blocks would decide; totals 1.031 [1.012, 1.054]", from judgement_notes(); "".
 */
char *cell_notes(const struct compare *c, unsigned work, unsigned policy);
char *cell_brief(const struct compare *c, unsigned work, unsigned policy); /* from judgement_brief() */
