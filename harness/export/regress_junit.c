/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gate as JUnit XML, in the form that CI servers read (testsuites, testsuite, testcase with failure,
 * error or skipped). A policy is a class, a metric a case. Inconclusive is an error: a gate without an answer
 * has not passed.
 */
#include "export/regress_json.h"
#include <math.h>
#include "export/junit_where.h"
#include "text/buf.h"

/* NULL: a pass has no element. */
static const char *element(enum ruling ruling)
{
	static const char *const names[NR_RULING] = {
		[RULING_INFO] = "skipped",   [RULING_INCONCLUSIVE] = "error", [RULING_MISSING] = "failure",
		[RULING_BROKEN] = "failure", [RULING_REGRESSION] = "failure",
	};

	return names[ruling];
}

static void put_case(struct buf *b, const struct regress_row *row, const char *since)
{
	const struct versus_row *v = row->v;

	buf_put(b, "    <testcase classname=\"");
	buf_html(b, v->policy_b);
	buf_put(b, "\" name=\"");
	buf_htmlf(b, "%s %s%s", v->work->name, v->work->metric, since);
	buf_put(b, "\">");
	if (element(row->ruling)) {
		buf_printf(b, "<%s message=\"", element(row->ruling));
		buf_htmlf(b, "%s: %s", ruling_name(row->ruling), row->why);
		buf_put(b, "\"");
		if (row->ruling != RULING_INFO)
			buf_printf(b, " type=\"%s\"", ruling_name(row->ruling));
		buf_put(b, "/>");
	}
	if (!isnan(v->judgement.effect.low))
		buf_printf(b,
			   "<system-out>%.4f of the baseline, 95 %% interval %.4f to %.4f, threshold %.3g %%"
			   "</system-out>",
			   v->judgement.effect.ratio, v->judgement.effect.low, v->judgement.effect.high,
			   100 * row->threshold);
	buf_put(b, "</testcase>\n");
}

/* Cases that no row has: an unfinished run, nothing gated. */
static const char *whole(const struct regress *r)
{
	if (r->ruling == RULING_INFO)
		return "nothing is gated";
	return r->partial ? "the run has fewer samples than its plan" : NULL;
}

static unsigned count_cases(const struct regress *r, enum ruling least, enum ruling most)
{
	unsigned n = r->anchor ? count_cases(r->anchor, least, most) : 0;

	for (unsigned i = least; i <= most; i++)
		n += r->count[i];
	return n;
}

char *regress_junit(const struct regress *r, const struct regress_names *names)
{
	unsigned failures = count_cases(r, RULING_MISSING, RULING_REGRESSION),
		 errors = count_cases(r, RULING_INCONCLUSIVE, RULING_INCONCLUSIVE) + (whole(r) != NULL);
	struct buf b = { 0 };

	buf_put(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"");
	buf_htmlf(&b, "scxbench regress %s", names->run->id);
	buf_printf(&b, "\" tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\"",
		   count_cases(r, RULING_INFO, RULING_REGRESSION) + (whole(r) != NULL), failures, errors,
		   count_cases(r, RULING_INFO, RULING_INFO));
	junit_where(&b, names->run);
	if (whole(r))
		buf_printf(&b,
			   "    <testcase classname=\"run\" name=\"complete\"><error message=\"%s\" "
			   "type=\"inconclusive\"/></testcase>\n",
			   whole(r));
	for (size_t i = 0; i < r->versus.nr; i++)
		put_case(&b, &r->row[i], "");
	for (size_t i = 0; r->anchor && i < r->anchor->versus.nr; i++)
		put_case(&b, &r->anchor->row[i], " since the anchor");
	buf_put(&b, "  </testsuite>\n</testsuites>\n");
	return buf_take(&b);
}
