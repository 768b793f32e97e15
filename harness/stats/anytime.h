/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * On which side of 0 the mean of values lies, by a test that may be looked at after every value and whose
 * chance to name the wrong side, at whichever look, is bounded. Pure.
 *
 * The evidence of n values for a mean above 0 is a likelihood ratio: of values of any spread s whose mean is
 * a multiple h s of it, h half-normal with deviation 1, to values of mean 0. Integrated over h and over s
 *with the density 1 / s, it is
 *
 *	E = 2 F_n(k sqrt(n / A)) (1 + n)^(-1/2) (S / A)^(n/2)
 *	S = sum of x^2, A = S - (sum of x)^2 / (1 + n), k = (sum of x) / sqrt(1 + n)
 *
 * where F_n is the distribution of Student's t of n degrees of freedom. Of normal values with mean 0 it is a
 * martingale of expectation 1, so E ever reaches 1 / level in at most that share of runs (Ville 1939; for a t
 * statistic Lai, Ann. Statist. 4 (1976) 265; Wang, Ramdas, Anytime-valid t-tests, 2024); and with a mean
 * below 0 more seldom, because each E grows with a shift of all values. Below 0 it is the same of -x.
 * README.md has what it holds of other noise.
 */
#pragma once
#include <stddef.h>

/* The logarithm of E for a mean above 0 (side 1) or below (-1); 0, which is no evidence, while all values are
 * 0. */
double stats_evidence(const double *d, size_t n, int side);

/*
 * 1: above 0, -1: below, 0: not known yet. Of each side alone the chance that it is named wrongly is at most
 * level. The first look is after STATS_MIN_PAIRS values.
 */
int stats_side(const double *d, size_t n, double level);
