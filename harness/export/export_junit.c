/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * junit.xml of a run, in the form that CI servers read: did every timed sample work? The gate says whether a
 * policy is good (regress_junit.c).
 */
#include <stdlib.h>
#include <string.h>
#include "export/exports.h"
#include "text/buf.h"

static bool is_of(const struct compare *c, const struct record *r, unsigned work, unsigned policy)
{
	return r->block && !r->instrumented && !r->warmup && !strcmp(r->workload, c->work[work].name) &&
	       !strcmp(r->policy, c->run->run.policies[policy]);
}

static bool is_whole(const struct cell *cell)
{
	return cell->valid && cell->valid == cell_taken(cell);
}

/* "2 void, 1 ejected of 15 samples" */
static void put_counts(struct buf *b, const struct cell *cell)
{
	const char *comma = "";

	for (int s = NR_STATUS - 1; s > STATUS_OK; s--)
		if (cell->taken[s]) {
			buf_printf(b, "%s%u %s", comma, cell->taken[s], status_name((enum status)s));
			comma = ", ";
		}
	if (cell->taken[STATUS_OK] + cell->again > cell->valid)
		buf_printf(b, "%s%u without the metric", comma,
			   cell->taken[STATUS_OK] + cell->again - cell->valid);
	buf_printf(b, " of %u samples", cell_taken(cell));
}

static void put_reasons(struct buf *b, const struct compare *c, unsigned work, unsigned policy)
{
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (r->status != STATUS_OK && is_of(c, r, work, policy))
			buf_htmlf(b, "sample %u, block %u: %s: %s\n", r->seq, r->block,
				  status_name(r->status), r->why ? r->why : "no reason recorded");
	}
}

static double seconds(const struct compare *c, unsigned work, unsigned policy)
{
	double s = 0;

	for (size_t i = 0; i < c->run->nr; i++)
		if (is_of(c, &c->run->sample[i], work, policy))
			s += c->run->sample[i].elapsed_s;
	return s;
}

static void put_case(struct buf *b, const struct compare *c, unsigned work, unsigned policy)
{
	const struct cell *cell = compare_cell(c, work, policy);

	buf_put(b, "    <testcase classname=\"");
	buf_html(b, c->run->run.policies[policy]);
	buf_put(b, "\" name=\"");
	buf_htmlf(b, "%s %s", c->work[work].name, c->work[work].metric);
	buf_printf(b, "\" time=\"%.3f\">", seconds(c, work, policy));
	if (!cell_taken(cell)) {
		buf_put(b, "<error message=\"no sample was taken\" type=\"missing\"/>");
	} else if (!is_whole(cell)) {
		buf_put(b, "<failure message=\"");
		put_counts(b, cell);
		buf_put(b, "\" type=\"not ok\">");
		put_reasons(b, c, work, policy);
		buf_put(b, "</failure>");
	}
	buf_put(b, "</testcase>\n");
}

char *export_junit(const struct compare *c)
{
	unsigned failures = 0, errors = 0, nr = c->nr_works * c->nr_policies;
	struct buf b = { 0 };

	for (unsigned i = 0; i < nr; i++) {
		errors += !cell_taken(&c->cell[i]);
		failures += cell_taken(&c->cell[i]) && !is_whole(&c->cell[i]);
	}
	buf_put(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"");
	buf_htmlf(&b, "scxbench run %s", c->run->run.id);
	buf_printf(&b, "\" tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\">\n", nr, failures,
		   errors);
	for (unsigned i = 0; i < nr; i++)
		put_case(&b, c, i / c->nr_policies, i % c->nr_policies);
	buf_put(&b, "  </testsuite>\n</testsuites>\n");
	return buf_take(&b);
}
