/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "latency.h"
#include "../kit.h"

#define FEW 10

/* Values below 2 * STEPS have a bin each; each further power of two has STEPS bins. */
static unsigned bin_of(uint64_t ns)
{
	unsigned power = ns < LATENCY_STEPS ? 0 : 63 - __builtin_clzll(ns) - 6;

	return power * LATENCY_STEPS + (unsigned)(ns >> power);
}

static double low_us(unsigned bin)
{
	unsigned power = bin < LATENCY_STEPS ? 0 : bin / LATENCY_STEPS - 1;

	return (double)((uint64_t)(bin - power * LATENCY_STEPS) << power) / 1000;
}

void latency_add(struct latency *l, uint64_t ns)
{
	if (ns >> LATENCY_BITS)
		l->overflow++;
	else
		l->bin[bin_of(ns)]++;
}

void latency_merge(struct latency *into, const struct latency *l)
{
	for (unsigned i = 0; i < LATENCY_BINS; i++)
		into->bin[i] += l->bin[i];
	into->overflow += l->overflow;
}

uint64_t latency_count(const struct latency *l)
{
	uint64_t count = l->overflow;

	for (unsigned i = 0; i < LATENCY_BINS; i++)
		count += l->bin[i];
	return count;
}

static void report_quantile(const struct latency *l, const char *name, double q)
{
	double beyond =
		(1 - q) * (double)latency_count(l) * (1 + 1e-9); /* 1 - 0.99 in binary is a hair less */
	FILE *out = kit_results();

	if (beyond < FEW)
		fprintf(out, "absent %s_p%g us too few values beyond it\n", name, 100 * q);
	else if (beyond < (double)l->overflow)
		fprintf(out, "absent %s_p%g us beyond the histogram's end\n", name, 100 * q);
	else
		fprintf(out, "quantile %s_p%g %s lower %g\n", name, 100 * q, name, q);
}

void latency_report(const struct latency *l, const char *name)
{
	FILE *out = kit_results();

	fprintf(out, "hist %s us %lu", name, l->overflow);
	for (unsigned i = 0; i < LATENCY_BINS; i++)
		if (l->bin[i])
			fprintf(out, " %.10g:%.10g:%lu", low_us(i), low_us(i + 1), l->bin[i]);
	fprintf(out, "\n");
	report_quantile(l, name, 0.5);
	report_quantile(l, name, 0.99);
	report_quantile(l, name, 0.999);
}
