/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gate as JUnit XML, in the form that CI servers read (testsuites, testsuite, testcase with failure,
 * error or skipped). A policy is a class, a metric a case. Inconclusive is an error: a gate without an answer
 * has not passed.
 */
#include "export/regress_json.h"
#include <math.h>
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

static void put_case(struct buf *b, const struct regress_row *row)
{
	const struct versus_row *v = row->v;

	buf_put(b, "    <testcase classname=\"");
	buf_html(b, v->policy_b);
	buf_put(b, "\" name=\"");
	buf_htmlf(b, "%s %s", v->work->name, v->work->metric);
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

char *regress_junit(const struct regress *r, const struct regress_names *names)
{
	unsigned failures = r->count[RULING_MISSING] + r->count[RULING_BROKEN] + r->count[RULING_REGRESSION];
	unsigned errors = r->count[RULING_INCONCLUSIVE] + (whole(r) != NULL);
	struct buf b = { 0 };

	buf_put(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"");
	buf_htmlf(&b, "scxbench regress %s", names->run->id);
	buf_printf(&b, "\" tests=\"%zu\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n",
		   r->versus.nr + (whole(r) != NULL), failures, errors, r->count[RULING_INFO]);
	if (whole(r))
		buf_printf(&b,
			   "    <testcase classname=\"run\" name=\"complete\"><error message=\"%s\" "
			   "type=\"inconclusive\"/></testcase>\n",
			   whole(r));
	for (size_t i = 0; i < r->versus.nr; i++)
		put_case(&b, &r->row[i]);
	buf_put(&b, "  </testsuite>\n</testsuites>\n");
	return buf_take(&b);
}
