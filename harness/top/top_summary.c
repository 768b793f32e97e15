/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines that every view shows, and how numbers are printed. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "top/top.h"
#include "life/life_graph.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

char *top_share(double share)
{
	return isnan(share) ? mem_strdup("-") : mem_printf("%.1f", share * 100);
}

char *top_number(double value)
{
	struct buf b = { 0 };

	if (isnan(value))
		return mem_strdup("-");
	if (value && fabs(value) < 10)
		return mem_printf("%.1f", value);
	buf_number(&b, round(value));
	return buf_take(&b);
}

char *top_time(double ns)
{
	struct buf b = { 0 };

	if (isnan(ns))
		return mem_strdup("-");
	life_time(&b, ns);
	return buf_take(&b);
}

static void top_summary_put(struct buf *b, const char *before, char *owned, const char *after)
{
	buf_printf(b, "%s%s%s", before, owned, after);
	free(owned);
}

double top_busy(const struct monitor_rates *r)
{
	double idle = 0;
	int nr = 0;

	for (int i = 0; i < r->now->nr_cpus; i++) {
		if (isnan(r->idle[i]))
			continue;
		idle += r->idle[i];
		nr++;
	}
	return nr ? 1 - idle / nr : NAN;
}

#define NAME_LEAST 8

/* A name that is too long for the line leaves room for what follows. */
static void put_name(struct buf *b, const struct top_data *d, const char *rest)
{
	char *name = utf8_printable(d->rates->now->policy, 0);
	int room = d->size.columns - utf8_width(rest);

	room = room < NAME_LEAST ? NAME_LEAST : room;
	if (d->size.columns && utf8_width(name) > room) {
		name[utf8_fit(name, room - 2)] = '\0';
		buf_printf(b, "%s..", name);
	} else {
		buf_put(b, name);
	}
	free(name);
}

static void put_age(struct buf *b, const struct monitor_shot *now)
{
	uint64_t s = (now->when_ns - now->started_ns) / 1000000000;

	if (now->started_ns && now->started_ns <= now->when_ns)
		buf_printf(b, ", in for %" PRIu64 ":%02u:%02u", s / 3600, (unsigned)(s / 60 % 60),
			   (unsigned)(s % 60));
}

static void put_head(struct buf *b, const struct top_data *d)
{
	const struct monitor_rates *r = d->rates;
	struct buf rest = { 0 };
	char *text;

	put_age(&rest, r->now);
	buf_printf(&rest, " | %zu tasks: %zu run", r->nr_all, r->nr_running);
	if (r->now->counted)
		buf_printf(&rest, ", %zu in custody", r->nr_inside);
	buf_put(&rest, " | ");
	top_summary_put(&rest, "CPUs ", top_share(top_busy(r)), " % busy");
	text = buf_take(&rest);
	put_name(b, d, text);
	buf_printf(b, "%s\n", text);
	free(text);
}

static void put_violations(struct buf *b, const struct monitor_rates *r)
{
	if (!r->violations) {
		buf_put(b, "violations: none");
		return;
	}
	buf_printf(b, "VIOLATIONS: %" PRIu64, r->violations);
}

double top_entered(const struct monitor_rates *r)
{
	const double *c = r->custody;

	return c[SCXB_CUSTODY_entry_dsq] + c[SCXB_CUSTODY_entry_own] + c[SCXB_CUSTODY_entry_select];
}

static void put_custody(struct buf *b, const struct monitor_rates *r)
{
	const double *c = r->custody;

	top_summary_put(b, "custody/s: in ", top_number(top_entered(r)), ", out: ");
	top_summary_put(b, "dispatch ",
			top_number(c[SCXB_CUSTODY_exit_dispatch] + c[SCXB_CUSTODY_exit_inferred]), "");
	top_summary_put(b, ", core ", top_number(c[SCXB_CUSTODY_exit_core]), "");
	top_summary_put(b, ", change ", top_number(c[SCXB_CUSTODY_exit_change]), "; ");
	put_violations(b, r);
	buf_put(b, "\n");
}

static void put_wait(struct buf *b, const char *when, const struct monitor_wait *w)
{
	buf_printf(b, "%s", when);
	top_summary_put(b, "p50 ", top_time(w->ns[0]), ", ");
	top_summary_put(b, "p99 ", top_time(w->ns[1]), ", ");
	top_summary_put(b, "p99.9 ", top_time(w->ns[2]), " of ");
	top_summary_put(b, "", top_number(w->periods), "\n");
}

void top_summary(struct buf *b, const struct top_data *d)
{
	const struct monitor_rates *r = d->rates;

	if (!*r->now->policy) {
		buf_put(b, "no policy is attached; waiting for one\n\n");
		top_summary_put(b, "CPUs: ", top_share(top_busy(r)), " % busy\n\n");
		return;
	}
	put_head(b, d);
	if (!r->now->counted) {
		buf_put(b, "custody: the policy does not keep scxbench's counters\n\n\n");
		return;
	}
	put_custody(b, r);
	put_wait(b, "time in custody, now: ", &r->last[SCXB_CAUSE_dispatch]);
	put_wait(b, "         since start: ", &r->ever[SCXB_CAUSE_dispatch]);
}
