/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the policies of a run are, where their names do not say it. */
#include <stdlib.h>
#include <string.h>
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

/* What its first sample that says it says, or NULL. */
static const char *unset_of(const struct store_run *run, unsigned policy)
{
	for (size_t i = 0; i < run->nr; i++) {
		const struct record *r = &run->sample[i];

		for (size_t k = 0; k < r->nr_proofs; k++)
			if (r->proof[k].check == PROOF_UNSET && !strcmp(r->policy, run->run.policies[policy]))
				return r->proof[k].found;
	}
	return NULL;
}

static void put_small(struct buf *b, const char *text)
{
	if (!text)
		return;
	buf_put(b, "<small>");
	buf_html(b, text);
	buf_put(b, "</small>");
}

static void put_unset(struct buf *b, const char *unset)
{
	if (!unset)
		return;
	buf_put(b, "<small class=\"note\">without its own program: ");
	buf_html(b, unset);
	buf_put(b, "</small>");
}

void section_arms_head(struct buf *b, const struct store_run *of)
{
	const struct run *run = &of->run;

	buf_put(b, "<thead><tr><th scope=\"col\">workload");
	for (unsigned p = 0; run->policies[p]; p++) {
		char *slice = slice_of(run, p);

		buf_put(b, "</th><th scope=\"col\">");
		buf_html(b, run->policies[p]);
		put_small(b, given_of(run, p));
		put_small(b, slice);
		put_unset(b, unset_of(of, p));
		free(slice);
	}
	buf_put(b, "</th></tr></thead>\n<tbody>\n");
}

static void put_unset_lines(struct buf *b, const struct store_run *run)
{
	for (unsigned p = 0; run->run.policies[p]; p++)
		if (unset_of(run, p))
			buf_printf(
				b,
				"%s ran without its own program: %s. Set what it lacks as knobs, or measure "
				"that program as 'cmd:...'.\n",
				run->run.policies[p], unset_of(run, p));
}

void arms_text(struct buf *b, const struct store_run *of)
{
	const struct run *run = &of->run;
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
	put_unset_lines(b, of);
}
