/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/fitness.h"
#include "report/section.h"
#include "text/buf.h"
#include "text/table.h"

static void put_item(struct buf *b, const struct fitness_item *item)
{
	static const char *const signs[] = { "✓", "⚠", "?" };

	buf_printf(b, "<tr><th scope=\"row\">%s</th><td class=\"%s\"><span class=\"word\">%s %s</span></td>",
		   item->what, item->fit == FIT_WARNS ? "worse" : "none", signs[item->fit],
		   fit_name(item->fit));
	buf_put(b, "<td class=\"text\">");
	buf_html(b, item->found);
	buf_put(b, "</td></tr>\n");
}

/* "Of 9 checks 3 warn (machine, other load) and 3 could not be made" */
static void put_sum(struct buf *b, const struct fitness *f)
{
	unsigned warns = fitness_count(f, FIT_WARNS), unknown = fitness_count(f, FIT_UNKNOWN), n = 0;

	if (!warns && !unknown) {
		buf_printf(b, "It was: all %zu checks passed", f->nr);
		return;
	}
	buf_printf(b, "Of %zu checks %u warn", f->nr, warns);
	for (size_t i = 0; i < f->nr; i++)
		if (f->item[i].fit == FIT_WARNS)
			buf_printf(b, "%s%s", n++ ? ", " : " (", f->item[i].what);
	buf_printf(b, "%s and %u could not be made", n ? ")" : "", unknown);
}

void section_fit(struct buf *b, const struct view *v)
{
	struct fitness f;

	fitness_make(v->cmp, &f);
	buf_put(b, "<p class=\"how\"><a href=\"#fitness\">Was the machine fit for measuring?</a> ");
	put_sum(b, &f);
	buf_put(b, ".</p>\n");
	fitness_free(&f);
}

void section_fitness(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "fit?", "what was found", NULL };
	struct fitness f;

	fitness_make(v->cmp, &f);
	table_begin(b, "What the machine was like");
	table_head(b, "check", heads);
	for (size_t i = 0; i < f.nr; i++)
		put_item(b, &f.item[i]);
	table_end(b);
	fitness_free(&f);
}
