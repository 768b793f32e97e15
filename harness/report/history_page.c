/* SPDX-License-Identifier: GPL-2.0-or-later */
/* history.html: the changes and what came with them, the figures, the levels. */
#include "report/history_page.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "report/gallery.h"
#include "report/page.h"
#include "figures/trend.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/mem.h"

static void put_answer(struct buf *b, const struct history *h)
{
	size_t points = 0, nights = 0;
	char *chance;

	for (size_t i = 0; i < h->nr; i++) {
		points += h->series[i].nr_points;
		nights += h->series[i].nr;
	}
	chance = history_chance((HISTORY_FALSE_LEVELS + HISTORY_FALSE_INCIDENTS) * nights);
	buf_put(b, "<p class=\"answer\">");
	buf_printf(b, "%zu change%s in %zu series of %zu runs. By chance alone: %s.", points,
		   points == 1 ? "" : "s", h->nr, h->nr_runs, chance);
	free(chance);
	buf_put(b, "</p>\n");
}

static void put_cell(struct buf *b, const char *class, const char *text)
{
	buf_printf(b, "<td class=\"%s\">", class);
	buf_html(b, text);
	buf_put(b, "</td>");
}

static void put_differences(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	char date[11];

	buf_put(b, "<td class=\"why\">");
	if (!p->nr)
		buf_put(b, "<span class=\"absent\">nothing that is recorded, within a few nights</span>");
	for (size_t i = 0; i < p->nr; i++) {
		const struct history_difference *d = &p->difference[i];

		buf_put(b, i ? "<br>" : "");
		buf_htmlf(b, "%s: %s → %s", d->key, d->was ? d->was : "not told", d->is ? d->is : "not told");
		history_date(d->run, date);
		if (d->run != s->night[p->change.at].run)
			buf_htmlf(b, " (%s)", date);
	}
	buf_put(b, "</td>");
}

static void put_night(struct buf *b, const struct history_series *s, const struct change *c)
{
	char date[11], low[11], high[11];

	history_date(s->night[c->at].run, date);
	history_date(s->night[c->low].run, low);
	history_date(s->night[c->high].run, high);
	buf_printf(b, "<tr><th scope=\"row\">%s<small>", date);
	buf_html(b, s->night[c->at].run->id);
	buf_put(b, "</small>");
	if (c->low < c->high)
		buf_printf(b, "<small>%s to %s</small>", low, high);
	if (c->kind == CHANGE_INCIDENT) {
		history_date(s->night[c->until].run, date);
		buf_printf(b, "<small>an incident, until %s</small>", date);
	}
	buf_put(b, "</th>");
}

static void put_level(struct buf *b, const struct history_series *s, double level)
{
	char *text = history_number(s, level);

	put_cell(b, "text", text);
	free(text);
}

static void put_metric(struct buf *b, const struct history_series *s)
{
	char *text = history_metric(s);

	put_cell(b, "text", text);
	free(text);
}

static void put_point(struct buf *b, const struct history_series *s, const struct history_point *p)
{
	const char *side = history_side(s, p);
	double rise = history_rise(p);

	put_night(b, s, &p->change);
	put_cell(b, "text", s->workload);
	put_metric(b, s);
	put_cell(b, "text", s->policy);
	buf_printf(b, "<td class=\"%s\">%s", side, !*side ? "" : *side == 'b' ? "▲ " : "▼ ");
	if (isfinite(rise))
		buf_printf(b, "%+.1f %% ", 100 * rise);
	buf_printf(b, "%s</td>", side);
	put_level(b, s, p->change.before);
	put_level(b, s, p->change.after);
	put_differences(b, s, p);
	buf_put(b, "</tr>\n");
}

static void put_changes(struct buf *b, const struct history *h)
{
	static char *const heads[] = { "workload", "metric", "policy",	      "change",
				       "before",   "after",  "what differed", NULL };
	bool any = false;

	for (size_t i = 0; i < h->nr; i++)
		any |= h->series[i].nr_points > 0;
	if (!any) {
		buf_put(b, "<p>No level changed.</p>\n");
		return;
	}
	table_begin(b, "Where a level changed");
	table_head(b, "night", heads);
	for (size_t i = 0; i < h->nr; i++)
		for (size_t k = 0; k < h->series[i].nr_points; k++)
			put_point(b, &h->series[i], &h->series[i].point[k]);
	table_end(b);
}

static void put_levels(struct buf *b, const struct history *h)
{
	static char *const heads[] = { "metric", "policy", "machine", "nights",
				       "level",	 "latest", "changes", NULL };

	table_begin(b, "Every series");
	table_head(b, "workload", heads);
	for (size_t i = 0; i < h->nr; i++) {
		const struct history_series *s = &h->series[i];
		const struct history_night *latest = history_latest(s);

		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, s->workload);
		buf_put(b, "</th>");
		put_metric(b, s);
		put_cell(b, "text", s->policy);
		put_cell(b, "text", history_host(s));
		buf_printf(b, "<td>%zu</td>", s->nr);
		put_level(b, s, history_level(s));
		put_level(b, s, latest ? history_value(s, (size_t)(latest - s->night)) : NAN);
		buf_printf(b, "<td>%zu</td></tr>\n", s->nr_points);
	}
	table_end(b);
}

/* Of a group, from series "first" on, those that are ratios, or those that are not. */
static int add_trend(const struct history *h, size_t first, bool ratio, struct figures *f)
{
	struct trend t = { mem_zalloc(h->nr, sizeof(struct history_series *)), 0, ratio };
	bool wanted = false;
	int err = 0;

	for (size_t i = first; i < h->nr && history_same_group(&h->series[first], &h->series[i]); i++)
		if (h->series[i].of_ratio == ratio && history_latest(&h->series[i])) {
			t.series[t.nr++] = &h->series[i];
			wanted |= h->series[i].primary || h->series[i].nr_points;
		}
	if (wanted)
		err = trend_add(f, &t);
	free(t.series);
	return err;
}

static int make_figures(const char *home, const struct history *h, const char *dir, struct figures *f)
{
	int err = figures_open(home, dir, f);

	for (size_t i = 0; i < h->nr && !err; i++) {
		if (i && history_same_group(&h->series[i - 1], &h->series[i]))
			continue;
		err = add_trend(h, i, true, f);
		if (!err)
			err = add_trend(h, i, false, f);
	}
	if (!err)
		figures_draw(f);
	return err;
}

/* A machine is emulated or not as a whole, so its latest run tells. */
static void put_banner(struct buf *b, const struct history *h)
{
	bool emulated = false;

	for (size_t i = 0; i < h->nr_runs; i++)
		emulated |= h->run[i]->loaded && h->run[i]->loaded->emulated;
	if (emulated)
		buf_put(b, "<p class=\"banner\"><strong>Runs under emulation are among these.</strong> "
			   "Ratios are all there is to them, never speed.</p>\n");
}

static struct slot make_slot(const char *name, void (*put)(struct buf *b, const struct history *h),
			     const struct history *h)
{
	struct buf b = { 0 };

	put(&b, h);
	return (struct slot){ name, buf_take(&b) };
}

#define DESCRIPTION "How every policy fared over all runs, where that changed, and what differed there."

int history_page(const char *home, const struct history *h, const char *out_dir)
{
	char *dir = mem_printf("%s/fig", out_dir);
	struct figures f;
	struct buf gallery = { 0 };
	int err = make_figures(home, h, dir, &f);

	if (!err) {
		struct slot slot[] = { { "title", mem_strdup("scxbench: history") },
				       { "description", mem_strdup(DESCRIPTION) },
				       { "nav", page_nav(out_dir, "", "history.html") },
				       make_slot("answer", put_answer, h),
				       make_slot("banner", put_banner, h),
				       make_slot("changes", put_changes, h),
				       make_slot("levels", put_levels, h),
				       { "figures", NULL } };
		struct page page = { "history.html", "history.html", slot, sizeof(slot) / sizeof(*slot) };

		figures_html(&gallery, &f);
		slot[page.nr - 1].text = buf_take(&gallery);
		err = page_make(home, &page, out_dir);
	}
	figures_free(&f);
	free(dir);
	return err;
}
