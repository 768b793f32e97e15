/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How often something happens in a time, where each event comes by itself: exact bounds of its rate, and of
 * the ratio of two rates. Pure. k: how many events in a time t; the unit of a rate is that of 1 / t.
 */
#pragma once
#include "stats/stats.h"

struct events {
	unsigned k;
	double t;
};

/* The rate with its exact 95 % interval (Garwood, Biometrika 28 (1936) 437). All NAN where t is not above 0.
 */
struct interval stats_rate(struct events x);
/*
 * Of two equal rates, all events would be divided as the times are: k of x is binomial (Przyborowski,
 * Wilenski, Biometrika 31 (1940) 313). Two-sided p, of all divisions that are no likelier than this one. NAN
 * as above; 1 without an event.
 */
double stats_rates_p(struct events x, struct events y);
/* The rate of x over that of y, with its exact 95 % interval by the same; where there is none, INFINITY above
 * and 0 below. */
struct interval stats_rates_ratio(struct events x, struct events y);
/* In how much time without an event its rate is below this one, with 95 % confidence. */
double stats_rate_time(double rate);
/* How many events in a time t, beside none in a time other, are the fewest with p below 0.05; 0: too many. */
unsigned stats_rates_least(double t, double other);
