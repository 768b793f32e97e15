/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Slow losses since an anchor: how soon they are found, and how often one is that is none. */
#include "simulate.h"
#include "stats/leak.h"

#define YEAR 365
#define SERIES 240
#define BLOCKS 15

/* The noise of a night's ratio: 1 % a sample, 15 blocks, and what varies from night to night. */
static double noise_of_night(double between)
{
	return sqrt(between * between + 2 * 0.01 * 0.01 / BLOCKS);
}

static double next_night(double before, double rho, enum noise kind)
{
	return rho * before + sqrt(1 - rho * rho) * draw(kind);
}

/* New alarms in a year of so many series without a loss, as a night's gate sees them, night by night. */
static void false_alarms(enum noise kind, double rho, double most, unsigned years)
{
	unsigned alarms = 0, nights = 0;

	for (unsigned s = 0; s < SERIES * years; s++) {
		double x[YEAR], e = 0;
		bool before = false;

		for (size_t i = 0; i < YEAR; i++)
			x[i] = 0.0047 * (e = next_night(e, rho, kind));
		for (size_t n = 1; n <= YEAR; n++) {
			bool now = stats_leak(x, n).alarm;

			alarms += now && !before;
			nights += now;
			before = now;
		}
	}
	ok(alarms <= most * years + 3 * sqrt(most * years),
	   "%s noise, correlation %.1f: %.2f alarms, %.1f nights of alarm in a year of %d series (%u years)",
	   noise_name[kind], rho, (double)alarms / years, (double)nights / years, SERIES, years);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The loss at the night that shows it, by a loss of so much a week from the anchor on. */
static void found(double weekly, double between, double by, double share)
{
	enum { RUNS = 400, MOST_NIGHTS = 1000 };
	static double x[MOST_NIGHTS], loss[RUNS];
	unsigned in_time = 0;

	for (unsigned r = 0; r < RUNS; r++) {
		size_t n = 1;

		for (size_t i = 0; i < MOST_NIGHTS; i++)
			x[i] = log1p(weekly) * i / 7 + noise_of_night(between) * draw(NORMAL);
		while (n < MOST_NIGHTS && !stats_leak(x, n).alarm)
			n++;
		loss[r] = expm1(log1p(weekly) * (n - 1) / 7);
		in_time += loss[r] <= by;
	}
	qsort(loss, RUNS, sizeof(*loss), ascending);
	ok(in_time >= share * RUNS,
	   "%.2f %% a week, nights %.1f %% apart: found at +%.2f %% in the middle, +%.2f %% in 95 %%; by +%.0f %% in %.1f %%",
	   100 * weekly, 100 * between, 100 * loss[RUNS / 2], 100 * loss[RUNS * 95 / 100], 100 * by,
	   100.0 * in_time / RUNS);
}

int main(int argc, char **argv)
{
	unsigned more = begin(argc, argv);

	false_alarms(NORMAL, 0, 1, more);
	false_alarms(HEAVY, 0, 1, more);
	false_alarms(SKEWED, 0, 6, more);
	false_alarms(NORMAL, 0.2, 7, more);
	false_alarms(NORMAL, 0.5, 15, more);
	found(0.0025, 0.003, 0.02, 0.95);
	found(0.01, 0.003, 0.05, 0.9);
	found(0.0025, 0.01, 0.04, 0.95);
	found(0.01, 0.01, 0.05, 0.7);
	return end();
}
