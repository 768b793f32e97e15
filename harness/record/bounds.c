/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/bounds.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include "record/name.h"
#include "record/unit.h"
#include "util/mem.h"

/* 300 years. Whatever else is measured is 0 or has at most this many digits before the point or behind it. */
#define MOST_SECONDS 1e10
#define MOST 1e30
#define LEAST (1 / MOST)

static char *value_fault(const struct metric *m)
{
	double seconds = unit_seconds(m->unit), value = fabs(m->value);

	if (!isnan(seconds) && (m->value < 0 || value * seconds > MOST_SECONDS))
		return mem_printf("%g %s: a time is from 0 to %g s", m->value, m->unit, MOST_SECONDS);
	if (value > MOST || (value && value < LEAST))
		return mem_printf("%g: a number is 0 or from %g to %g", m->value, LEAST, MOST);
	return NULL;
}

static char *names_fault(const char *name, const char *unit)
{
	const char *rule = name_fault(NAME_METRIC, name) ?: name_fault(NAME_UNIT, unit);

	return rule ? mem_strdup(rule) : NULL;
}

char *metric_fault(const struct metric *m)
{
	char *fault = names_fault(m->name, m->unit);

	if (fault)
		return fault;
	if (isnan(m->value) != (m->absent != NULL))
		return mem_strdup("a value, or the reason why there is none");
	return m->resolution < 0 || m->resolution > MOST ? mem_printf("a resolution is from 0 to %g", MOST)
							 : value_fault(m);
}

static char *bins_fault(const struct hist *h)
{
	uint64_t total = h->overflow;

	if (total > HIST_MAX_TOTAL)
		return mem_printf("at most %" PRIu64 " values", HIST_MAX_TOTAL);
	for (size_t i = 0; i < h->nr; i++) {
		const struct hist_bin *b = &h->bins[i];

		if (!(b->low < b->high) || (i && b->low < b[-1].high) || fabs(b->low) > MOST ||
		    fabs(b->high) > MOST)
			return mem_printf("bins ascend, from %g to %g at most", -MOST, MOST);
		if (!b->count || b->count > HIST_MAX_TOTAL - total)
			return mem_printf("from 1 value in a bin to %" PRIu64 " in all", HIST_MAX_TOTAL);
		total += b->count;
	}
	return NULL;
}

char *hist_fault(const struct hist *h)
{
	char *fault = names_fault(h->name, h->unit);

	if (fault)
		return fault;
	return h->nr > HIST_MAX_BINS ? mem_printf("at most %d bins", HIST_MAX_BINS) : bins_fault(h);
}

static char *fault_of(const char *name, char *rule)
{
	char *fault = mem_printf("%s: %s", name, rule);

	free(rule);
	return fault;
}

char *metrics_fault(const struct metrics *m)
{
	char *rule = NULL;

	if (m->nr > METRICS_MAX || m->nr_hists > HISTS_MAX)
		return mem_printf("at most %d metrics and %d histograms", METRICS_MAX, HISTS_MAX);
	for (size_t i = 0; i < m->nr; i++)
		if ((rule = metric_fault(&m->metric[i])))
			return fault_of(m->metric[i].name, rule);
	for (size_t i = 0; i < m->nr_hists; i++)
		if ((rule = hist_fault(&m->hist[i])))
			return fault_of(m->hist[i].name, rule);
	return NULL;
}
