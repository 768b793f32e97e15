/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate's judgement in a few lines, for a mail: what failed, by how much, how sure, and what changed. */
#include "report/terminal.h"
#include <math.h>
#include <stdlib.h>
#include "text/buf.h"

#define MOST_ROWS 3
#define MOST_DIFFERENCES 3

/* One of the failing rows, or of what is open where none fails. */
static bool is_worth_a_line(const struct regress *all, const struct regress_row *row)
{
	return regress_fails(all) ? row->ruling > RULING_INCONCLUSIVE : row->ruling == RULING_INCONCLUSIVE;
}

static void put_finding(struct buf *b, const struct regress_row *row, const char *to)
{
	const struct versus_row *v = row->v;
	const struct effect *e = &v->judgement.effect;

	buf_printf(b, "* %s %s: %s ", v->work->name, v->work->metric, v->policy_b);
	if (!isnan(e->low))
		buf_printf(b, "%.3f of %s (95 %% interval %.3f to %.3f): ", e->ratio, to, e->low, e->high);
	buf_printf(b, "%s, %s\n", ruling_name(row->ruling), row->why);
}

/* How many rows have a line, and how many would: the heaviest first. */
struct lines {
	unsigned put, all;
};

static void put_findings(struct buf *b, const struct regress *all, const struct regress *r, struct lines *n)
{
	for (int weight = NR_RULING - 1; weight > RULING_PASS; weight--)
		for (size_t i = 0; i < r->versus.nr; i++) {
			const struct regress_row *row = &r->row[i];

			if ((int)row->ruling != weight || !is_worth_a_line(all, row))
				continue;
			n->all++;
			if (n->put == MOST_ROWS)
				continue;
			put_finding(b, row, r == all ? "the baseline" : "the anchor");
			n->put++;
		}
}

static void put_changed(struct buf *b, const struct regress_names *names)
{
	struct differences d;

	differ_make(names->baseline, names->run, &d);
	for (size_t i = 0; i < d.nr && i < MOST_DIFFERENCES; i++)
		buf_printf(b, "%s%s %.30s -> %.30s", i ? ", " : "Since the baseline: ", d.item[i].key,
			   d.item[i].a, d.item[i].b);
	if (d.nr > MOST_DIFFERENCES)
		buf_printf(b, ", and %zu more", d.nr - MOST_DIFFERENCES);
	buf_put(b, d.nr ? ".\n" : "The environment is that of the baseline.\n");
	differ_free(&d);
}

char *regress_brief(const struct regress *r, const struct regress_names *names)
{
	struct lines n = { 0 };
	struct buf b = { 0 };

	regress_judgement(&b, r, names);
	if (r->anchor)
		put_findings(&b, r, r->anchor, &n);
	put_findings(&b, r, r, &n);
	if (n.all > n.put)
		buf_printf(&b, "* and %u more\n", n.all - n.put);
	if (n.all)
		put_changed(&b, names);
	return buf_take_printable(&b);
}
