/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One answer from many machines. A machine's ratio is one value, never its samples: machines differ by more
 * than the blocks of one show, and a fleet's answer is about machines. Pure.
 *
 * Random effects: a machine's log ratio is the fleet's, plus what is its own, plus the mean noise of its
 * blocks. The variance between machines is that of Paule and Mandel (J. Res. Natl. Bur. Stand. 87 (1982)
 * 377), found as DerSimonian and Kacker do (Contemp. Clin. Trials 28 (2007) 105). Each machine weighs 1 /
 * (between^2 + error^2); the interval is Student's with a degree of freedom less than there are machines, its
 * variance that of Hartung and Knapp (Stat. Med. 20 (2001) 1771, 3875), never less than 1 / the sum of the
 * weights. Where the error of a machine is not known, or 0, all weigh the same, and that is Student's t of
 * their log ratios.
 *
 * README.md in this directory has the coverage for 2 to 100 machines.
 */
#pragma once
#include "stats/unpaired.h"

/* Two machines differ or they do not; neither says how far a third one would. */
#define FLEET_LEAST 3

/* A machine by itself: its log ratio, the standard error of that, and the blocks it is of. */
struct fleet_host {
	double x, error; /* error NAN: not known */
	size_t n;
};
/*
 * Of its blocks' ratios, as stats_night(); but the error is that of the Hodges-Lehmann estimate, for normal
 * noise sqrt(pi / 3) times that of the mean (Hollander, Wolfe, Chicken, Nonparametric Statistical Methods,
 * 3rd ed., 3.11): over a hundred machines the difference shows.
 */
struct fleet_host stats_host(const struct values *ratio);
/* Its ratio with Student's interval by its own blocks; p, 90 % and cliff NAN. */
struct effect stats_host_effect(const struct fleet_host *host);

struct fleet {
	struct effect effect; /* n machines; intervals and p NAN for fewer than FLEET_LEAST; cliff NAN */
	double between;	      /* standard deviation of machines' own log ratios; NAN: fewer than two */
	double next_low,
		next_high; /* holds the true ratio of another such machine, with 95 %; NAN as above */
	double differ_p; /* of "all machines have one ratio"; NAN: fewer than two, or an error is not known */
};

/*
 * Of nr machines, whose x are numbers. next_low and next_high: Higgins, Thompson, Spiegelhalter, J. R. Stat.
 * Soc. A 172 (2009) 137, with two degrees of freedom less than machines. differ_p: the test of Welch
 * (Biometrika 38 (1951) 330), which lets each machine have noise of its own.
 */
struct fleet stats_fleet(const struct fleet_host *host, size_t nr);

/* The same without machine number left, or all for left >= nr. */
struct fleet stats_fleet_without(const struct fleet_host *host, size_t nr, size_t left);

/*
 * p of "machine number i is one of such machines as the others": how far it lies from what these foretell of
 * another one, by its own error too. NAN for fewer than FLEET_LEAST others.
 */
double stats_fleet_stray(const struct fleet_host *host, size_t nr, size_t i);
