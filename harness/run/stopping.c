/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "run/stopping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/compare_cells.h"
#include "judge/pairs.h"
#include "record/role.h"
#include "run/session.h"
#include "stats/sequence.h"
#include "util/mem.h"

struct stopping {
	const struct bench *bench;
	unsigned blocks; /* of the whole plan */
	int base;	 /* index of the baseline, or -1 */
	double *value;	 /* of the primary metric, by workload, policy and block; NAN: not a data point */
	double seconds;
	unsigned samples;
};

/* The value of the first block; the others follow it. */
static double *values_of(const struct stopping *s, unsigned workload, unsigned policy)
{
	return &s->value[((size_t)workload * s->bench->nr_policies + policy) * s->blocks];
}

struct stopping *stopping_begin(const struct bench *b)
{
	size_t nr = (size_t)b->nr_workloads * b->nr_policies * b->spec.blocks;
	struct stopping *s = mem_zalloc(1, sizeof(*s));

	*s = (struct stopping){ .bench = b, .blocks = b->spec.blocks, .base = -1 };
	s->value = mem_zalloc(nr, sizeof(*s->value));
	for (size_t i = 0; i < nr; i++)
		s->value[i] = NAN;
	for (unsigned p = 0; p < b->nr_policies; p++)
		if (bench_arm(b, p) == ARM_BASELINE)
			s->base = (int)p;
	return s;
}

void stopping_end(struct stopping *s)
{
	free(s->value);
	free(s);
}

void stopping_note(struct stopping *s, const struct plan_item *it, const struct record *r)
{
	const struct metric *m = metrics_find(&r->metrics, s->bench->workload[it->workload]->primary);

	s->seconds += r->elapsed_s;
	s->samples++;
	if (it->block && compare_counts(r) && m)
		values_of(s, it->workload, it->policy)[it->block - 1] = m->value;
}

/* Half the width of the interval, by the look after this block; NAN: there is none. *pairs: what it rests on.
 */
static double half_width(const struct stopping *s, unsigned workload, unsigned policy, size_t *pairs)
{
	struct pairs p = pairs_of(values_of(s, workload, policy), values_of(s, workload, (unsigned)s->base),
				  NULL, s->blocks);
	double *log = pairs_logs(&p, pairs);
	struct sequence look = stats_sequence(log, *pairs);

	free(log);
	pairs_free(&p);
	return (exp(look.high) - exp(look.low)) / 2;
}

/* The widest interval of all that must become narrow. */
struct widest {
	double half; /* NAN: no effect has an interval */
	unsigned policy, workload;
	bool unknown; /* at least one effect has no interval yet */
};

static void widen_to(struct widest *w, double half, unsigned policy, unsigned workload)
{
	if (isnan(half))
		w->unknown = true;
	else if (!(half <= w->half))
		*w = (struct widest){ half, policy, workload, w->unknown };
}

static struct widest widest_of(const struct stopping *s, unsigned block)
{
	const struct bench *b = s->bench;
	struct widest w = { .half = NAN };

	for (unsigned p = 0; p < b->nr_policies; p++) {
		if (s->base < 0 || bench_arm(b, p) != ARM_POLICY)
			continue;
		for (unsigned i = 0; i < b->nr_workloads; i++) {
			size_t pairs;
			double half = half_width(s, i, p, &pairs);

			if (pairs || block < STATS_MIN_PAIRS)
				widen_to(&w, half, p, i);
		}
	}
	return w;
}

static bool is_precise(const struct stopping *s, const struct widest *w)
{
	return !w->unknown && !(w->half > s->bench->precision);
}

static bool is_late(const struct stopping *s)
{
	const struct bench *b = s->bench;
	unsigned round = b->nr_workloads * b->nr_policies, instrumented = b->plan.nr - s->blocks * round;

	return s->seconds + s->seconds / s->samples * (round + instrumented) > b->budget_s;
}

static char *stopping_tell(const char *what, const struct widest *w, const struct bench *b, unsigned block)
{
	const char *s = block == 1 ? "" : "s";

	if (isnan(w->half))
		return mem_printf("%s after %u block%s; no ratio to fair has an interval", what, block, s);
	return mem_printf("%s after %u block%s; the widest interval is ±%.2g %% (%s on %s)", what, block, s,
			  100 * w->half, b->policy[w->policy].text, b->workload[w->workload]->name);
}

char *stopping_why(const struct stopping *s, unsigned block)
{
	const struct bench *b = s->bench;
	struct widest w = widest_of(s, block);
	char *enough = b->purpose->enough ? b->purpose->enough(b, s->value, s->blocks, block) : NULL;

	if (enough)
		return enough;
	if (!isnan(b->precision) && is_precise(s, &w))
		return stopping_tell(isnan(w.half) ? "no policy has a data point" : "precise enough", &w, b,
				     block);
	if (!isnan(b->precision) && block == s->blocks)
		return stopping_tell("all blocks are taken, not as precise as asked", &w, b, block);
	if (block == s->blocks)
		return block == 1 ? mem_strdup("its one block is taken")
				  : mem_printf("all %u blocks are taken", block);
	if (!isnan(b->budget_s) && is_late(s))
		return stopping_tell("the time budget is used up", &w, b, block);
	return NULL;
}
