/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The interval of a run that goes on: it may be looked at after every block, and whoever stops because of
 * what it shows is not misled. An interval of fixed n, looked at so, leaves the truth out at some look in one
 * of four runs. Pure.
 *
 * A confidence sequence: after n pairs it is the interval of level 1 - sequence_level(n), and the levels are
 * so small that all looks from STATS_MIN_PAIRS to SEQUENCE_LAST pairs together leave the truth out in at most
 * 5 % of runs. README.md has what was measured. It costs width: half more than a fixed n of 30.
 */
#pragma once
#include <stddef.h>
#include "stats/effect.h"

#define SEQUENCE_LAST 1000

struct sequence {
	double low, high; /* NAN under STATS_MIN_PAIRS */
};

/* The share of runs in which the look after n pairs alone leaves the truth out; highest at 30. */
double sequence_level(size_t n);
/*
 * Of n differences: from the Walsh averages (see effect.h) where ranks reach that level, else Student's t.
 * Over boots d are theirs, and a look is due after a whole boot.
 */
struct sequence stats_sequence(const double *d, size_t n);

/*
 * What a look shows of the effect of which these are the log ratios, or of the difference of which these are
 * the differences: the sequence is its interval. p and the 90 % interval, which hold for a fixed n, are NAN.
 */
void effect_look(struct effect *e, const double *log, size_t n);
void shift_look(struct shift *s, const double *d, size_t n);
