/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The history in a terminal: for every machine the series and their levels, then the changes. */
#include "report/terminal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/history_event.h"
#include "record/env_key.h"
#include "text/grid.h"
#include "text/buf.h"
#include "text/utc.h"
#include "util/mem.h"
#include "util/utf8.h"

static char *last_change(const struct history_series *s)
{
	const struct history_point *p = s->nr_points ? &s->point[s->nr_points - 1] : NULL;
	char date[11], *rise, *text;

	if (!p)
		return mem_strdup("-");
	history_date(s->night[p->change.at].run, date);
	rise = history_rise_text(s, p);
	text = mem_printf("%s %s%s", date, rise, p->change.kind == CHANGE_INCIDENT ? ", incident" : "");
	free(rise);
	return text;
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
	cell[5] = history_latest_number(s);
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

/* Takes the line over: texts of a run may contain control characters. */
static void put_clean(struct buf *b, char *line)
{
	char *clean = utf8_printable(line, 0);

	buf_put(b, clean);
	free(clean);
	free(line);
}

static void put_cause(struct buf *b, const struct history_event *e, const struct history_cause *c)
{
	const struct history_difference *d = c->difference;
	char date[11];

	put_clean(b, mem_printf("    %s%s%s: %s -> %s", d->key, c->of ? " " : "", c->of ? c->of->policy : "",
				d->was ? d->was : "not recorded", d->is ? d->is : "not recorded"));
	if (d->run != e->run) {
		history_date(d->run, date);
		put_clean(b, mem_printf(" (%s, run %s)", date, d->run->id));
	}
	buf_put(b, "\n");
}

static void put_range(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	char low[11], high[11];

	if (p->change.low == p->change.high)
		return;
	history_date(s->night[p->change.low].run, low);
	history_date(s->night[p->change.high].run, high);
	buf_printf(b, "; the night may be any from %s to %s", low, high);
	if (history_is_wide(p))
		buf_put(b, ", too many to name a cause");
}

static void put_point(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	char *before = history_number(s, p->change.before), *after = history_number(s, p->change.after);
	char *rise = history_rise_text(s, p), date[11];

	put_clean(b, mem_printf("%s, %s -> %s%s%s", rise, before, after, s->of_ratio ? " of fair" : " ",
				s->of_ratio ? "" : s->unit));
	if (p->change.kind == CHANGE_INCIDENT) {
		const struct history_run *last = s->night[p->change.until].run;

		history_date(last, date);
		put_clean(b, mem_printf("; an incident, until %s, run %s", date, last->id));
	}
	history_date(s->night[p->change.seen].run, date);
	buf_printf(b, "; seen %s, p = %.2g", date, p->change.p);
	put_range(b, s, p);
	free(rise);
	free(after);
	free(before);
}

static void put_end(struct buf *b, const struct history_mark *mark)
{
	const struct history_series *other = mark->series->renamed;
	bool ended = mark->kind == MARK_ENDED;

	buf_put(b, ended ? "its last night; the machine's later ones have no value of it"
			 : "its first night; the machine's earlier ones have no value of it");
	if (other)
		put_clean(b, mem_printf(". It may be %s %s under %s, renamed: that %s", other->workload,
					other->metric, other->policy,
					ended ? "began the night after" : "ended the night before"));
}

static void put_mark(struct buf *b, const struct history_mark *mark)
{
	const struct history_series *s = mark->series;

	put_clean(b, mem_printf("  %s %s under %s: ", s->workload, s->metric, s->policy));
	if (mark->point)
		put_point(b, s, mark->point);
	else
		put_end(b, mark);
	buf_put(b, "\n");
}

/* "14 series changed, 1 began" */
static void put_counts(struct buf *b, const struct history_event *e)
{
	static const char *const what[NR_MARK_KINDS] = { "changed", "had an incident", "began", "ended" };
	bool any = false;

	for (unsigned i = 0; i < NR_MARK_KINDS; i++)
		if (e->of_kind[i]) {
			buf_printf(b, any ? ", %zu %s" : "%zu series %s", e->of_kind[i], what[i]);
			any = true;
		}
}

static void put_event(struct buf *b, const struct history_event *e)
{
	size_t points = e->of_kind[MARK_LEVEL] + e->of_kind[MARK_INCIDENT];
	char date[11];

	history_date(e->run, date);
	put_clean(b, mem_printf("%s, run %s: ", date, e->run->id));
	put_counts(b, e);
	buf_put(b, "\n");
	for (size_t i = 0; i < e->nr; i++)
		put_mark(b, &e->mark[i]);
	if (points > e->wide && !e->nr_causes)
		buf_printf(b, "   nothing recorded of policy and environment differed within %d nights\n",
			   HISTORY_BESIDE);
	for (size_t i = 0; i < e->nr_causes; i++)
		put_cause(b, e, &e->cause[i]);
}

/* "machine 3f9a, Xeon E5, emulated: " */
static void put_name(struct buf *b, const struct history_series *s)
{
	const struct run *run = s->night[s->nr - 1].run->loaded;
	const char *cpu = run ? run_env(run, ENV_CPU) : NULL;

	put_clean(b, mem_printf("machine %s%s%s%s: ", history_host(s), cpu ? ", " : "", cpu ? cpu : "",
				run && run->emulated ? ", emulated" : ""));
}

static void put_count(struct buf *b, size_t nr, const char *what, double chance)
{
	char *text = history_chance(chance);

	buf_printf(b, ", %zu %s%s (by chance alone: %s)", nr, what, nr == 1 ? "" : "s", text);
	free(text);
}

/* Says which nights values of 0 or less left out. */
static void put_left_out(struct buf *b, const struct history_series *s)
{
	if (!s->no_ratio && !s->fewer_pairs)
		return;
	put_clean(b, mem_printf("%s %s under %s: ", s->workload, s->metric, s->policy));
	if (s->no_ratio)
		buf_printf(b, "%u night%s no ratio%s", s->no_ratio, s->no_ratio == 1 ? " has" : "s have",
			   s->fewer_pairs ? ", " : "");
	if (s->fewer_pairs)
		buf_printf(b, "%u night%s fewer pairs than blocks", s->fewer_pairs,
			   s->fewer_pairs == 1 ? " has" : "s have");
	buf_put(b, ": a value of 0 or less\n");
}

/* One machine's series. With several metrics they are not neighbours, so all series are checked. */
static void put_machine(struct buf *b, const struct history *h, const char *host, unsigned width)
{
	struct history_series *mine = mem_zalloc(h->nr, sizeof(*mine));
	struct history_events events;
	size_t nr = 0, nights = 0;

	history_events(h, host, &events);
	for (size_t i = 0; i < h->nr; i++)
		if (!strcmp(history_host(&h->series[i]), host)) {
			mine[nr++] = h->series[i];
			nights += h->series[i].nr;
		}
	put_name(b, &mine[0]);
	buf_printf(b, "%zu series", nr);
	put_count(b, events.of_kind[MARK_LEVEL], "change", HISTORY_FALSE_LEVELS * nights);
	put_count(b, events.of_kind[MARK_INCIDENT], "incident", HISTORY_FALSE_INCIDENTS * nights);
	buf_put(b, "\n");
	put_table(b, mine, nr, width);
	for (size_t i = 0; i < nr; i++)
		put_left_out(b, &mine[i]);
	buf_put(b, "\n");
	for (size_t i = 0; i < events.nr; i++)
		put_event(b, &events.event[i]);
	if (events.nr)
		buf_put(b, "\n");
	history_events_free(&events);
	free(mine);
}

/* "; the last, 2026-11-24: ejected, runnable task stall: make[7] failed to run for 5.1s" */
static void put_last_loss(struct buf *b, const struct history_loss *l)
{
	const struct history_loss_night *last = history_loss_last(l);
	char day[11];

	if (!last)
		return;
	utc_day(last->started_ns, day);
	put_clean(b, mem_printf("; the last, %s: %s, %s", day, status_name(last->worst),
				last->why ? last->why : "no reason recorded"));
}

/* "  quick under vtime: 12 % since 2026-11-22, before 0.3 %, seen 2026-11-24, p = 0.0001; latest night 1 of
 * 15", and why the last one was lost */
static void put_loss(struct buf *b, const struct history_loss *l)
{
	const struct count_change *c = l->nr_changes ? &l->change[l->nr_changes - 1] : NULL;
	const struct count *latest = &l->count[l->nr - 1];
	char since[11], seen[11];

	put_clean(b,
		  mem_printf("  %s under %s: %.3g %%", l->workload, l->policy, 100 * history_loss_level(l)));
	if (c) {
		utc_day(l->night[c->at].started_ns, since);
		utc_day(l->night[c->seen].started_ns, seen);
		buf_printf(b, " since %s, before %.3g %%, seen %s, p = %.2g", since, 100 * c->before, seen,
			   c->p);
	}
	buf_printf(b, "; latest night %u of %u", latest->k, latest->n);
	put_last_loss(b, l);
	buf_put(b, "\n");
}

static void put_losses(struct buf *b, const struct history_losses *l)
{
	bool any = false;

	for (size_t i = 0; i < l->nr; i++) {
		if (!history_loss_any(&l->loss[i]))
			continue;
		buf_put(b, any ? "" : "Samples that are not data points, or missing:\n");
		put_loss(b, &l->loss[i]);
		any = true;
	}
	buf_put(b, any ? "\n" : "");
}

char *history_text(const struct history *h, unsigned width)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < h->nr; i++)
		if (history_first_of_machine(h, i))
			put_machine(&b, h, history_host(&h->series[i]), width);
	put_losses(&b, &h->losses);
	buf_put(&b,
		"Levels are ratios to the same night's fair; of fair itself, and of what fair does not have, "
		"medians.\n");
	return buf_take_folded(&b, width);
}
