/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the middle of n values lies, n > 0: one test for every p-value of a comparison.
 *
 * From STATS_RANKS values on it is the signed-rank test. Below, the smallest p that ranks can give is 2 /
 * 2^n, too large for a family of comparisons; there it is Student's t. Values that are all alike have no
 * scale and stay with the ranks.
 */
#pragma once
#include <stddef.h>

double location_p(const double *d, size_t n); /* two-sided, of "the middle is 0" */
/*
 * Of "the middle is at least margin away from 0"; to reject it is an equivalence. The larger p of two
 * one-sided tests (Schuirmann, J. Pharmacokinetics 15 (1987) 657).
 */
double location_within(const double *d, size_t n, double margin);
