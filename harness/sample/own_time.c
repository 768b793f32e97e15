/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/own_time.h"

#include <math.h>
#include "record/metric_name.h"
#include "record/unit.h"

/*
 * A time that is given with two digits after the point is at most 5 ms too long, and clocks that are being
 * corrected differ by 0.05 %.
 */
#define LONGER_S 0.01
#define LONGER 1.01

void prove_own_time(const struct workload *w, struct record *r)
{
	const struct metric *m = metrics_find(&r->metrics, METRIC_TIME);
	double wall_s = metrics_value(&r->metrics, METRIC_WALL),
	       own_s = m ? m->value * unit_seconds(m->unit) : NAN;

	if (isnan(own_s) || isnan(wall_s))
		return;
	record_prove(r, own_s <= LONGER * wall_s + LONGER_S && own_s >= w->time_share * wall_s,
		     PROOF_OWN_TIME, "says %.3f s, ran %.3f s; at least %g %% of that wanted, and not more",
		     own_s, wall_s, 100 * w->time_share);
}
