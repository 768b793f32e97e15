/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The results of a sample: the histogram, which quantiles of it are metrics, and how much was measured. */
#include "results.h"
#include "../kit.h"

#define FEW 10		 /* with fewer values beyond it a quantile is absent */
#define UNACCOUNTED 0.01 /* with a greater share unaccounted for, a tail is absent */
#define CLOCK "the clock went back: late and early wakeups can't be told apart"

static const struct quantile {
	const char *name;
	double q;
} quantiles[] = { { "p50", 0.5 }, { "p99", 0.99 }, { "p99.9", 0.999 } };

static double beyond(const struct wakeups *w, double q)
{
	return (1 - q) * (double)(w->measured + w->missed);
}

/* NULL: nothing stands against it. */
static const char *unknown(const struct wakeups *w, double q, uint64_t expected)
{
	double share = 1 - q > UNACCOUNTED ? 1 - q : UNACCOUNTED;

	if (w->clock)
		return CLOCK;
	if (beyond(w, q) < FEW)
		return "too few wakeups beyond it";
	if (beyond(w, q) < w->overflow)
		return "beyond the histogram's end";
	/* A hair more, for 1 - 0.99 in binary. */
	return w->unaccounted > share * expected * (1 + 1e-9) ? "too many wakeups are unaccounted for" : NULL;
}

static void report_quantile(const struct wakeups *w, const struct quantile *of, uint64_t expected)
{
	const char *why = unknown(w, of->q, expected);

	if (why)
		fprintf(kit_results(), "absent %s us %s\n", of->name, why);
	else
		fprintf(kit_results(), "quantile %s latency lower %g\n", of->name, of->q);
}

/* Bins grow with the latency (at most 0.1 % wide): so results stay small however many CPUs stall. */
static long bin_width(long low)
{
	return low < 10000 ? 1 : low < 100000 ? 10 : 100;
}

static void report_histogram(const struct wakeups *w)
{
	FILE *out = kit_results();

	fprintf(out, "metric max us lower %lu\n", w->max);
	fprintf(out, "hist latency us %lu", w->overflow);
	for (long low = 0, high; low < BINS; low = high) {
		uint64_t count = 0;

		high = low + bin_width(low);
		for (long i = low; i < high; i++)
			count += w->bin[i];
		if (count)
			fprintf(out, " %ld:%ld:%lu", low, high, count);
	}
	fprintf(out, "\n");
}

void results_report(const struct wakeups *w, const struct window *window)
{
	uint64_t expected = window->threads * window->cycles;
	FILE *out = kit_results();

	if (!w->clock)
		report_histogram(w);
	for (size_t i = 0; i < sizeof(quantiles) / sizeof(*quantiles); i++)
		report_quantile(w, &quantiles[i], expected);
	fprintf(out, "metric cycles_expected count none %lu\n", expected);
	fprintf(out, "metric cycles_actual count higher %lu\n", w->cycles);
	fprintf(out, "metric work_done wakeup none %lu\n", w->cycles);
	fprintf(out, "metric cycles_early count lower %lu\n", w->early);
	fprintf(out, "metric cycles_unaccounted count lower %lu\n", w->unaccounted);
	if (w->clock) {
		fprintf(out, "absent max us %s\nabsent cycles_missed count %s\n", CLOCK, CLOCK);
		return;
	}
	fprintf(out, "metric cycles_missed count lower %lu\n", w->missed);
}
