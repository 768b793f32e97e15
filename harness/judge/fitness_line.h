/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of fitness.c: each adds its lines to the table. */
#pragma once
#include "judge/fitness.h"

/* Takes found over. */
void fitness_add(struct fitness *f, const char *what, enum fit fit, char *found);

/* Of the machine's clock over the samples, and of fair's values over the blocks. */
void fitness_add_spread(struct fitness *f, const struct compare *c);
