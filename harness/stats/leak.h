/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A loss that comes in steps too small for any night to show: a one-sided cumulated sum since a fixed night
 * (Page, Biometrika 41 (1954) 100). Each night adds its distance above the reference, in standard deviations
 * and at most LEAK_CLIP, less LEAK_ALLOWED; the sum never falls below 0, and above LEAK_ALARM + LEAK_DOUBT /
 * nights it is a leak. The reference is the Hodges-Lehmann estimate of the first LEAK_LEARN nights and never
 * moves, so nothing slow enough becomes the standard.
 *
 * The noise of a night is that of the differences from night to night, which a slow loss does not widen:
 * their median absolute value. Where they show that nights follow one another more closely than chance has
 * it, the noise is that of such a sum, larger by sqrt((1 + r) / (1 - r)). tests/stats/simulate/leaks.c
 * measures how soon a leak is found and how often there is none; README.md beside this file has the tables.
 * Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define LEAK_LEARN 14
#define LEAK_RECENT 7
#define LEAK_CLIP 3.0
#define LEAK_ALLOWED 1.3
#define LEAK_ALARM 8.0
#define LEAK_DOUBT 100.0

struct leak {
	bool alarm;   /* in the last night */
	size_t since; /* of an alarm: the night in which the sum began to rise */
	size_t seen;  /* of an alarm: the first night of it */
	double rise;  /* of the last LEAK_RECENT nights, median, above the reference; NAN: too few nights */
	double sum;   /* in the last night; NAN: too few nights */
};

/* Logs of a loss, larger is worse, the oldest first, from the fixed night on. */
struct leak stats_leak(const double *x, size_t n);
