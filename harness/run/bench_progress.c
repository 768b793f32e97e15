/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs now, how many samples are done, and the time that is left. */
#include "run/bench.h"
#include "util/log.h"
#include "util/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct progress {
	const struct bench *bench;
	double seconds[BENCH_MAX_POLICIES]; /* of a sample of each workload: expected, then the measured mean
					     */
	unsigned measured[BENCH_MAX_POLICIES];
	double spent;
	unsigned not_ok;
};

struct progress *progress_begin(const struct bench *b)
{
	struct progress *p = mem_zalloc(1, sizeof(*p));

	p->bench = b;
	bench_expect(b, p->seconds);
	return p;
}

static double seconds_left(const struct progress *p, size_t next)
{
	double left = plan_estimate(&p->bench->plan, next, p->seconds);

	return isnan(p->bench->budget_s) ? left : fmax(0, fmin(left, p->bench->budget_s - p->spent));
}

void progress_sample(struct progress *p, const struct plan_item *it, unsigned seq, size_t next)
{
	const struct bench *b = p->bench;
	const char *most = b->opt.precision || b->opt.time_budget ? "at most " : "";
	long left = (long)seconds_left(p, next);
	char not_ok[32] = "";

	if (p->not_ok)
		snprintf(not_ok, sizeof(not_ok), " · %u not ok", p->not_ok);
	log_progress("%u/%s%u · %s%s under %s · %s%ld:%02ld left%s", seq, most, b->run.planned,
		     b->workload[it->workload]->name,
		     it->instrumented ? " (instrumented)"
		     : it->warmup     ? " (warm-up)"
		     : it->retake_of  ? " (again: it was void)"
				      : "",
		     b->policy[it->policy].text, most, left / 60, left % 60, not_ok);
}

void progress_ended(struct progress *p, const struct plan_item *it, const struct record *r)
{
	unsigned n = p->measured[it->workload]++;
	double *mean = &p->seconds[it->workload];

	*mean = n ? (*mean * n + r->elapsed_s) / (n + 1) : r->elapsed_s;
	p->spent += r->elapsed_s;
	p->not_ok += r->status != STATUS_OK;
}

void progress_end(struct progress *p)
{
	free(p);
}
