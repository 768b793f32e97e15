/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/spent.h"
#include "record/role.h"
#include "text/buf.h"

/* In boots that follow each other. A clock that was set meanwhile must not make the time shorter. */
static double time_of_boots(const struct store_run *run)
{
	double all = 0, begun = 0, sum = 0, end = 0;

	for (size_t i = 0; i < run->nr; i++) {
		const struct record *r = &run->sample[i];
		double start = (double)r->started_ns / 1e9;

		if (!i || r->boot != r[-1].boot) {
			all += end - begun;
			begun = start;
		}
		end = start + r->elapsed_s;
		sum += r->elapsed_s;
	}
	all += end - begun;
	return all > sum ? all : sum;
}

void spent_make(const struct store_run *run, struct spent *s)
{
	*s = (struct spent){ .all_s = time_of_boots(run) };
	for (size_t i = 0; i < run->nr; i++) {
		const struct record *r = &run->sample[i];
		struct spent_kind *kind = &s->kind[r->instrumented];

		if (r->warmup || r->status != STATUS_OK)
			continue;
		kind->nr++;
		kind->window_s += r->window_s;
		kind->beside_s += r->elapsed_s - r->window_s;
	}
}

/* " a timed sample went 1.3 s" */
static void put_beside(struct buf *b, const struct spent_kind *kind, const char *name)
{
	if (!kind->nr)
		return;
	buf_printf(b, "%s ", name);
	buf_fixed(b, kind->beside_s / kind->nr, 2);
	buf_put(b, " s");
}

char *spent_text(const struct store_run *run)
{
	struct buf b = { 0 };
	struct spent s;
	double windows;

	spent_make(run, &s);
	windows = s.kind[0].window_s + s.kind[1].window_s;
	if (run_is_exact(&run->run) || !(windows > 0) || !(s.all_s > 0))
		return NULL;
	buf_put(&b, "Of ");
	buf_fixed(&b, s.all_s, 0);
	buf_put(&b, " s, ");
	buf_fixed(&b, windows, 0);
	buf_printf(&b, " s (%.0f %%) were measured windows", 100 * windows / s.all_s);
	put_beside(&b, &s.kind[0], "; beside a timed sample went");
	put_beside(&b, &s.kind[1],
		   s.kind[0].nr ? ", beside an instrumented one" : "; beside an instrumented sample went");
	buf_put(&b, ".");
	return buf_take(&b);
}
