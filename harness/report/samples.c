/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which samples are not data points and why, what proves the others, and how to repeat the run. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "export/exports.h"
#include "record/ejection.h"
#include "report/section.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/mem.h"

static void put_more(struct buf *b, const char *what, const char *text)
{
	if (!text || !*text)
		return;
	buf_printf(b, "<details><summary>%s</summary><pre tabindex=\"0\" role=\"group\" aria-label=\"%s\">",
		   what, what);
	buf_html(b, text);
	buf_put(b, "</pre></details>");
}

/* The reason and the message are its "why" already, but for a sample of an earlier version. */
static void put_ejection(struct buf *b, const struct record *r)
{
	const struct ejection *e = &r->ejection;
	char *text = ejection_text(e);

	buf_printf(b, ". Exit kind %d, code %" PRId64 ", after %.3g s", e->kind, e->code, e->after_s);
	if (!r->why || !strstr(r->why, text))
		buf_htmlf(b, ": %s", text);
	buf_put(b, ".");
	put_more(b, "dump", e->dump);
	free(text);
}

/* The check that made the sample void is its "why" already: only the others. */
static void put_failed_checks(struct buf *b, const struct record *r)
{
	for (size_t i = 0; i < r->nr_proofs; i++) {
		char *line = proof_line(&r->proof[i]);

		if (!r->proof[i].holds && (!r->why || strcmp(r->why, line))) {
			buf_put(b, "<br><span class=\"check\">");
			buf_html(b, line);
			buf_put(b, "</span>");
		}
		free(line);
	}
}

/* What became of the place of a void sample, or that this is the second try. */
static void put_again(struct buf *b, const struct store_run *run, const struct record *r)
{
	if (r->retake_of)
		buf_printf(b, ". It is sample %u, taken again.", r->retake_of);
	for (size_t i = 0; i < run->nr; i++)
		if (run->sample[i].retake_of == r->seq)
			buf_printf(b, ". Taken again as sample %u: %s.", run->sample[i].seq,
				   status_name(run->sample[i].status));
}

static void put_sample(struct buf *b, const struct store_run *run, const struct record *r)
{
	buf_printf(b, "<tr><td>%u</td><td>", r->seq);
	buf_html(b, r->workload);
	buf_put(b, "</td><td>");
	buf_html(b, r->policy);
	if (r->instrumented || r->warmup)
		buf_printf(b, "</td><td>%s</td>", r->warmup ? "warm-up" : "instrumented");
	else
		buf_printf(b, "</td><td>%u</td>", r->block);
	buf_printf(b, "<td class=\"status\">%s</td><td class=\"why\">", status_name(r->status));
	buf_html(b, r->why ? r->why : "no reason recorded");
	if (r->ejection.kind)
		put_ejection(b, r);
	put_again(b, run, r);
	put_failed_checks(b, r);
	put_more(b, "violations", r->violations);
	buf_put(b, "</td></tr>\n");
}

/* How many samples, of what kind, over how many boots, and why it ended there. */
static void put_taken(struct buf *b, const struct compare *c)
{
	const struct store_run *run = c->run;
	unsigned warmups = 0, boots = 0;

	for (size_t i = 0; i < run->nr; i++) {
		warmups += run->sample[i].warmup;
		boots = run->sample[i].boot > boots ? run->sample[i].boot : boots;
	}
	buf_printf(b, " %u of %u planned samples are taken", compare_taken(c), run->run.planned);
	if (warmups)
		buf_printf(b, ", %u of them %s, which %s", warmups, warmups == 1 ? "a warm-up" : "warm-ups",
			   warmups == 1 ? "is no data point" : "are no data points");
	if (boots > 1)
		buf_printf(b, ", over %u boots", boots);
	if (compare_retakes(c))
		buf_printf(b, ", %u of them twice because void", compare_retakes(c));
	buf_put(b, ".");
	if (run->run.ended)
		buf_htmlf(b, " The run ended: %s.", run->run.ended);
	else if (compare_is_partial(c))
		buf_put(b, " The run did not come to its end.");
}

void section_not_ok(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "workload", "policy", "block", "status", "why", NULL };
	const struct store_run *run = v->cmp->run;
	char *points = compare_points(v->cmp);
	size_t not_ok = 0;

	for (size_t i = 0; i < run->nr; i++)
		not_ok += run->sample[i].status != STATUS_OK;
	buf_printf(b, "<p>%s", points);
	free(points);
	put_taken(b, v->cmp);
	buf_put(b, "</p>\n");
	if (!not_ok)
		return;
	table_begin(b, "Every sample that is not ok; figures and ratios leave them out");
	table_head(b, "sample", heads);
	for (size_t i = 0; i < run->nr; i++)
		if (run->sample[i].status != STATUS_OK)
			put_sample(b, run, &run->sample[i]);
	table_end(b);
}

struct check {
	const char *name;
	unsigned held, failed;
};

static struct check *find_check(struct check **checks, size_t *nr, const char *name)
{
	for (size_t i = 0; i < *nr; i++)
		if (!strcmp((*checks)[i].name, name))
			return &(*checks)[i];
	*checks = mem_grow(*checks, *nr, sizeof(**checks));
	(*checks)[*nr] = (struct check){ .name = name };
	return &(*checks)[(*nr)++];
}

static size_t count_checks(const struct store_run *run, struct check **checks)
{
	size_t nr = 0;

	for (size_t i = 0; i < run->nr; i++) {
		for (size_t k = 0; k < run->sample[i].nr_proofs; k++) {
			const struct proof *p = &run->sample[i].proof[k];
			struct check *check;

			if (!proof_is_check(p))
				continue;
			check = find_check(checks, &nr, proof_name(p));
			*(p->holds ? &check->held : &check->failed) += 1;
		}
	}
	return nr;
}

void section_proof(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "passed", "failed", NULL };
	const struct store_run *run = v->cmp->run;
	struct check *checks = NULL;
	size_t nr = count_checks(run, &checks), proven = 0;

	for (size_t i = 0; i < run->nr; i++)
		proven += run->sample[i].status == STATUS_OK;
	buf_printf(b,
		   "<p>%zu of %zu samples are proven: they passed every check. A failed check makes its "
		   "sample void.</p>\n",
		   proven, run->nr);
	if (!nr)
		return;
	table_begin(b, "How often each check was made, over all samples");
	table_head(b, "check", heads);
	for (size_t i = 0; i < nr; i++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, checks[i].name);
		buf_printf(b, "</th><td>%u</td><td>%u</td></tr>\n", checks[i].held, checks[i].failed);
	}
	table_end(b);
	free(checks);
}

void section_repeat(struct buf *b, const struct view *v)
{
	const struct run *run = &v->cmp->run->run;

	buf_put(b, "<p>This command takes the same samples in the same order:</p>\n<pre>");
	buf_html(b, run->command);
	buf_put(b, "</pre>\n<p>");
	buf_htmlf(b, "Run %s, plan %s, seed %" PRIu64 ", where: %s.", run->id, run->plan, run->seed,
		  run->where);
	buf_put(b, "</p>\n");
}

void section_exports(struct buf *b, const struct view *v)
{
	exports_list(b, v->out_dir);
}
