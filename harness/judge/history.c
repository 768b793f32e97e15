/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the store's values to nights, levels and points. */
#include "judge/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/stretch.h"
#include "record/role.h"
#include "stats/stats.h"
#include "util/mem.h"

struct making {
	struct history *h;
	const char *host;   /* of the family at hand */
	const char *policy; /* fair is needed for the ratios, and is not a series when another policy is asked
			       for */
	size_t *place;	    /* of the runs that were seen, by stored: the index + 1 */
	int64_t places;
	double *x; /* room for a night's values */
	size_t room;
};

static size_t *place_of(struct making *m, int64_t stored)
{
	int64_t places = m->places;

	if (stored >= places) {
		m->places = 2 * stored + 1;
		m->place = mem_resize(m->place, (size_t)m->places * sizeof(*m->place));
		memset(m->place + places, 0, (size_t)(m->places - places) * sizeof(*m->place));
	}
	return &m->place[stored];
}

static struct history_run *find_run(struct making *m, const struct store_point *p)
{
	struct history *h = m->h;
	size_t *place = place_of(m, p->stored);

	if (!*place) {
		h->run = mem_grow(h->run, h->nr_runs, sizeof(*h->run));
		h->run[h->nr_runs] = mem_zalloc(1, sizeof(**h->run));
		*h->run[h->nr_runs] = (struct history_run){ .id = mem_strdup(p->run),
							    .host = m->host,
							    .started_ns = p->started_ns,
							    .stored = p->stored };
		*place = ++h->nr_runs;
	}
	return h->run[*place - 1];
}

/* There are few different ones, and mostly it is the night before's. */
static const char *find_hash(struct history *h, const struct history_series *s, const char *hash)
{
	const char *before = s->nr ? s->night[s->nr - 1].policy_hash : NULL;

	if (!hash || (before && !strcmp(before, hash)))
		return hash ? before : NULL;
	for (size_t i = 0; i < h->nr_hashes; i++)
		if (!strcmp(h->hash[i], hash))
			return h->hash[i];
	h->hash = mem_grow(h->hash, h->nr_hashes, sizeof(*h->hash));
	return h->hash[h->nr_hashes++] = mem_strdup(hash);
}

static void make_room(struct making *m, size_t nr)
{
	if (nr <= m->room)
		return;
	m->room = 2 * nr;
	m->x = mem_resize(m->x, m->room * sizeof(*m->x));
}

static double median(struct making *m, const struct stretch *run, unsigned *nr)
{
	for (size_t i = 0; i < run->nr; i++)
		if (isfinite(run->point[i].value))
			m->x[(*nr)++] = run->point[i].value;
	return stats_median(m->x, *nr);
}

static void take_ratio(struct history_night *night, const struct stretch *run, const struct stretch *fair)
{
	struct pairs p = stretch_pairs(run, fair);
	struct values ratios = pairs_ratios(&p);

	night->ratio = stats_middle(&ratios);
	night->pairs = (unsigned)p.n;
	night->left_out = (unsigned)p.left_out;
	free((void *)ratios.value);
	pairs_free(&p);
}

static void take_nights(struct making *m, struct history_series *s, const struct store_series *from,
			const struct store_series *fair)
{
	size_t at = 0;

	for (size_t i = 0; i < from->nr;) {
		struct stretch run = stretch_at(from, i), base = stretch_fair(fair, &at, run.point);
		struct history_night night = { .run = find_run(m, run.point),
					       .policy_hash = find_hash(m->h, s, run.point->policy_hash) };

		make_room(m, run.nr);
		night.median = median(m, &run, &night.values);
		take_ratio(&night, &run, &base);
		night.run->valued |= night.values > 0;
		s->of_ratio |= night.pairs > 0;
		s->no_ratio += night.left_out && !night.pairs;
		s->fewer_pairs += night.left_out && night.pairs;
		s->night = mem_grow(s->night, s->nr, sizeof(*s->night));
		s->night[s->nr++] = night;
		i += run.nr;
	}
}

/* Logs, so that a step is a factor, unless a value has none. */
static bool in_logs(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (x[i] <= 0)
			return false;
	return true;
}

static double as_level(double level, bool logs)
{
	return logs ? exp(level) : level;
}

/* "night": of each value its night; a change of the values becomes one of the nights. */
static void add_point(struct history_series *s, const struct change *c, const size_t *night, bool logs)
{
	struct change change = *c;

	change.at = night[c->at];
	change.low = c->low ? night[c->low - 1] + 1 : night[0];
	change.high = night[c->high];
	change.seen = night[c->seen];
	change.until = night[c->until];
	change.over = night[c->over];
	change.before = as_level(c->before, logs);
	change.after = as_level(c->after, logs);
	s->point = mem_grow(s->point, s->nr_points, sizeof(*s->point));
	s->point[s->nr_points++] = (struct history_point){ .change = change };
}

void history_find_points(struct history_series *s)
{
	double *x = mem_zalloc(s->nr, sizeof(*x)), smallest;
	size_t *night = mem_zalloc(s->nr, sizeof(*night)), n = 0, nr;
	struct change *change;
	bool logs;

	for (size_t i = 0; i < s->nr; i++)
		if (isfinite(history_value(s, i))) {
			night[n] = i;
			x[n++] = history_value(s, i);
		}
	logs = in_logs(x, n);
	smallest = logs ? log1p(HISTORY_SMALLEST) : HISTORY_SMALLEST * fabs(stats_median(x, n));
	for (size_t i = 0; i < n && logs; i++)
		x[i] = log(x[i]);
	nr = stats_changes(x, n, smallest, &change);
	for (size_t i = 0; i < nr; i++)
		add_point(s, &change[i], night, logs);
	free(change);
	free(night);
	free(x);
}

static int take_family(void *ctx, const struct store_family *f)
{
	struct making *m = ctx;
	const struct store_series *fair = !strcmp(f->series[0].policy, FAIR_NAME) ? f->series : NULL;

	for (size_t i = 0; i < f->nr; i++) {
		struct history_series *s;

		if (m->policy && strcmp(f->series[i].policy, m->policy))
			continue;
		m->h->series = mem_grow(m->h->series, m->h->nr, sizeof(*s));
		s = &m->h->series[m->h->nr++];
		*s = (struct history_series){ .host = mem_strdup(f->host),
					      .policy = mem_strdup(f->series[i].policy),
					      .workload = mem_strdup(f->workload),
					      .metric = mem_strdup(f->metric),
					      .unit = mem_strdup(f->unit),
					      .better = f->better,
					      .primary = f->primary };
		m->host = s->host;
		take_nights(m, s, &f->series[i], &f->series[i] == fair ? NULL : fair);
		history_find_points(s);
	}
	return 0;
}

/* The first series of a machine brings along what machine that is. */
static int load_latest(struct store *s, struct history *h, size_t series)
{
	const struct history_series *own = &h->series[series];

	if (series && !strcmp(history_host(own), history_host(own - 1)))
		return 0;
	return history_load(s, own->night[own->nr - 1].run);
}

int history_make(struct store *s, const struct store_filter *filter, struct history *h)
{
	struct making m = { .h = h, .policy = filter->policy };
	struct store_filter checked = *filter;
	int err;

	*h = (struct history){ 0 };
	err = store_checked_make(s, filter->host, &checked.checked);
	if (!err)
		err = store_series(s, &checked, take_family, &m);
	if (!err)
		err = history_losses_make(s, &checked, &h->losses);
	store_checked_free(checked.checked);
	if (!err)
		err = history_find_anchors(s, filter->host, h);
	history_lives(h);
	for (size_t i = 0; i < h->nr && !err; i++) {
		err = load_latest(s, h, i);
		for (size_t k = 0; k < h->series[i].nr_points && !err; k++)
			err = history_attribute(s, &h->series[i], &h->series[i].point[k]);
	}
	free(m.place);
	free(m.x);
	return err;
}
