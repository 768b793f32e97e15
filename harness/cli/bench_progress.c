/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs now, how many samples are done, time left. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/bench.h"
#include "util/log.h"

struct progress {
	const struct bench *bench;
	double seconds[BENCH_MAX_POLICIES]; /* of a sample of each workload: expected, then measured mean */
	unsigned measured[BENCH_MAX_POLICIES];
	unsigned not_ok;
};

struct progress *progress_begin(const struct bench *b)
{
	struct progress *p = calloc(1, sizeof(*p));

	if (!p)
		abort();
	p->bench = b;
	for (unsigned i = 0; i < b->nr_workloads; i++)
		p->seconds[i] = b->workload[i]->typical_s + b->workload[i]->settle_s + BENCH_OVERHEAD_S;
	return p;
}

void progress_sample(struct progress *p, size_t item)
{
	const struct bench *b = p->bench;
	const struct plan_item *it = &b->plan.item[item];
	long left = (long)plan_estimate(&b->plan, item, p->seconds, 0);
	char not_ok[32] = "";

	if (p->not_ok)
		snprintf(not_ok, sizeof(not_ok), " · %u not ok", p->not_ok);
	log_progress("%zu/%zu · %s%s under %s · %ld:%02ld left%s", item + 1, b->plan.nr, b->workload[it->workload]->name,
		     it->instrumented ? " (instrumented)" : "", b->policy[it->policy].text, left / 60, left % 60, not_ok);
}

void progress_ended(struct progress *p, size_t item, const struct record *r)
{
	unsigned w = p->bench->plan.item[item].workload;
	unsigned n = p->measured[w]++;

	p->seconds[w] = n ? (p->seconds[w] * n + r->elapsed_s) / (n + 1) : r->elapsed_s;
	if (r->status == STATUS_OK)
		return;
	p->not_ok++;
	log_warn("sample %u, %s under %s: %s: %s", r->seq, r->workload, r->policy, status_name(r->status), r->why);
}

void progress_end(struct progress *p)
{
	free(p);
}
