/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/turns.h"

#include <math.h>
#include <stdlib.h>
#include "stats/anytime.h"
#include "util/mem.h"

unsigned turns_most(unsigned commits)
{
	unsigned turns = 0;

	for (unsigned left = commits; left > 1; left = (left + 1) / 2)
		turns++;
	return turns;
}

double turns_level(double risk, unsigned most, unsigned nth)
{
	double share = risk / (most + 2);

	return nth <= most ? share : share * pow(2, (double)most - nth);
}

/* Of blocks in which every side has a value and these have logarithms. */
static double *logs_of(const struct turn_values *v, double (*of)(const struct turn_values *, size_t),
		       size_t *nr)
{
	double *d = mem_zalloc(v->nr, sizeof(*d));

	*nr = 0;
	for (size_t i = 0; i < v->nr; i++) {
		double value = of(v, i);

		if (isfinite(value))
			d[(*nr)++] = value;
	}
	return d;
}

static double to_good(const struct turn_values *v, size_t i)
{
	return log(v->bad[i]) - log(v->good[i]);
}

static double to_middle(const struct turn_values *v, size_t i)
{
	return log(v->mid[i]) - (log(v->good[i]) + log(v->bad[i])) / 2;
}

int turns_direction(const struct turn_values *v, double level)
{
	size_t nr;
	double *d = logs_of(v, to_good, &nr);
	/* Neither direction is the right one where they do not differ. */
	int side = stats_side(d, nr, level / 2);

	free(d);
	return side;
}

enum turn turns_take(const struct turn_values *v, int direction, double level)
{
	size_t nr;
	double *d = logs_of(v, to_middle, &nr);
	int side = stats_side(d, nr, level);

	free(d);
	return !side ? TURN_OPEN : side == direction ? TURN_BAD : TURN_GOOD;
}
