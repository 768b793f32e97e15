/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The critical path through the window of each policy, side by side: how much of it is running, waiting and
 * asleep, as a picture; its last links as tables. The windows are those of the figure "lanes".
 */
#include <stdlib.h>
#include <string.h>
#include "figures/figure.h"
#include "figures/lanes.h"
#include "figures/lanes_path.h"
#include "text/table.h"
#include "util/mem.h"

#define MAX_ARMS 12
#define MAX_LINKS 12

struct found {
	const struct compare *c;
	struct lanes lanes;
	struct trace_path *path; /* of each of them */
	double longest_ns, window_ns;
};

static unsigned shown(const struct found *f)
{
	return f->lanes.nr < MAX_ARMS ? f->lanes.nr : MAX_ARMS;
}

static const char *policy_of(const struct found *f, unsigned arm)
{
	return f->c->run->run.policies[f->lanes.arm[arm].policy];
}

/* Is there a path in any window? */
static bool find_paths(const struct compare *c, unsigned work, const char *dir, struct found *f)
{
	*f = (struct found){ .c = c };
	lanes_read(c, work, dir, &f->lanes);
	f->path = mem_zalloc(f->lanes.nr + 1, sizeof(*f->path));
	for (unsigned i = 0; i < shown(f); i++) {
		const struct switches *s = &f->lanes.arm[i].window;

		lanes_path(s, &f->path[i]);
		f->longest_ns = f->path[i].end_ns > f->longest_ns ? f->path[i].end_ns : f->longest_ns;
		f->window_ns = s->length_ns > f->window_ns ? s->length_ns : f->window_ns;
	}
	return f->longest_ns > 0;
}

static void free_paths(struct found *f)
{
	for (unsigned i = 0; i < f->lanes.nr; i++)
		trace_path_free(&f->path[i]);
	free(f->path);
	lanes_free(&f->lanes);
}

static void draw_bars(const struct found *f, struct drawing *d)
{
	struct axis axis = { "x", "ns", { 0, f->longest_ns }, 50, 26 };
	char *unit = axis_linear(&d->gp, &axis);

	figure_label(&d->gp, "length of the path", unit);
	free(unit);
	figure_rows(&d->gp, shown(f));
	figure_key(&d->gp, NR_PATH);
	buf_printf(&d->gp, "array Row[%u]\narray State[%u]\n", shown(f), NR_PATH);
	for (unsigned i = 0; i < shown(f); i++)
		buf_printf(&d->gp, "Row[%u] = Policy[%u]\n", i + 1, f->lanes.arm[i].policy + 1);
	buf_put(&d->dat, "# ns of the path before, row, ns\n");
	for (unsigned state = 0; state < NR_PATH; state++) {
		buf_printf(&d->gp, "State[%u] = \"%s\"\n", state + 1, path_state_words[state]);
		buf_printf(&d->dat, "%s# %s\nNaN NaN NaN\n", state ? "\n\n" : "", path_state_name[state]);
		for (unsigned i = 0; i < shown(f); i++) {
			const struct trace_path *p = &f->path[i];
			uint64_t before = 0;

			for (unsigned k = 0; k < state; k++)
				before += p->ns[k];
			if (p->ns[state])
				buf_printf(&d->dat, "%llu %u %llu\n", (unsigned long long)before, i + 1,
					   (unsigned long long)p->ns[state]);
		}
	}
}

static void put_ms(struct buf *b, uint64_t ns)
{
	if (ns)
		buf_printf(b, "<td>%.3f</td>", (double)ns / 1e6);
	else
		buf_put(b, "<td>0</td>");
}

static void put_comm(struct buf *b, const char *comm)
{
	buf_html(b, *comm ? comm : "not known");
}

static const char *why_none(const struct switches *s)
{
	return s->woken ? "no task of the workload went to sleep"
			: "recorded before wakeups were a part of it";
}

static void put_sums(const struct found *f, struct buf *b, unsigned arm)
{
	const struct trace_path *p = &f->path[arm];

	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, policy_of(f, arm));
	buf_put(b, "</th>");
	if (!p->tid) {
		buf_printf(b, "<td>none: %s</td><td>–</td>", why_none(&f->lanes.arm[arm].window));
		for (unsigned i = 0; i < NR_PATH; i++)
			buf_put(b, "<td>–</td>");
		buf_put(b, "</tr>\n");
		return;
	}
	buf_put(b, "<td>");
	put_comm(b, p->comm);
	buf_printf(b, " %u</td>", p->tid);
	put_ms(b, p->end_ns);
	for (unsigned i = 0; i < NR_PATH; i++)
		buf_printf(b, "<td>%.3f (%.1f %%)</td>", (double)p->ns[i] / 1e6,
			   100 * (double)p->ns[i] / (double)p->end_ns);
	buf_put(b, "</tr>\n");
}

static void put_sum_table(const struct found *f, struct buf *b)
{
	static char *const heads[] = {
		"leads to", "length, ms", "running", "waiting for a CPU", "asleep with no waker",
		"unknown",  NULL
	};
	char *caption = mem_printf("The critical path of one window of %.3g ms, an example and not a figure "
				   "that is compared; ms",
				   f->window_ns / 1e6);

	table_begin(b, caption);
	table_head(b, "policy", heads);
	for (unsigned i = 0; i < shown(f); i++)
		put_sums(f, b, i);
	table_end(b);
	free(caption);
}

static void put_link(struct buf *b, const struct path_link *link)
{
	buf_put(b, "<tr><th scope=\"row\">");
	put_comm(b, link->first->comm);
	if (link->first->tid)
		buf_printf(b, " %u", link->first->tid);
	buf_put(b, "</th><td>");
	put_comm(b, link->by);
	buf_put(b, "</td>");
	put_ms(b, link->ns[PATH_ASLEEP]);
	put_ms(b, link->ns[PATH_WAITING]);
	put_ms(b, link->ns[PATH_RUNNING]);
	put_ms(b, link->ns[PATH_UNKNOWN]);
	buf_put(b, "</tr>\n");
}

/* The last ones, in order of time. */
static void put_links(const struct found *f, struct buf *b, unsigned arm)
{
	static char *const heads[] = {
		"woken by", "asleep, ms", "waited, ms", "ran, ms", "unknown, ms", NULL
	};
	size_t nr, first;
	struct path_link *link = lanes_path_links(&f->path[arm], &nr);
	char *caption;

	first = nr > MAX_LINKS ? nr - MAX_LINKS : 0;
	caption = mem_printf("The path under %s: the last %zu of %zu tasks on it", policy_of(f, arm),
			     nr - first, nr);
	table_begin(b, caption);
	table_head(b, "task", heads);
	for (size_t i = first; i < nr; i++)
		put_link(b, &link[i]);
	table_end(b);
	free(caption);
	free(link);
}

static void put_alt(const struct found *f, struct buf *b)
{
	buf_put(b, "The length of the critical path, by what it is made of:");
	for (unsigned i = 0; i < shown(f); i++) {
		const struct trace_path *p = &f->path[i];

		buf_printf(b, " under %s ", policy_of(f, i));
		if (!p->tid)
			buf_put(b, "there is none");
		for (unsigned k = 0; p->tid && k < NR_PATH; k++)
			buf_printf(b, "%s%.3f ms %s", k ? ", " : "", (double)p->ns[k] / 1e6,
				   path_state_words[k]);
		buf_put(b, ";");
	}
}

bool figure_path(const struct compare *c, unsigned work, struct drawing *d)
{
	struct found f;
	bool any = find_paths(c, work, d->files, &f);

	if (any) {
		draw_bars(&f, d);
		put_sum_table(&f, &d->table);
		for (unsigned i = 0; i < shown(&f); i++)
			if (f.path[i].tid)
				put_links(&f, &d->table, i);
		put_alt(&f, &d->alt);
		d->title = mem_printf("%s: the critical path", c->work[work].name);
		d->head = mem_strdup("critical path of one window, instrumented");
		d->how = mem_printf(
			"Of one window of %.3g ms under each policy, an example and not a figure that is "
			"compared. It leads to the last sleep, or end, of a task of the workload in the "
			"window, and is followed back: while the task ran, that is its part; from its "
			"wakeup until it ran, it waited for a CPU; at the wakeup the path goes over to the "
			"waker. After a sleep that an interrupt ended, a timer or a device, it goes on with "
			"the same task. What began before the window is unknown.",
			f.window_ns / 1e6);
	}
	free_paths(&f);
	return any;
}
