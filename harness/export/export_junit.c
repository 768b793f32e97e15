/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * junit.xml of a run, in the form that CI servers read: did every timed sample work? The gate says whether a
 * policy is good (regress_junit.c).
 */
#include <stdlib.h>
#include <string.h>
#include "export/exports.h"
#include "export/junit_where.h"
#include "text/buf.h"

static bool is_of(const struct compare *c, const struct record *r, unsigned work, unsigned policy)
{
	return r->block && !r->instrumented && !r->warmup && !strcmp(r->workload, c->work[work].name) &&
	       !strcmp(r->policy, c->run->run.policies[policy]);
}

/* A sample that was taken again is a data point by its second try. */
static bool is_whole(const struct cell *cell)
{
	return cell->valid && cell->valid >= cell->judgement.of.planned &&
	       cell->judgement.verdict != VERDICT_UNUSABLE;
}

/* "not usable: the kernel ejected it in 1 of 15 samples; 14 of 15 samples (1 ejected)" */
static void put_counts(struct buf *b, const struct cell *cell)
{
	char *samples = reliability_text(&cell->judgement.of), *reason = judgement_reason(&cell->judgement);

	if (cell->judgement.verdict == VERDICT_UNUSABLE)
		buf_htmlf(b, "not usable: %s; ", reason);
	buf_put(b, samples);
	free(samples);
	free(reason);
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
		buf_printf(b, "\" type=\"%s\">",
			   cell->judgement.verdict == VERDICT_UNUSABLE ? "not usable" : "not ok");
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
	buf_printf(&b, "\" tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\"", nr, failures, errors);
	junit_where(&b, &c->run->run);
	for (unsigned i = 0; i < nr; i++)
		put_case(&b, c, i / c->nr_policies, i % c->nr_policies);
	buf_put(&b, "  </testsuite>\n</testsuites>\n");
	return buf_take(&b);
}
