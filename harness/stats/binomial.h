/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shares of samples, and how far a few of them can be trusted. Pure. */
#pragma once
#include "stats/stats.h"

/*
 * k of n as a share, with its exact 95 % interval (Clopper, Pearson, Biometrika 26 (1934) 404): of two sides,
 * 2.5 % each, so that it holds at least 95 %. All NAN for n = 0 and for k over n.
 */
struct interval stats_share(unsigned k, unsigned n);

/*
 * What n blocks can't exclude: an event that comes in a smaller share of the blocks than this may not have
 * shown in any of n, with a probability of at least 5 %. 1 for n = 0.
 */
double stats_unseen(size_t n);
