/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the policies of a run are, where their names do not say it. */
#include <stdlib.h>
#include "report/section.h"
#include "util/mem.h"
#include "util/scan.h"

static const char *given_of(const struct run *run, unsigned policy)
{
	return run->policy_given ? run->policy_given[policy] : NULL;
}

/* "slice 1.4 ms", or NULL; the caller's to free. */
static char *slice_of(const struct run *run, unsigned policy)
{
	const char *ns = run->slice_ns ? run->slice_ns[policy] : NULL;

	uint64_t slice;

	return ns && scan_count(ns, &slice) ? mem_printf("slice %g ms", (double)slice / 1e6) : NULL;
}

static void put_small(struct buf *b, const char *text)
{
	if (!text)
		return;
	buf_put(b, "<small>");
	buf_html(b, text);
	buf_put(b, "</small>");
}

void section_arms_head(struct buf *b, const struct run *run)
{
	buf_put(b, "<thead><tr><th scope=\"col\">workload");
	for (unsigned p = 0; run->policies[p]; p++) {
		char *slice = slice_of(run, p);

		buf_put(b, "</th><th scope=\"col\">");
		buf_html(b, run->policies[p]);
		put_small(b, given_of(run, p));
		put_small(b, slice);
		free(slice);
	}
	buf_put(b, "</th></tr></thead>\n<tbody>\n");
}

void arms_text(struct buf *b, const struct run *run)
{
	bool any = false;

	for (unsigned p = 0; run->policies[p]; p++) {
		char *slice = slice_of(run, p);

		if (slice)
			buf_printf(b, "%s%s %s", any ? ", " : "", run->policies[p], slice);
		any |= slice != NULL;
		free(slice);
	}
	if (any)
		buf_put(b, "\n");
	for (unsigned p = 0; run->policies[p]; p++)
		if (given_of(run, p))
			buf_printf(b, "%s is %s\n", run->policies[p], given_of(run, p));
}
