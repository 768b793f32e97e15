/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/fleet_nights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/fleet_cells.h"
#include "text/buf.h"
#include "text/utc.h"
#include "util/mem.h"

#define DAY_NS 86400000000000

/* A machine's value of a day, in the order of storing. */
struct value {
	int64_t day;
	size_t host, order;
	struct fleet_host own;
};

struct gathered {
	struct value *value;
	size_t nr;
};

struct loading {
	struct fleet_nights *n;
	struct gathered *of; /* by line */
	int64_t since_ns;
	size_t host, line; /* at hand: what is seen of one comes together */
};

static bool is_line(const struct fleet_line *l, const struct store_cell *c)
{
	const struct history_series *s = &l->series;

	return !strcmp(s->workload, c->workload) && !strcmp(s->metric, c->metric) &&
	       !strcmp(s->unit, c->unit) && !strcmp(s->policy, c->policy);
}

static size_t find_line(struct loading *l, const struct store_cell *c)
{
	struct fleet_nights *n = l->n;
	size_t i = l->line;

	if (i >= n->nr || !is_line(&n->line[i], c))
		for (i = 0; i < n->nr && !is_line(&n->line[i], c); i++)
			;
	if (i == n->nr) {
		n->line = mem_grow(n->line, i, sizeof(*n->line));
		l->of = mem_grow(l->of, i, sizeof(*l->of));
		n->line[i] = (struct fleet_line){ .series = { .host = mem_strdup("fleet"),
							      .policy = mem_strdup(c->policy),
							      .workload = mem_strdup(c->workload),
							      .metric = mem_strdup(c->metric),
							      .unit = mem_strdup(c->unit),
							      .better = c->better,
							      .primary = true,
							      .of_ratio = true } };
		l->of[i] = (struct gathered){ 0 };
		n->nr++;
	}
	return l->line = i;
}

static void take_cell(struct loading *l, const struct store_cell *c, int64_t started_ns)
{
	size_t line = find_line(l, c);
	struct gathered *g = &l->of[line];

	g->value = mem_grow(g->value, g->nr, sizeof(*g->value));
	g->value[g->nr] =
		(struct value){ started_ns / DAY_NS, l->host, g->nr, { c->log_ratio, c->error, c->blocks } };
	g->nr++;
}

static int take_run(void *ctx, const struct store_cells *run)
{
	struct loading *l = ctx;

	if (run->started_ns < l->since_ns || members_host_near(l->n->members, run->host, &l->host) < 0)
		return 0;
	for (size_t i = 0; i < run->nr; i++)
		if (run->cell[i].metric)
			take_cell(l, &run->cell[i], run->started_ns);
	return 0;
}

static int by_day(const void *a, const void *b)
{
	const struct value *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->host != y->host)
		return x->host < y->host ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static int is_before(const void *key, const void *entry)
{
	int64_t day = *(const int64_t *)key,
		other = (*(struct history_run *const *)entry)->started_ns / DAY_NS;

	return (day > other) - (day < other);
}

static int by_start(const void *a, const void *b)
{
	int64_t x = (*(struct history_run *const *)a)->started_ns,
		y = (*(struct history_run *const *)b)->started_ns;

	return (x > y) - (x < y);
}

static struct history_run *find_day(const struct fleet_nights *n, int64_t day)
{
	struct history_run **found = bsearch(&day, n->day, n->nr_days, sizeof(*n->day), is_before);

	return *found;
}

/* One that is there already, of all days that any value has; then in order. */
static void gather_days(struct loading *l)
{
	struct fleet_nights *n = l->n;
	int64_t last = -1;

	for (size_t i = 0; i < n->nr; i++) {
		qsort(l->of[i].value, l->of[i].nr, sizeof(*l->of[i].value), by_day);
		for (size_t k = 0; k < l->of[i].nr; k++) {
			int64_t day = l->of[i].value[k].day;

			if (day == last ||
			    (n->nr_days && bsearch(&day, n->day, n->nr_days, sizeof(*n->day), is_before)))
				continue;
			last = day;
			n->day = mem_grow(n->day, n->nr_days, sizeof(*n->day));
			n->day[n->nr_days] = mem_zalloc(1, sizeof(**n->day));
			*n->day[n->nr_days] = (struct history_run){ .started_ns = day * DAY_NS };
			n->nr_days++;
			qsort(n->day, n->nr_days, sizeof(*n->day), by_start);
		}
	}
	for (size_t i = 0; i < n->nr_days; i++) {
		char day[11];

		utc_day(n->day[i]->started_ns, day);
		n->day[i]->id = mem_strdup(day);
		n->day[i]->loaded = &n->members->member[0].run;
	}
}

/* The machines of a day from *at on, which is moved behind it; of each its last value. */
static size_t take_day(const struct gathered *g, size_t *at, struct fleet_host *host)
{
	int64_t day = g->value[*at].day;
	size_t nr = 0;

	for (; *at < g->nr && g->value[*at].day == day; ++*at) {
		bool last = *at + 1 == g->nr || g->value[*at + 1].day != day ||
			    g->value[*at + 1].host != g->value[*at].host;

		if (last && !isnan(g->value[*at].own.x))
			host[nr++] = g->value[*at].own;
	}
	return nr;
}

static void make_line(const struct fleet_nights *n, const struct gathered *g, struct fleet_line *line)
{
	struct fleet_host *host = mem_zalloc(n->members->nr, sizeof(*host));
	struct history_series *s = &line->series;

	for (size_t at = 0; at < g->nr; s->nr++) {
		struct history_run *run = find_day(n, g->value[at].day);
		size_t nr = take_day(g, &at, host);
		struct fleet fleet = stats_fleet(host, nr);

		line->fleet = mem_grow(line->fleet, s->nr, sizeof(*line->fleet));
		s->night = mem_grow(s->night, s->nr, sizeof(*s->night));
		line->fleet[s->nr] = fleet;
		s->night[s->nr] =
			(struct history_night){ .run = run,
						.ratio = nr < FLEET_LEAST ? NAN : fleet.effect.ratio,
						.median = NAN,
						.values = (unsigned)nr,
						.pairs = (unsigned)nr };
	}
	history_find_points(s);
	free(host);
}

static int by_name(const void *a, const void *b)
{
	const struct history_series *x = &((const struct fleet_line *)a)->series,
				    *y = &((const struct fleet_line *)b)->series;
	int order = strcmp(x->workload, y->workload);

	if (!order)
		order = strcmp(x->policy, y->policy);
	if (!order)
		order = strcmp(x->metric, y->metric);
	return order ? order : strcmp(x->unit, y->unit);
}

int fleet_nights_load(struct store *s, const struct members *m, int64_t since_ns, struct fleet_nights *n)
{
	struct loading l = { .n = n, .since_ns = since_ns };
	int err;

	*n = (struct fleet_nights){ .members = m };
	err = cells_read(s, &(struct cells_reader){ &fleet_cells, take_run, &l });
	if (!err)
		gather_days(&l);
	for (size_t i = 0; i < n->nr; i++) {
		if (!err)
			make_line(n, &l.of[i], &n->line[i]);
		free(l.of[i].value);
	}
	free(l.of);
	if (n->nr)
		qsort(n->line, n->nr, sizeof(*n->line), by_name);
	return err;
}

void fleet_nights_free(struct fleet_nights *n)
{
	for (size_t i = 0; i < n->nr; i++) {
		struct history_series *s = &n->line[i].series;

		free(s->host);
		free(s->policy);
		free(s->workload);
		free(s->metric);
		free(s->unit);
		free(s->night);
		free(s->point);
		free(n->line[i].fleet);
	}
	for (size_t i = 0; i < n->nr_days; i++) {
		free(n->day[i]->id);
		free(n->day[i]);
	}
	free(n->day);
	free(n->line);
}

static void put_point(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	char *before = history_number(s, p->change.before), *after = history_number(s, p->change.after),
	     *rise = history_rise_text(s, p);
	const struct history_night *at = &s->night[p->change.at], *was = p->change.at ? at - 1 : at;

	buf_printf(b, "%s: %s under %s %s, %s -> %s%s, seen %s", at->run->id, s->workload, s->policy, rise,
		   before, after, p->change.kind == CHANGE_INCIDENT ? ", an incident" : "",
		   s->night[p->change.seen].run->id);
	if (at->values != was->values)
		buf_printf(b, "; %u machines ran, the night before %u", at->values, was->values);
	buf_put(b, ".\n");
	free(rise);
	free(after);
	free(before);
}

char *fleet_nights_changes(const struct fleet_nights *n)
{
	struct buf b = { 0 };

	buf_put(&b, "");
	for (size_t i = 0; i < n->nr; i++)
		for (size_t k = 0; k < n->line[i].series.nr_points; k++)
			put_point(&b, &n->line[i].series, &n->line[i].series.point[k]);
	return buf_take(&b);
}
