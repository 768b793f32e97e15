/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a plan can show and what it can't, said before its first sample is taken: from the size of the family,
 * the number of blocks, and the noise that earlier runs of the same machine had. Pure.
 */
#pragma once
#include <stdbool.h>
#include "judge/compare.h"

struct prospect_work {
	const char *name;
	double noise; /* see stats_noise(), of earlier runs; NAN: not known */
};

struct prospect {
	const char *unit;  /* what repeats, as compare_unit() */
	unsigned units;	   /* how many of them the plan takes */
	unsigned policies; /* that are compared with the baseline, in each workload */
	const struct prospect_work *work;
	unsigned nr_works;
};

/* The noise of the workload's primary metric in a run: of the A/A arm, else of the noisiest policy. NAN. */
double prospect_noise(const struct compare *earlier, const char *workload);
/* One line, without its end; the caller's to free. */
char *prospect_text(const struct prospect *p);
