/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/instrumented.h"

#include <string.h>
#include "judge/watching.h"
#include "record/env_key.h"
#include "util/mem.h"
#include "util/scan.h"

double instrumented_budget(const struct run *run)
{
	const char *given = run_env(run, ENV_PLAN_WATCH_BUDGET);
	double budget = INSTRUMENTED_BUDGET;

	if (given)
		scan_percent(given, &budget);
	return budget;
}

bool instrumented_refused(const struct run *run, const struct record *r)
{
	return r->instrumented && watching_share(r, NULL) > instrumented_budget(run);
}

bool instrumented_counts(const struct run *run, const struct record *r)
{
	return r->instrumented && r->status == STATUS_OK && !instrumented_refused(run, r);
}

char *instrumented_why(const struct run *run, const struct record *r)
{
	if (!instrumented_refused(run, r))
		return NULL;
	return mem_printf("watching took %.4g %% of its CPU time, over the budget of %.3g %%",
			  100 * watching_share(r, NULL), 100 * instrumented_budget(run));
}

bool instrumented_any_refused(const struct compare *c, const char *workload)
{
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (instrumented_refused(&c->run->run, r) && (!workload || !strcmp(r->workload, workload)))
			return true;
	}
	return false;
}
