/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who ran where: a short window of an instrumented sample under each policy, a strip for each CPU. So that a
 * picture stays readable and small, it has some CPUs and some policies, and a strip has columns, each of the
 * longest stint in it. Everything is in the files for Perfetto.
 */
#include "figures/lanes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/figure.h"
#include "text/table.h"
#include "util/mem.h"

#define MAX_ARMS 12
#define MAX_STRIPS 24
#define CELLS 2400 /* columns of all strips together */
#define MIN_COLUMNS 60
#define MAX_COLUMNS 300
#define COLOURS 6 /* of tasks of the workload, in turn; see plots/lanes.gp */
#define UNIT 46	  /* pixels of a strip, or of the name above a policy's strips */

enum { INDEX_OTHER = COLOURS, INDEX_UNKNOWN, INDEX_WAITING, INDEX_MOVED, NR_INDEX };

struct sheet {
	const struct lanes *lanes;
	unsigned arms, strips; /* strips: of an arm, at most */
	unsigned columns;
	double length_ns; /* of the longest window */
	uint32_t most;	  /* tasks that waited, of all that is drawn */
	double top;	  /* of what comes next */
	struct buf index[NR_INDEX];
	unsigned row; /* of what comes next, from 1 */
};

/* The CPUs that have stints, in ascending order, into a list of at least s->cpus; how many. */
static unsigned cpus_of(const struct switches *s, unsigned *cpu)
{
	bool *has = mem_zalloc(s->cpus + 1, sizeof(*has));
	unsigned nr = 0;

	for (size_t i = 0; i < s->nr; i++)
		has[s->stint[i].cpu] = true;
	for (unsigned i = 0; i < s->cpus; i++)
		if (has[i])
			cpu[nr++] = i;
	free(has);
	return nr;
}

static unsigned count_cpus(const struct switches *s)
{
	unsigned *cpu = mem_zalloc(s->cpus + 1, sizeof(*cpu)), nr = cpus_of(s, cpu);

	free(cpu);
	return nr;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Of a strip: what each column shows. */
struct column {
	const struct stint *stint;
	double ns; /* of it there */
	uint32_t waiting;
	bool moved;
};

static void add_to_columns(const struct sheet *sh, const struct stint *s, struct column *column)
{
	double width = sh->length_ns / sh->columns;
	unsigned from = (unsigned)((double)s->from_ns / width);

	for (unsigned k = from; k < sh->columns && k * width < (double)s->to_ns; k++) {
		double ns = fmin((double)s->to_ns, (k + 1) * width) - fmax((double)s->from_ns, k * width);

		if (ns > column[k].ns) {
			column[k].stint = s;
			column[k].ns = ns;
		}
		if (s->waiting > column[k].waiting)
			column[k].waiting = s->waiting;
	}
	if (s->moved >= 0 && from < sh->columns)
		column[from].moved = true;
}

static int index_of(const struct stint *s)
{
	switch (s->of) {
	case STINT_WORKLOAD:
		return (int)(s->tid % COLOURS);
	case STINT_OTHER:
		return INDEX_OTHER;
	case STINT_UNKNOWN:
		return INDEX_UNKNOWN;
	case STINT_IDLE:
	case NR_STINT:
		break;
	}
	return -1;
}

static bool is_same(const struct column *a, const struct column *b)
{
	return a->stint && b->stint && a->stint->tid == b->stint->tid && a->stint->of == b->stint->of;
}

/* A line for as many columns as show the same task. */
static void put_runs(struct sheet *sh, const struct column *column, double y)
{
	double width = sh->length_ns / sh->columns;

	for (unsigned k = 0, to; k < sh->columns; k = to) {
		int index = column[k].stint ? index_of(column[k].stint) : -1;

		for (to = k + 1; to < sh->columns && is_same(&column[k], &column[to]); to++)
			;
		if (index >= 0)
			buf_printf(&sh->index[index], "%.0f %.3f %.0f 0\n", k * width, y, (to - k) * width);
	}
}

static void put_waiting(struct sheet *sh, const struct column *column, double y)
{
	double width = sh->length_ns / sh->columns, last = -1;
	struct buf *b = &sh->index[INDEX_WAITING];

	for (unsigned k = 0; k < sh->columns; k++) {
		double high = y + 0.26 + (sh->most ? 0.2 * column[k].waiting / sh->most : 0);

		if (column[k].stint && high != last)
			buf_printf(b, "%.0f %.3f\n", k * width, high);
		last = column[k].stint ? high : last;
	}
	buf_printf(b, "%.0f %.3f\n\n", sh->length_ns, last < 0 ? y + 0.26 : last);
	b = &sh->index[INDEX_MOVED];
	for (unsigned k = 0; k < sh->columns; k++)
		if (column[k].moved)
			buf_printf(b, "%.0f %.3f 0 -0.17\n", (k + 0.5) * width, y - 0.25);
}

static void put_strip(struct sheet *sh, const struct switches *s, unsigned cpu)
{
	struct column *column = mem_zalloc(sh->columns, sizeof(*column));
	double y = sh->top - 0.5;

	for (size_t i = 0; i < s->nr; i++)
		if (s->stint[i].cpu == cpu)
			add_to_columns(sh, &s->stint[i], column);
	put_runs(sh, column, y);
	put_waiting(sh, column, y);
	sh->top -= 1;
	free(column);
}

static void put_arm(struct sheet *sh, struct buf *gp, const struct lanes_arm *arm)
{
	const struct switches *s = &arm->window;
	unsigned *cpu = mem_zalloc(s->cpus + 1, sizeof(*cpu));
	unsigned nr = least(cpus_of(s, cpu), sh->strips);

	buf_printf(gp, "Row[%u] = Policy[%u]\nIsName[%u] = 1\n", sh->row, arm->policy + 1, sh->row);
	sh->row++;
	sh->top -= 1;
	for (unsigned i = 0; i < nr; i++) {
		buf_printf(gp, "Row[%u] = \"CPU %u\"\nIsName[%u] = 0\n", sh->row, cpu[i], sh->row);
		sh->row++;
		put_strip(sh, s, cpu[i]);
	}
	free(cpu);
}

static void measure_sheet(struct sheet *sh)
{
	sh->arms = least(sh->lanes->nr, MAX_ARMS);
	sh->strips = 0;
	for (unsigned i = 0; i < sh->arms; i++) {
		const struct switches *s = &sh->lanes->arm[i].window;
		struct lanes_sum sum = lanes_sum(s);
		unsigned nr = count_cpus(s);

		sh->strips = nr > sh->strips ? nr : sh->strips;
		sh->length_ns = fmax(sh->length_ns, (double)s->length_ns);
		sh->most = sum.most_waiting > sh->most ? sum.most_waiting : sh->most;
	}
	sh->strips = least(sh->strips, MAX_STRIPS / sh->arms);
	sh->columns = CELLS / (sh->arms * (sh->strips ?: 1));
	sh->columns = sh->columns < MIN_COLUMNS ? MIN_COLUMNS : least(sh->columns, MAX_COLUMNS);
	for (unsigned i = 0; i < sh->arms; i++)
		sh->top += 1 + least(count_cpus(&sh->lanes->arm[i].window), sh->strips);
	sh->row = 1;
}

static void draw_sheet(struct sheet *sh, struct drawing *d)
{
	struct axis axis = { "x", "ns", { 0, sh->length_ns }, 60, 30 };
	unsigned rows = (unsigned)sh->top;
	char *unit = axis_linear(&d->gp, &axis);

	figure_label(&d->gp, "since the window began", unit);
	free(unit);
	figure_height(&d->gp, 120 + UNIT * rows, 120 + UNIT * rows);
	buf_printf(&d->gp, "array Row[%u]\narray IsName[%u]\n", rows, rows);
	for (unsigned i = 0; i < sh->arms; i++)
		put_arm(sh, &d->gp, &sh->lanes->arm[i]);
	buf_put(&d->dat, "# ns since the window began, place, and how far from there; see plots/lanes.gp\n");
	for (int i = 0; i < NR_INDEX; i++) {
		char *lines = buf_take(&sh->index[i]);

		buf_printf(&d->dat, "%s%sNaN NaN NaN NaN\n", i ? "\n\n" : "", lines);
		free(lines);
	}
}

static void put_percent(struct buf *b, double part)
{
	buf_put(b, "<td>");
	if (isnan(part))
		buf_put(b, "–");
	else
		buf_printf(b, "%.1f", 100 * part);
	buf_put(b, "</td>");
}

static void put_row(struct drawing *d, const struct compare *c, const struct lanes_arm *arm)
{
	const struct switches *s = &arm->window;
	struct lanes_sum sum = lanes_sum(s);

	buf_put(&d->table, "<tr><th scope=\"row\">");
	buf_html(&d->table, c->run->run.policies[arm->policy]);
	buf_printf(&d->table,
		   "</th><td><a href=\"switches-%04u.json\">sample %u</a></td><td>%.1f</td><td>%.1f</td>",
		   arm->seq, arm->seq, (double)s->after_ns / 1e9, (double)s->length_ns / 1e6);
	for (int of = 0; of < NR_STINT; of++)
		put_percent(&d->table, sum.part[of]);
	put_percent(&d->table, sum.idle_waiting);
	buf_printf(&d->table, "<td>%zu</td><td>", sum.stints);
	buf_number(&d->table, sum.median_ns / 1000);
	buf_printf(&d->table, "</td><td>%u</td><td>", sum.most_waiting);
	lanes_moves(&d->table, &sum);
	buf_printf(&d->table, "</td><td>%llu</td></tr>\n", (unsigned long long)s->lost);
}

static void put_table(struct drawing *d, const struct compare *c, const struct lanes *l)
{
	static char *const heads[] = { "for Perfetto",	   "from, s",
				       "length, ms",	   "workload, %",
				       "other tasks, %",   "idle, %",
				       "not known, %",	   "idle, but one waited, %",
				       "stints",	   "median stint, us",
				       "most that waited", "moves",
				       "no room for",	   NULL };

	table_begin(&d->table, "The window in numbers, all CPUs together; one sample each, never compared");
	table_head(&d->table, "policy", heads);
	for (unsigned i = 0; i < l->nr; i++)
		put_row(d, c, &l->arm[i]);
	table_end(&d->table);
}

static void put_alt(struct buf *alt, const struct compare *c, const struct lanes *l)
{
	buf_put(alt, "Who ran on which CPU:");
	for (unsigned i = 0; i < l->nr; i++) {
		struct lanes_sum sum = lanes_sum(&l->arm[i].window);

		buf_printf(alt, " under %s %zu stints, %.1f %% idle, at most %u waiting, moves: ",
			   c->run->run.policies[l->arm[i].policy], sum.stints, 100 * sum.part[STINT_IDLE],
			   sum.most_waiting);
		lanes_moves(alt, &sum);
		buf_put(alt, ";");
	}
}

static char *how_of(const struct sheet *sh)
{
	return mem_printf(
		"A strip is a CPU%s. A colour is a task of the workload (%d colours in turn), grey any other task, "
		"blank idle, a pale grey not known; a column of %.3g ms has the colour of its longest stint. The line above "
		"a strip is how many tasks wait on its run queue, at most %u; where a policy's queues are shared, "
		"another CPU may take them. A tick below: a task came from another CPU. A window begins 0.1 s, "
		"0.2 s, 0.4 s or so on after its sample, the last of these in its first half, and ends early when "
		"there is no more room. ui.perfetto.dev opens the files, which have every CPU.",
		sh->strips * sh->arms < MAX_STRIPS ? "" : "; the picture has the first ones", COLOURS,
		sh->length_ns / sh->columns / 1e6, sh->most);
}

bool figure_lanes(const struct compare *c, unsigned work, struct drawing *d)
{
	struct lanes lanes;
	struct sheet sh = { .lanes = &lanes };

	lanes_read(c, work, d->files, &lanes);
	if (lanes.nr) {
		measure_sheet(&sh);
		draw_sheet(&sh, d);
		put_table(d, c, &lanes);
		put_alt(&d->alt, c, &lanes);
		d->title = mem_printf("%s: who ran where", c->work[work].name);
		d->head = mem_strdup("who ran where, instrumented");
		d->how = how_of(&sh);
	}
	lanes_free(&lanes);
	return sh.arms;
}
