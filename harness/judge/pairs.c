/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/pairs.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include "stats/stats.h"
#include "util/mem.h"

static bool have_ratio(double x, double y)
{
	return x > 0 && y > 0 && x / y > 0 && isfinite(x / y);
}

static struct pairs pairs_with_room(size_t nr, bool boots)
{
	return (struct pairs){ .x = mem_zalloc(nr, sizeof(double)),
			       .y = mem_zalloc(nr, sizeof(double)),
			       .boot = boots ? mem_zalloc(nr, sizeof(unsigned)) : NULL };
}

static void put_pair(struct pairs *p, double x, double y, unsigned boot)
{
	if (p->boot)
		p->boot[p->n] = boot;
	p->x[p->n] = x;
	p->y[p->n++] = y;
}

struct pairs pairs_of(const double *x, const double *y, const unsigned *boot, size_t nr)
{
	struct pairs p = pairs_with_room(nr, boot);

	for (size_t block = 0; block < nr; block++) {
		double base = y ? y[block] : 1;

		if (have_ratio(x[block], base))
			put_pair(&p, x[block], base, boot ? boot[block] : 0);
		else
			p.left_out += isfinite(x[block]) && isfinite(base);
	}
	return p;
}

struct pairs pairs_all(const double *x, const double *y, const unsigned *boot, size_t nr)
{
	struct pairs p = pairs_with_room(nr, boot);

	for (size_t block = 0; block < nr; block++)
		if (isfinite(x[block]) && isfinite(y[block]))
			put_pair(&p, x[block], y[block], boot ? boot[block] : 0);
	return p;
}

void pairs_free(struct pairs *p)
{
	free(p->x);
	free(p->y);
	free(p->boot);
}

void pairs_effect(const struct pairs *p, struct effect *out)
{
	if (p->boot)
		stats_effect_boots(p->x, p->y, p->boot, p->n, out);
	else
		stats_effect(p->x, p->y, p->n, out);
}

void pairs_shift(const struct pairs *p, struct shift *out)
{
	stats_shift(p->x, p->y, p->boot, p->n, out);
}

static double log_of(double x, double y)
{
	return log(x) - log(y);
}

static double difference_of(double x, double y)
{
	return x - y;
}

static double *units_of(const struct pairs *p, double (*compared)(double, double), size_t *nr)
{
	double *d = mem_zalloc(p->n, sizeof(*d)), *unit;

	for (size_t i = 0; i < p->n; i++)
		d[i] = compared(p->x[i], p->y[i]);
	unit = stats_units(d, p->boot, p->n, nr);
	free(d);
	return unit;
}

double *pairs_logs(const struct pairs *p, size_t *nr)
{
	return units_of(p, log_of, nr);
}

double *pairs_differences(const struct pairs *p, size_t *nr)
{
	return units_of(p, difference_of, nr);
}

struct values pairs_ratios(const struct pairs *p)
{
	struct values v;
	double *unit = pairs_logs(p, &v.n);

	for (size_t i = 0; i < v.n; i++)
		unit[i] = p->boot ? exp(unit[i]) : p->x[i] / p->y[i];
	v.value = unit;
	return v;
}

struct hidden pairs_hidden(const struct pairs *p, double step)
{
	return (struct hidden){ stats_median(p->x, p->n), stats_median(p->y, p->n),
				stats_hidden(p->x, p->n, step), stats_hidden(p->y, p->n, step) };
}

bool pairs_identical(const struct pairs *p)
{
	return stats_identical(p->x, p->n) && stats_identical(p->y, p->n);
}
