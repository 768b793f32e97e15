/* SPDX-License-Identifier: GPL-2.0-or-later */
/* history.html: the changes and incidents with what differed at that time, then every series. */
#include "report/history_page.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/spark.h"
#include "report/history_events.h"
#include "report/page.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/fs.h"
#include "text/utc.h"
#include "util/mem.h"

static void put_count(struct buf *b, size_t nr, const char *what, double chance)
{
	char *text = history_chance(chance);

	buf_printf(b, "%zu %s%s (by chance alone: %s)", nr, what, nr == 1 ? "" : "s", text);
	free(text);
}

static void put_answer(struct buf *b, const struct history *h)
{
	size_t levels = 0, incidents = 0, nights = 0, ended = 0;

	for (size_t i = 0; i < h->nr; i++) {
		const struct history_series *s = &h->series[i];

		for (size_t k = 0; k < s->nr_points; k++)
			levels += s->point[k].change.kind == CHANGE_LEVEL;
		incidents += s->nr_points;
		nights += s->nr;
		ended += s->ended != NULL;
	}
	incidents -= levels;
	buf_put(b, "<p class=\"answer\">");
	put_count(b, levels, "change", HISTORY_FALSE_LEVELS * nights);
	buf_put(b, " and ");
	put_count(b, incidents, "incident", HISTORY_FALSE_INCIDENTS * nights);
	buf_printf(b, " in %zu series of %zu runs.", h->nr, h->nr_runs);
	if (ended)
		buf_printf(b, " %zu series ended.", ended);
	buf_put(b, "</p>\n");
}

/* A table for each machine, with the nights of these kinds. */
static void put_events(struct buf *b, const struct history *h, const char *what, unsigned kinds)
{
	for (size_t i = 0; i < h->nr; i++) {
		struct history_events e;
		char *caption;

		if (!history_first_of_machine(h, i))
			continue;
		history_events(h, history_host(&h->series[i]), &e);
		caption = mem_printf("%s, machine %s", what, history_host(&h->series[i]));
		history_events_html(b, &e, caption, kinds);
		free(caption);
		history_events_free(&e);
	}
}

static void put_changes(struct buf *b, const struct history *h)
{
	size_t before = b->len;

	put_events(b, h, "Where a level changed, and which series began or ended",
		   1u << MARK_LEVEL | 1u << MARK_BEGUN | 1u << MARK_ENDED);
	if (b->len == before)
		buf_put(b, "<p>No level changed.</p>\n");
}

static void put_incidents(struct buf *b, const struct history *h)
{
	size_t before = b->len;

	put_events(b, h, "Nights after which the old level came back", 1u << MARK_INCIDENT);
	if (b->len == before)
		buf_put(b, "<p>None.</p>\n");
}

static void put_cell(struct buf *b, char *text)
{
	buf_put(b, "<td class=\"text\">");
	buf_html(b, text);
	buf_put(b, "</td>");
	free(text);
}

/* Nights, and those of them that values of 0 or less took a ratio or pairs from. */
static void put_nights(struct buf *b, const struct history_series *s)
{
	buf_printf(b, "<td>%zu", s->nr);
	if (s->no_ratio)
		buf_printf(b, "<small>%u without a ratio: a value of 0 or less</small>", s->no_ratio);
	if (s->fewer_pairs)
		buf_printf(b, "<small>%u with fewer pairs: a value of 0 or less</small>", s->fewer_pairs);
	buf_put(b, "</td>");
}

static void put_series(struct buf *b, const struct history_series *s)
{
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, s->workload);
	buf_put(b, "</th>");
	put_cell(b, history_metric(s));
	put_cell(b, mem_strdup(s->policy));
	put_cell(b, mem_strdup(history_host(s)));
	put_nights(b, s);
	put_cell(b, history_number(s, history_level(s)));
	put_cell(b, history_latest_number(s));
	buf_printf(b, "<td>%zu</td><td>", s->nr_points);
	if (s->nr_points)
		spark_svg(b, s, 0, s->nr);
	buf_put(b, "</td></tr>\n");
}

static void put_levels(struct buf *b, const struct history *h)
{
	static char *const heads[] = { "metric", "policy", "machine",	 "nights", "level",
				       "latest", "points", "all nights", NULL };

	table_begin(b, "Every series");
	table_head(b, "workload", heads);
	for (size_t i = 0; i < h->nr; i++)
		put_series(b, &h->series[i]);
	table_end(b);
}

static void put_share(struct buf *b, double share)
{
	put_cell(b, isnan(share) ? mem_strdup("–") : mem_printf("%.3g %%", 100 * share));
}

/* "2026-11-24, ejected: runnable task stall: make[7] failed to run for 5.1s" */
static char *last_loss(const struct history_loss *l)
{
	const struct history_loss_night *last = history_loss_last(l);
	char day[11];

	if (!last)
		return mem_strdup("–");
	utc_day(last->started_ns, day);
	return mem_printf("%s, %s: %s", day, status_name(last->worst),
			  last->why ? last->why : "no reason recorded");
}

static void put_loss(struct buf *b, const struct history_loss *l)
{
	const struct count_change *c = l->nr_changes ? &l->change[l->nr_changes - 1] : NULL;
	char since[11] = "–";

	if (c)
		utc_day(l->night[c->at].started_ns, since);
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, l->workload);
	buf_put(b, "</th>");
	put_cell(b, mem_strdup(l->policy));
	put_cell(b, mem_strdup(l->host ? l->host : "unknown"));
	buf_printf(b, "<td>%zu</td>", l->nr);
	put_share(b, history_loss_level(l));
	put_cell(b, mem_strdup(since));
	put_share(b, c ? c->before : NAN);
	put_share(b, history_loss_latest(l));
	put_cell(b, last_loss(l));
	buf_put(b, "</tr>\n");
}

/* Only where anything was ever lost. */
static void put_losses(struct buf *b, const struct history *h)
{
	static char *const heads[] = { "policy", "machine",	      "nights", "lost", "since", "before",
				       "latest", "the last, and why", NULL };
	bool any = false;

	for (size_t i = 0; i < h->losses.nr; i++) {
		if (!history_loss_any(&h->losses.loss[i]))
			continue;
		if (!any) {
			table_begin(b, "Share of timed samples that are not data points, or missing");
			table_head(b, "workload", heads);
		}
		any = true;
		put_loss(b, &h->losses.loss[i]);
	}
	if (any)
		table_end(b);
	else
		buf_put(b, "<p>No sample was lost.</p>\n");
}

/* A machine is emulated or not as a whole, so its latest run decides. */
static void put_banner(struct buf *b, const struct history *h)
{
	bool emulated = false;

	for (size_t i = 0; i < h->nr_runs; i++)
		emulated |= h->run[i]->loaded && h->run[i]->loaded->emulated;
	if (emulated)
		buf_put(b, "<p class=\"banner\"><strong>Runs under emulation are among these.</strong> "
			   "They show ratios only, never speed.</p>\n");
}

static struct slot make_slot(const char *name, void (*put)(struct buf *b, const struct history *h),
			     const struct history *h)
{
	struct buf b = { 0 };

	put(&b, h);
	return (struct slot){ name, buf_take(&b) };
}

#define DESCRIPTION "How every policy did over all runs, where that changed, and what differed there."

int history_page(const char *home, const struct history *h, const char *out_dir)
{
	struct slot slot[] = { { "title", mem_strdup("scxbench: history") },
			       { "description", mem_strdup(DESCRIPTION) },
			       { "nav", page_nav(out_dir, "", "history.html") },
			       make_slot("answer", put_answer, h),
			       make_slot("banner", put_banner, h),
			       make_slot("changes", put_changes, h),
			       make_slot("incidents", put_incidents, h),
			       make_slot("levels", put_levels, h),
			       make_slot("losses", put_losses, h) };
	struct page page = { "history.html", "history.html", NULL, slot, sizeof(slot) / sizeof(*slot) };

	int err = fs_make_dir(out_dir);

	return err ? err : page_make(home, &page, out_dir);
}
