/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Policy x workload over all machines, and over each class of them. */
#include <math.h>
#include <stdlib.h>
#include "report/fleet_section.h"
#include "text/table.h"
#include "util/mem.h"

void fleet_head_cell(struct buf *b, char *text)
{
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, text);
	buf_put(b, "</th>");
	free(text);
}

void fleet_text_cell(struct buf *b, char *text)
{
	buf_put(b, "<td class=\"text\">");
	buf_html(b, text);
	buf_put(b, "</td>");
	free(text);
}

/* Takes the text over. */
static void put_small(struct buf *b, const char *class, char *text)
{
	buf_printf(b, "<small%s>", class);
	buf_html(b, text);
	buf_put(b, "</small>");
	free(text);
}

/* Colour only where there is a verdict of speed. */
static const char *colour_of(const struct fleet_part *part)
{
	const struct judgement *j = &part->judgement;

	if (j->verdict == VERDICT_UNUSABLE)
		return "unusable";
	if (j->emulated || !judgement_is_difference(j))
		return "none";
	return j->verdict == VERDICT_BETTER ? "better" : "worse";
}

static void put_numbers(struct buf *b, const struct fleet_part *part)
{
	char *ends = judgement_ends(&part->judgement);

	if (ends)
		put_small(b, "", ends);
	if (!isnan(part->fleet.next_low))
		put_small(b, "",
			  mem_printf("another machine %.3f … %.3f", part->fleet.next_low,
				     part->fleet.next_high));
	put_small(b, "", mem_printf("%zu of %zu machines", part->fleet.effect.n, part->nr));
	if (!isnan(part->fleet.between)) {
		char *apart = fleet_between(&part->fleet);

		put_small(b, "", mem_printf("lie %s apart", apart));
		free(apart);
	}
}

void fleet_part_cell(struct buf *b, const struct fleet_view *f, unsigned work, const struct fleet_part *part)
{
	char *word = fleet_word(f, work, part), *reason = fleet_reason(part);
	bool usable = part->judgement.verdict != VERDICT_UNUSABLE;

	buf_printf(b, "<td class=\"%s\">", colour_of(part));
	if (usable && part->fleet.effect.n)
		buf_printf(b, "<b>%.3f</b> ", part->fleet.effect.ratio);
	buf_put(b, "<span class=\"word\">");
	buf_html(b, word);
	buf_put(b, "</span>");
	if (usable && part->nr)
		put_numbers(b, part);
	if (*reason)
		put_small(b, " class=\"note\"", mem_printf("%s", reason));
	buf_put(b, "</td>");
	free(reason);
	free(word);
}

static char *work_title(const struct fleet_work *w)
{
	return mem_printf("%s: %s%s%s", w->name, w->metric, *w->unit ? ", " : "", w->unit);
}

void fleet_policy_heads(struct buf *b, const struct fleet_view *f, const char *first)
{
	buf_printf(b, "<thead><tr><th scope=\"col\">%s</th>", first);
	for (unsigned p = 0; p < f->nr_policies; p++) {
		buf_put(b, "<th scope=\"col\">");
		buf_html(b, f->policy[p]);
		buf_put(b, "</th>");
	}
	buf_put(b, "</tr></thead>\n<tbody>\n");
}

static void put_without(struct buf *b, const struct fleet_cell *cell)
{
	char *range = fleet_without_one(cell);

	fleet_text_cell(
		b, mem_printf("%s%s", range,
			      isnan(cell->least) || cell->holds ? "" : ", and the verdict hangs on one"));
	free(range);
}

/* What the answer becomes without any one machine. */
static void put_leaving_out(struct buf *b, const struct fleet_view *f)
{
	static char *const heads[] = { "policy", "all", "without any one", NULL };

	table_begin(b, "The ratio without any one machine");
	table_head(b, "workload", heads);
	for (unsigned w = 0; w < f->nr_works; w++)
		for (unsigned p = 0; p < f->nr_policies; p++) {
			fleet_head_cell(b, mem_printf("%s", f->work[w].name));
			fleet_text_cell(b, mem_strdup(f->policy[p]));
			fleet_text_cell(b, fleet_effect(&fleet_cell(f, w, p)->all));
			put_without(b, fleet_cell(f, w, p));
			buf_put(b, "</tr>\n");
		}
	table_end(b);
}

void fleet_matrix(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	const struct fleet_view *f = p->view;

	(void)out_dir;
	table_begin(b, "Ratio to fair over the machines of the fleet");
	fleet_policy_heads(b, f, "workload");
	for (unsigned w = 0; w < f->nr_works; w++) {
		fleet_head_cell(b, work_title(&f->work[w]));
		for (unsigned policy = 0; policy < f->nr_policies; policy++)
			fleet_part_cell(b, f, w, &fleet_cell(f, w, policy)->all);
		buf_put(b, "</tr>\n");
	}
	table_end(b);
	put_leaving_out(b, f);
}

static void put_class_list(struct buf *b, const struct members *m)
{
	buf_put(b, "<ul>\n");
	for (unsigned i = 0; i < m->nr_classes; i++) {
		buf_put(b, "<li>");
		buf_htmlf(b, "Class %u, %u machine%s: %s", i + 1, m->size[i], m->size[i] == 1 ? "" : "s",
			  m->class[i]);
		buf_put(b, "</li>\n");
	}
	buf_put(b, "</ul>\n");
}

static void put_class_row(struct buf *b, const struct fleet_view *f, unsigned w, unsigned policy)
{
	const struct fleet_cell *cell = fleet_cell(f, w, policy);

	fleet_head_cell(b, mem_printf("%s, %s", f->work[w].name, f->policy[policy]));
	for (unsigned i = 0; i < f->members->nr_classes; i++)
		fleet_part_cell(b, f, w, &cell->class[i]);
	fleet_text_cell(b,
			isnan(cell->explained_by) ? mem_strdup("–") : mem_printf("%.2g", cell->explained_by));
	buf_put(b, "</tr>\n");
}

void fleet_classes(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	const struct fleet_view *f = p->view;

	(void)out_dir;
	put_class_list(b, f->members);
	if (f->members->nr_classes < 2)
		return;
	table_begin(b, "Ratio to fair in each class");
	buf_put(b, "<thead><tr><th scope=\"col\">workload, policy</th>");
	for (unsigned i = 0; i < f->members->nr_classes; i++)
		buf_printf(b, "<th scope=\"col\">class %u</th>", i + 1);
	buf_put(b, "<th scope=\"col\">p</th></tr></thead>\n<tbody>\n");
	for (unsigned w = 0; w < f->nr_works; w++)
		for (unsigned policy = 0; policy < f->nr_policies; policy++)
			put_class_row(b, f, w, policy);
	table_end(b);
}
