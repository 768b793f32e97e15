/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include "judge/fitness_line.h"
#include "record/metric_name.h"
#include "stats/stats.h"
#include "text/buf.h"
#include "util/mem.h"

/*
 * From this coefficient of variation on it is a warning. A quiet machine stays below 2 %; what is the same
 * each time and still differs by more than this hides most effects that people look for.
 */
#define SPREAD_MAX 0.1

struct values {
	double *x;
	size_t n;
};

static void values_add(struct values *v, double x)
{
	if (isnan(x))
		return;
	v->x = mem_grow(v->x, v->n, sizeof(*v->x));
	v->x[v->n++] = x;
}

static void put_spread(struct buf *b, const struct spread *s)
{
	buf_printf(b, "CV %.2g %%, the largest %.3g times the smallest", 100 * s->cv, s->range);
}

/* Of every sample, also those that are not data points: the loop ran before anything of theirs. */
static void add_clock(struct fitness *f, const struct compare *c)
{
	static const char *const what = "the machine's clock";
	struct values v = { 0 };
	struct buf b = { 0 };
	struct spread s;

	for (size_t i = 0; i < c->run->nr; i++)
		values_add(&v, metrics_value(&c->run->sample[i].metrics, METRIC_SPIN));
	s = stats_spread(v.x, v.n);
	if (isnan(s.cv)) {
		fitness_add(f, what, FIT_UNKNOWN, mem_strdup("fewer than 2 samples have it"));
	} else {
		buf_printf(&b, "a turn of a fixed loop takes %.3g ns, the median of %zu samples: ",
			   stats_median(v.x, v.n), v.n);
		put_spread(&b, &s);
		buf_printf(&b, " (a warning from %g %% on)", 100 * SPREAD_MAX);
		fitness_add(f, what, s.cv >= SPREAD_MAX ? FIT_WARNS : FIT_GOOD, buf_take(&b));
	}
	free(v.x);
}

/* Of both arms of an A/A run. */
static struct spread spread_of_fair(const struct compare *c, unsigned work)
{
	struct values v = { 0 };
	struct spread s;

	for (unsigned p = 0; p < c->nr_policies; p++)
		for (unsigned b = 0; compare_is_baseline(c, p) && b <= c->nr_blocks; b++)
			values_add(&v, compare_cell(c, work, p)->value[b]);
	s = stats_spread(v.x, v.n);
	free(v.x);
	return s;
}

static void add_fair(struct fitness *f, const struct compare *c)
{
	const char *what = compare_to_fair(c) ? "spread of fair" : "spread of the baseline";
	struct buf b = { 0 };
	bool wide = false;

	for (unsigned w = 0; w < c->nr_works; w++) {
		struct spread s;

		if (!c->work[w].primary)
			continue;
		s = spread_of_fair(c, w);
		if (isnan(s.cv))
			continue;
		wide |= s.cv >= SPREAD_MAX;
		buf_printf(&b, "%s%s ", b.len ? "; " : "", c->work[w].name);
		put_spread(&b, &s);
	}
	if (!b.len) {
		fitness_add(f, what, FIT_UNKNOWN,
			    mem_strdup(c->baseline < 0 ? "the run has no samples of it" : "too few blocks"));
		return;
	}
	buf_printf(&b, " (a warning from %g %% on)", 100 * SPREAD_MAX);
	fitness_add(f, what, wide ? FIT_WARNS : FIT_GOOD, buf_take(&b));
}

void fitness_add_spread(struct fitness *f, const struct compare *c)
{
	add_clock(f, c);
	add_fair(f, c);
}
