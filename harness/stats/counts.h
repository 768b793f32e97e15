/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the share of what is lost changed, in a series of counts: k of n samples a night. Found as the nights
 * come, so what was reported once is in every later history. Pure; the same nights give the same digits.
 *
 * Every night, the last m nights (m of 2, 3, 5, 7, 14, 28, 56) are compared with all before them since the
 * last change, COUNTS_BEFORE at least and COUNTS_WINDOW at most in all. A change must pass two tests.
 * Fisher's exact test of the two counts at COUNTS_FISHER on its side takes samples as independent. Those of a
 * night are not: a policy that is ejected loses them all. So the nights are dealt out as well, COUNTS_DEALS
 * times, and the share of deals with as many lost, or as few, must be COUNTS_ALPHA at most; a single bad
 * night never passes. The change is put where two shares make the counts the likeliest.
 *
 * tests/stats/simulate/counts.c measures false changes and what is found; README.md has the table.
 */
#pragma once
#include <stddef.h>

#define COUNTS_WINDOW 365
#define COUNTS_BEFORE 5
#define COUNTS_FISHER 0.0001
#define COUNTS_DEALS 9999
#define COUNTS_ALPHA 0.0003

struct count {
	unsigned k, n;
};

struct count_change {
	size_t at;	      /* the first night of the new share */
	size_t seen;	      /* the night that showed it */
	double before, after; /* the shares, of the nights from the last change to the next */
	double p;	      /* of the deals */
};

/* k of all of them over n of all; NAN: n is 0. */
double stats_count_share(const struct count *x, size_t n);
/* *out is the caller's to free. */
size_t stats_count_changes(const struct count *x, size_t n, struct count_change **out);
