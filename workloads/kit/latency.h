/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Latencies in bins at most 1.6 % wide, each thread's its own, and how they are reported. */
#pragma once
#include <stdint.h>

#define LATENCY_STEPS 64 /* bins of a power of two */
#define LATENCY_BITS 40	 /* 2^40 ns is 18 minutes; what is longer is overflow */
#define LATENCY_BINS ((LATENCY_BITS - 5) * LATENCY_STEPS)

struct latency {
	uint64_t bin[LATENCY_BINS], overflow;
};

void latency_add(struct latency *l, uint64_t ns);
void latency_merge(struct latency *into, const struct latency *l);
uint64_t latency_count(const struct latency *l);
/*
 * Reports the histogram NAME in us, and its quantiles as NAME_p50, NAME_p99 and NAME_p99.9: lower is better.
 * One with fewer than ten values beyond it is absent.
 */
void latency_report(const struct latency *l, const char *name);
