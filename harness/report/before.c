/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run against the one before it, in short: the page beside it has the rest. */
#include <stdlib.h>
#include <string.h>
#include "report/section.h"
#include "report/terminal.h"
#include "report/versus_words.h"
#include "text/table.h"
#include "util/mem.h"

static void put_cell(struct buf *b, const char *class, char *text)
{
	buf_printf(b, "<td class=\"%s\">", class);
	buf_html(b, text);
	buf_put(b, "</td>");
	free(text);
}

static const char *class_of(const struct versus_row *row)
{
	const struct judgement *j = &row->judgement;

	if (!row->confirmatory || row->missing || j->emulated || !judgement_is_difference(j))
		return "none";
	return j->verdict == VERDICT_BETTER ? "better" : "worse";
}

static void put_rows(struct buf *b, const struct versus_view *view)
{
	static char *const heads[] = { "policy", "before", "now", "now / before", "verdict", NULL };

	table_begin(b, "Each policy against itself in the run before, primary metrics");
	table_head(b, "workload", heads);
	for (size_t i = 0; i < view->v->nr; i++) {
		const struct versus_row *row = &view->v->row[i];

		if (!versus_both(row))
			continue;
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, row->work->name);
		buf_put(b, "</th>");
		put_cell(b, "none", mem_strdup(row->policy_b));
		put_cell(b, "none", versus_middle(row, &row->a));
		put_cell(b, "none", versus_middle(row, &row->b));
		put_cell(b, "effect", versus_effect(row));
		put_cell(b, class_of(row), versus_word(row));
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}

static void put_findings(struct buf *b, const struct versus_view *view)
{
	struct buf text = { 0 };

	versus_findings(&text, view);
	versus_how(&text, view);
	buf_put(b, "<p class=\"lines\">");
	buf_html(b, text.text);
	buf_put(b, "</p>\n");
	free(text.text);
}

void section_before(struct buf *b, const struct view *v)
{
	const struct versus_view *view = v->before ? v->before->versus : NULL;

	if (!view) {
		buf_put(b,
			"<p>The store has no earlier run that it can be compared with: one of the same machine, "
			"plan and work.</p>\n");
		return;
	}
	buf_put(b, "<p>A is ");
	buf_htmlf(b, "%s, B is this run", view->spec->a->run->run.id);
	buf_printf(b,
		   "; %zu thing%s besides the samples. <a href=\"" BEFORE_PAGE "\">All of it, with each data "
		   "point of both</a>; in a terminal <code>scxbench compare ",
		   view->differences->nr, view->differences->nr == 1 ? " differs" : "s differ");
	buf_htmlf(b, "%s %s", view->spec->a->run->run.id, view->spec->b->run->run.id);
	buf_put(b, "</code>.</p>\n");
	put_findings(b, view);
	put_rows(b, view);
}
