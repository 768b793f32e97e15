/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is compared with what: the values that are judged, and those of the baseline. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/compare_judge.h"
#include "record/role.h"
#include "record/unit.h"
#include "stats/resolution.h"
#include "stats/stats.h"
#include "util/mem.h"

/* Of an index that is so near to its bound, what it lacks is judged. */
#define NEAR_ONE 0.95

bool compare_is_baseline(const struct compare *c, unsigned policy)
{
	return arm_is_baseline(c->run->run.policies[policy], c->run->run.baseline);
}

/* All values of a row, NAN left out; their number. */
static size_t row_values(const struct compare *c, unsigned work, double **out)
{
	size_t room = (size_t)c->nr_policies * (c->nr_blocks + 1), n = 0;
	double *x = mem_zalloc(room, sizeof(*x));

	for (unsigned p = 0; p < c->nr_policies; p++)
		for (unsigned b = 0; b <= c->nr_blocks; b++)
			if (!isnan(compare_cell(c, work, p)->value[b]))
				x[n++] = compare_cell(c, work, p)->value[b];
	*out = x;
	return n;
}

/* The median of what the samples of a row say; NAN if none does. */
static double row_resolution(const struct compare *c, const struct work *w)
{
	double *x = mem_zalloc(c->run->nr, sizeof(*x)), median;
	size_t n = 0;

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		const struct metric *m = compare_counts(r) && !strcmp(r->workload, w->name)
						 ? metrics_find(&r->metrics, w->metric)
						 : NULL;

		if (m && !isnan(m->value) && !isnan(m->resolution))
			x[n++] = m->resolution;
	}
	median = stats_median(x, n);
	free(x);
	return median;
}

static bool all_near_one(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!(x[i] >= NEAR_ONE && x[i] <= 1))
			return false;
	return n;
}

double compare_step(const struct compare *c, unsigned work)
{
	double step = row_resolution(c, &c->work[work]), *x;
	size_t n;

	if (!isnan(step) || !strcmp(c->work[work].unit, UNIT_COUNT))
		return step;
	n = row_values(c, work, &x);
	step = stats_step(x, n);
	free(x);
	return step;
}

void compare_prepare(const struct compare *c, unsigned work)
{
	struct work *w = &c->work[work];
	double *x;
	size_t n = row_values(c, work, &x);

	w->complement = w->better == BETTER_HIGHER && unit_is_share(w->unit) && all_near_one(x, n);
	w->step = compare_step(c, work);
	free(x);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		const struct cell *cell = compare_cell(c, work, p);

		for (unsigned b = 0; b <= c->nr_blocks; b++)
			cell->judged[b] = w->complement ? 1 - cell->value[b] : cell->value[b];
	}
}

/* Zero and below do not have a geometric mean. */
static double mean_of_two(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) ? b : a;
	return a > 0 && b > 0 ? sqrt(a) * sqrt(b) : (a + b) / 2;
}

void compare_base(const struct compare *c, unsigned work)
{
	double *base = mem_zalloc(c->nr_blocks + 1, sizeof(*base));

	for (unsigned b = 0; b <= c->nr_blocks; b++)
		base[b] = NAN;
	for (unsigned p = 0; p < c->nr_policies; p++)
		for (unsigned b = 0; compare_is_baseline(c, p) && b <= c->nr_blocks; b++)
			base[b] = mean_of_two(base[b], compare_cell(c, work, p)->judged[b]);
	c->work[work].base = base;
}
