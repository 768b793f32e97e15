/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/fitness.h"
#include "report/section.h"

static void put_item(struct buf *b, const struct fitness_item *item)
{
	static const char *const signs[] = { "✓", "⚠", "?" };

	buf_printf(b, "<tr><th scope=\"row\">%s</th><td class=\"%s\"><span class=\"word\">%s %s</span></td><td class=\"text\">",
		   item->what, item->fit == FIT_WARNS ? "worse" : "none", signs[item->fit], fit_name(item->fit));
	buf_html(b, item->found);
	buf_put(b, "</td></tr>\n");
}

void section_fitness(struct buf *b, const struct view *v)
{
	static char *const heads[] = { "fit?", "what was found", NULL };
	struct fitness f;
	unsigned warns, unknown;

	fitness_make(v->cmp, &f);
	warns = fitness_count(&f, FIT_WARNS);
	unknown = fitness_count(&f, FIT_UNKNOWN);
	if (warns || unknown)
		buf_printf(b, "<p>Of %zu checks %u warn and %u could not be made.</p>\n", f.nr, warns, unknown);
	else
		buf_printf(b, "<p>It was: all %zu checks held.</p>\n", f.nr);
	table_begin(b, "What the machine was like");
	table_head(b, "check", heads);
	for (size_t i = 0; i < f.nr; i++)
		put_item(b, &f.item[i]);
	table_end(b);
	fitness_free(&f);
}
