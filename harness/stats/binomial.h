/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shares of samples, and how far a share of a few samples can be trusted. Pure. */
#pragma once
#include "stats/stats.h"

/*
 * k of n as a share, with its exact 95 % interval (Clopper, Pearson, Biometrika 26 (1934) 404): 2.5 % on each
 * side, so that it covers at least 95 %. All NAN for n = 0 and for k over n.
 */
struct interval stats_share(unsigned k, unsigned n);

/*
 * What n blocks can't exclude: an event that happens in a smaller share of the blocks than this is in none
 * of n blocks with a probability of at least 5 %. 1 for n = 0.
 */
double stats_unseen(size_t n);
