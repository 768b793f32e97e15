/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/per_work.h"

#include <stdlib.h>
#include "record/metric_name.h"
#include "util/mem.h"

/* A workload that does not count its work does the same in every run of it. */
void per_work_add(struct metrics *m, const struct per_work *w)
{
	const struct metric *of = metrics_find(m, w->of), *work = metrics_find(m, METRIC_WORK_DONE);
	char *unit = mem_printf("%s/%s", w->unit, work ? work->unit : "run");
	double done = work ? work->value : 1;

	if (of->absent)
		metrics_absent(m, w->name, unit, of->absent);
	else if (!(done > 0))
		metrics_absent(m, w->name, unit, "no work was done");
	else
		metrics_add(m, w->name, unit, BETTER_LOWER, of->value / done);
	free(unit);
}
