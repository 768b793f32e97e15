/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/settle.h"

#include <errno.h>

#include "collect/collect.h"
#include "record/metric_name.h"
#include "util/clock.h"
#include "workload/visit.h"

/* Why there is no number of rounds. */
static const char *unsettled(int err)
{
	return err == -ETIMEDOUT ? "a task did not get round all CPUs within settle_s"
				 : "no task could be sent round the CPUs";
}

int settle(const struct workload_run *run, const struct policy *policy, struct metrics *m)
{
	double end = clock_s() + run->workload->settle_s, left;
	uint64_t before = 0, after = 1;
	unsigned rounds = 0;
	int err = 0;

	if (run->workload->settle_s <= 0)
		return 0;
	while (!err && before != after && (left = end - clock_s()) > 0) {
		before = collect_bypasses(policy);
		err = workload_visit(run, left);
		after = collect_bypasses(policy);
		rounds++;
		if (!err && !run->beat(run->ctx))
			err = -ECANCELED;
	}
	if (err)
		metrics_absent(m, METRIC_SETTLE_ROUNDS, "count", unsettled(err));
	else if (before != after)
		metrics_absent(m, METRIC_SETTLE_ROUNDS, "count",
			       "the kernel bypassed the policy in each round");
	else
		metrics_add(m, METRIC_SETTLE_ROUNDS, "count", BETTER_NONE, rounds);
	return err == -ECANCELED ? err : 0;
}
