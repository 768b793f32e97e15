/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/metrics.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/bounds.h"
#include "record/unit.h"
#include "util/mem.h"

static void metric_clear(struct metric *mt)
{
	free(mt->name);
	free(mt->unit);
	free(mt->absent);
}

static void hist_clear(struct hist *h)
{
	free(h->name);
	free(h->unit);
	free(h->bins);
}

/* The metric of that name, cleared, or a new one at the end. */
static struct metric *metric_place(struct metrics *m, const char *name)
{
	struct metric *mt = (struct metric *)metrics_find(m, name);

	if (mt) {
		metric_clear(mt);
		return mt;
	}
	m->metric = mem_grow(m->metric, m->nr, sizeof(*m->metric));
	return &m->metric[m->nr++];
}

void metrics_add(struct metrics *m, const char *name, const char *unit, enum better better, double value)
{
	struct metric new = { mem_strdup(name), mem_strdup(unit), better, value, NULL, NAN };

	if (!isfinite(value))
		new.absent = mem_strdup("not a finite number");
	else
		new.absent = metric_fault(&new);
	if (new.absent) {
		new.value = NAN;
		new.better = BETTER_NONE; /* as of all that are absent */
	}
	*metric_place(m, new.name) = new;
}

void metrics_resolution(struct metrics *m, const char *name, double resolution)
{
	struct metric *mt = (struct metric *)metrics_find(m, name);

	if (mt && resolution >= 0 && isfinite(resolution))
		mt->resolution = resolution;
}

void metrics_absent(struct metrics *m, const char *name, const char *unit, const char *why)
{
	struct metric new = { mem_strdup(name), mem_strdup(unit), BETTER_NONE, NAN, mem_strdup(why), NAN };

	*metric_place(m, new.name) = new;
}

struct hist *metrics_hist(struct metrics *m, const char *name, const char *unit)
{
	struct hist new = { .name = mem_strdup(name), .unit = mem_strdup(unit) };
	struct hist *h = (struct hist *)metrics_find_hist(m, name);

	if (h) {
		hist_clear(h);
	} else {
		m->hist = mem_grow(m->hist, m->nr_hists, sizeof(*m->hist));
		h = &m->hist[m->nr_hists++];
	}
	*h = new;
	return h;
}

void hist_add(struct hist *h, double low, double high, uint64_t count)
{
	if (!count)
		return;
	if (!isfinite(low) || !isfinite(high)) {
		h->overflow += count;
		return;
	}
	h->bins = mem_grow(h->bins, h->nr, sizeof(*h->bins));
	h->bins[h->nr++] = (struct hist_bin){ low, high, count };
}

uint64_t hist_total(const struct hist *h)
{
	uint64_t total = h->overflow;

	for (size_t i = 0; i < h->nr; i++)
		total += h->bins[i].count;
	return total;
}

const struct metric *metrics_find(const struct metrics *m, const char *name)
{
	for (size_t i = 0; i < m->nr; i++)
		if (!strcmp(m->metric[i].name, name))
			return &m->metric[i];
	return NULL;
}

double metrics_value(const struct metrics *m, const char *name)
{
	const struct metric *found = metrics_find(m, name);

	return found ? found->value : NAN;
}

const struct hist *metrics_find_hist(const struct metrics *m, const char *name)
{
	for (size_t i = 0; i < m->nr_hists; i++)
		if (!strcmp(m->hist[i].name, name))
			return &m->hist[i];
	return NULL;
}

void metrics_drop_times(struct metrics *m)
{
	size_t nr = 0;

	for (size_t i = 0; i < m->nr; i++)
		if (unit_is_speed(m->metric[i].unit))
			metric_clear(&m->metric[i]);
		else
			m->metric[nr++] = m->metric[i];
	m->nr = nr;
	nr = 0;
	for (size_t i = 0; i < m->nr_hists; i++)
		if (unit_is_speed(m->hist[i].unit))
			hist_clear(&m->hist[i]);
		else
			m->hist[nr++] = m->hist[i];
	m->nr_hists = nr;
}

void metrics_free(struct metrics *m)
{
	for (size_t i = 0; i < m->nr; i++)
		metric_clear(&m->metric[i]);
	for (size_t i = 0; i < m->nr_hists; i++)
		hist_clear(&m->hist[i]);
	free(m->metric);
	free(m->hist);
	*m = (struct metrics){ 0 };
}

static const char *const better_names[] = { "", "lower", "higher" };

const char *better_name(enum better b)
{
	return better_names[b];
}

int better_parse(const char *s, enum better *b)
{
	for (size_t i = 0; i < sizeof(better_names) / sizeof(*better_names); i++) {
		if (!strcmp(s, better_names[i])) {
			*b = i;
			return 0;
		}
	}
	return -EINVAL;
}
