/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of fitness.c: each adds its lines to the table. */
#pragma once
#include "judge/fitness.h"

/* Takes found over. */
void fitness_add(struct fitness *f, const char *what, enum fit fit, char *found);

/* Of the data points that have it, a share of something. */
struct shares {
	double median; /* NAN: no sample has it */
	unsigned above, nr;
};
struct shares fitness_shares(const struct compare *c, double (*share)(const struct record *r), double limit);
/* The median is above the limit, or more than a tenth of the samples are: a load that comes and goes. */
bool fitness_shares_warn(const struct shares *s, double limit);
void fitness_add_share(struct fitness *f, const char *what, const struct shares *s, double limit);

/* Of the host of a virtual machine: its steal time, and the pressure of the lab's. */
void fitness_add_host(struct fitness *f, const struct compare *c);

/* How fast and how evenly the CPUs may run: governor, energy preference, limits, turbo, idle states, heat. */
void fitness_add_cpus(struct fitness *f, const struct compare *c);

/* Of the machine's clock over the samples, and of fair's values over the blocks. */
void fitness_add_spread(struct fitness *f, const struct compare *c);
