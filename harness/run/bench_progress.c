/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs now, how many samples are done, and the time that is left. */
#include "run/bench.h"
#include "util/log.h"
#include "util/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What samples of a kind take; later ones weigh more, for a machine becomes slower or faster. */
struct pace {
	double seconds;
	unsigned nr;
};
#define PACE_MOST 4 /* samples on which it rests */

struct progress {
	const struct bench *bench;
	double expected[BENCH_MAX_POLICIES];	  /* of a sample of each workload, before there is one */
	struct pace workload[BENCH_MAX_POLICIES]; /* all of its samples */
	struct pace *pace;			  /* by workload, policy, and whether instrumented */
	double spent;
	unsigned not_ok;
};

struct progress *progress_begin(const struct bench *b)
{
	struct progress *p = mem_zalloc(1, sizeof(*p));

	p->bench = b;
	p->pace = mem_zalloc((size_t)b->nr_workloads * b->nr_policies * 2, sizeof(*p->pace));
	bench_expect(b, p->expected);
	return p;
}

static struct pace *pace_of(const struct progress *p, const struct plan_item *it)
{
	return &p->pace[((size_t)it->workload * p->bench->nr_policies + it->policy) * 2 + it->instrumented];
}

static void pace_note(struct pace *pace, double seconds)
{
	pace->nr += pace->nr < PACE_MOST;
	pace->seconds += (seconds - pace->seconds) / pace->nr;
}

static double seconds_of(const struct progress *p, const struct plan_item *it)
{
	const struct pace *own = pace_of(p, it), *work = &p->workload[it->workload];

	return own->nr ? own->seconds : work->nr ? work->seconds : p->expected[it->workload];
}

double progress_left(const struct progress *p, const struct progress_at *at)
{
	const struct plan *plan = &p->bench->plan;
	double left = 0;

	for (size_t i = at->next; i < plan->nr; i++)
		left += seconds_of(p, &plan->item[i]);
	for (size_t i = 0; i < at->nr_again; i++)
		left += seconds_of(p, &at->again[i]);
	return isnan(p->bench->budget_s) ? left : fmax(0, fmin(left, p->bench->budget_s - p->spent));
}

void progress_sample(struct progress *p, const struct plan_item *it, const struct progress_at *at)
{
	const struct bench *b = p->bench;
	const char *most = b->opt.precision || b->opt.time_budget ? "at most " : "";
	long left = (long)(progress_left(p, at) + (it->warmup ? seconds_of(p, it) : 0));
	char not_ok[32] = "";

	if (p->not_ok)
		snprintf(not_ok, sizeof(not_ok), " · %u not ok", p->not_ok);
	log_progress("%u/%s%u · %s%s under %s · %s%ld:%02ld left%s", at->seq, most, b->run.planned,
		     b->workload[it->workload]->name,
		     it->instrumented ? " (instrumented)"
		     : it->warmup     ? " (warm-up)"
		     : it->retake_of  ? " (again: it was void)"
				      : "",
		     b->policy[it->policy].text, most, left / 60, left % 60, not_ok);
}

void progress_ended(struct progress *p, const struct plan_item *it, const struct record *r)
{
	pace_note(pace_of(p, it), r->elapsed_s);
	pace_note(&p->workload[it->workload], r->elapsed_s);
	p->spent += r->elapsed_s;
	p->not_ok += r->status != STATUS_OK;
}

void progress_end(struct progress *p)
{
	free(p->pace);
	free(p);
}
