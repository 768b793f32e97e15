/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The history in a terminal: of every machine the series and their levels, then the changes. */
#include "report/terminal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "text/grid.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

/* "+5.1 % worse", or by its values where it has no ratio. */
static void put_rise(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	double rise = history_rise(p);

	if (isfinite(rise))
		buf_printf(b, "%+.1f %% %s", 100 * rise, history_side(s, p));
	else
		buf_printf(b, "%+g %s", p->change.after - p->change.before, history_side(s, p));
}

static char *last_change(const struct history_series *s)
{
	const struct history_point *p = s->nr_points ? &s->point[s->nr_points - 1] : NULL;
	struct buf b = { 0 };
	char date[11];

	if (!p)
		return mem_strdup("-");
	history_date(s->night[p->change.at].run, date);
	buf_printf(&b, "%s ", date);
	put_rise(&b, s, p);
	return buf_take(&b);
}

static void put_row(struct grid *g, const struct history_series *s)
{
	char **cell = grid_row(g, true, s->workload), date[11] = "-";
	const struct history_night *latest = history_latest(s);

	if (latest)
		history_date(latest->run, date);
	cell[1] = history_metric(s);
	cell[2] = mem_strdup(s->policy);
	cell[3] = mem_printf("%zu", s->nr);
	cell[4] = history_number(s, history_level(s));
	cell[5] = history_number(s, latest ? history_value(s, (size_t)(latest - s->night)) : NAN);
	cell[6] = mem_strdup(date);
	cell[7] = last_change(s);
}

static void put_table(struct buf *b, const struct history_series *s, size_t nr, unsigned width)
{
	static const struct grid_column heads[] = {
		{ "workload", GRID_TEXT, 0 },	{ "metric", GRID_TEXT, 0 },	 { "policy", GRID_TEXT, 0 },
		{ "nights", GRID_NUMBER, 0 },	{ "level", GRID_NUMBER, 0 },	 { "latest", GRID_NUMBER, 0 },
		{ "last night", GRID_TEXT, 0 }, { "last change", GRID_PROSE, 0 }
	};
	struct grid g;

	grid_begin(&g, heads, sizeof(heads) / sizeof(*heads));
	for (size_t i = 0; i < nr; i++)
		put_row(&g, &s[i]);
	grid_text(b, &g, width);
	grid_free(&g);
}

static void put_difference(struct buf *b, const struct history_series *s, const struct history_point *p,
			   const struct history_difference *d)
{
	char *line =
		mem_printf("%s: %s -> %s", d->key, d->was ? d->was : "not told", d->is ? d->is : "not told");
	char *clean = utf8_printable(line, 0), date[11];

	buf_printf(b, "    %s", clean);
	if (d->run != s->night[p->change.at].run) {
		history_date(d->run, date);
		buf_printf(b, " (%s, run %s)", date, d->run->id);
	}
	buf_put(b, "\n");
	free(clean);
	free(line);
}

static void put_point(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	const struct history_run *at = s->night[p->change.at].run;
	char *line = mem_printf("%s %s under %s", s->workload, s->metric, s->policy),
	     *clean = utf8_printable(line, 0);
	char *before = history_number(s, p->change.before), *after = history_number(s, p->change.after),
	     date[11], seen[11];

	history_date(at, date);
	history_date(s->night[p->change.seen].run, seen);
	buf_printf(b, "%s  %s: ", date, clean);
	put_rise(b, s, p);
	buf_printf(b, ", %s -> %s%s%s\n    run %s, seen %s, p = %.2g", before, after,
		   s->of_ratio ? " of fair" : " ", s->of_ratio ? "" : s->unit, at->id, seen, p->change.p);
	if (p->change.low < p->change.high) {
		history_date(s->night[p->change.low].run, date);
		history_date(s->night[p->change.high].run, seen);
		buf_printf(b, "; the night may be any from %s to %s", date, seen);
	}
	if (p->change.kind == CHANGE_INCIDENT) {
		history_date(s->night[p->change.until].run, date);
		buf_printf(b, "; an incident: the old level is back after %s", date);
	}
	buf_put(b, "\n");
	for (size_t i = 0; i < p->nr; i++)
		put_difference(b, s, p, &p->difference[i]);
	if (!p->nr)
		buf_printf(b,
			   "    nothing that is recorded was another, of policy and environment, within %d "
			   "nights\n",
			   HISTORY_BESIDE);
	free(after);
	free(before);
	free(clean);
	free(line);
}

/* "machine 3f9a, Xeon E5, emulated: " */
static void put_name(struct buf *b, const struct history_series *s, const char *host)
{
	const struct run *run = s->night[s->nr - 1].run->loaded;
	const char *cpu = run ? run_env(run, ENV_CPU) : NULL;
	char *line = mem_printf("machine %s%s%s%s: ", host, cpu ? ", " : "", cpu ? cpu : "",
				run && run->emulated ? ", emulated" : "");
	char *clean = utf8_printable(line, 0);

	buf_put(b, clean);
	free(clean);
	free(line);
}

/* One machine's series, which are neighbours no more when there are several metrics; so all are looked at. */
static void put_machine(struct buf *b, const struct history *h, const char *host, unsigned width)
{
	struct history_series *mine = mem_zalloc(h->nr, sizeof(*mine));
	size_t nr = 0, points = 0, nights = 0;

	for (size_t i = 0; i < h->nr; i++)
		if (!strcmp(history_host(&h->series[i]), host)) {
			mine[nr++] = h->series[i];
			points += h->series[i].nr_points;
			nights += h->series[i].nr;
		}
	put_name(b, &mine[0], host);
	buf_printf(b, "%zu series, %zu change%s (by chance alone: about %.2g)\n", nr, points,
		   points == 1 ? "" : "s", (HISTORY_FALSE_LEVELS + HISTORY_FALSE_INCIDENTS) * nights);
	put_table(b, mine, nr, width);
	buf_put(b, "\n");
	for (size_t i = 0; i < nr; i++)
		for (size_t k = 0; k < mine[i].nr_points; k++)
			put_point(b, &mine[i], &mine[i].point[k]);
	if (points)
		buf_put(b, "\n");
	free(mine);
}

static bool seen_before(const struct history *h, size_t series)
{
	for (size_t i = 0; i < series; i++)
		if (!strcmp(history_host(&h->series[i]), history_host(&h->series[series])))
			return true;
	return false;
}

char *history_text(const struct history *h, unsigned width)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < h->nr; i++)
		if (!seen_before(h, i))
			put_machine(&b, h, history_host(&h->series[i]), width);
	buf_put(&b,
		"Levels are ratios to the same night's fair; of fair itself, and of what fair does not have, "
		"medians.\n");
	return buf_take(&b);
}
