/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each machine's own ratio beside the fleet's, on one axis. */
#include <math.h>
#include <stdlib.h>
#include "figures/forest_row.h"
#include "figures/strip.h"
#include "record/env_key.h"
#include "report/fleet_section.h"
#include "text/table.h"
#include "util/mem.h"

/* A cell's machines: which workload and policy, and how far the axis reaches. */
struct lane {
	const struct fleet_view *f;
	const struct fleet_cell *cell;
	const char *policy;
	struct span span;
};

static struct span span_of(const struct lane *l)
{
	struct span s = forest_span(l->f->margin);

	forest_reach(&s, &l->cell->all.judgement);
	for (size_t i = 0; i < l->f->members->nr; i++) {
		struct judgement own = fleet_own(l->f, &l->cell->one[i]);

		if (judgement_n(&own))
			forest_reach(&s, &own);
	}
	return forest_room(&s);
}

static void put_bar(struct buf *b, const struct lane *l, const struct judgement *j, const char *text)
{
	const struct strip_bar bar = { j, l->span, l->f->margin, text };

	buf_put(b, "<td>");
	strip_bar(b, &bar);
	buf_put(b, "</td>");
}

static char *own_effect(const struct judgement *j)
{
	char *value = judgement_value(j, ""), *ends = judgement_ends(j),
	     *text = mem_printf("%s%s%s", value, ends ? " " : "", ends ? ends : "");

	free(value);
	free(ends);
	return text;
}

static void put_disagrees(struct buf *b, const struct lane *l, size_t i)
{
	const struct fleet_one *one = &l->cell->one[i];
	char *differs;

	if (!fleet_strays(one)) {
		buf_put(b, "<td></td>");
		return;
	}
	differs = fleet_differs(l->f->members, i);
	buf_put(b, "<td class=\"text\"><span class=\"word\">≠ disagrees</span><small class=\"note\">");
	buf_html(b, *differs ? differs : "nothing that it recorded is otherwise");
	buf_put(b, "</small></td>");
	free(differs);
}

static void put_machine(struct buf *b, const struct lane *l, size_t i)
{
	const struct member *m = &l->f->members->member[i];
	const char *kernel = run_env_known(&m->run, ENV_KERNEL);
	struct judgement own = fleet_own(l->f, &l->cell->one[i]);
	char *effect = own_effect(&own);

	fleet_head_cell(b, member_name(m));
	buf_printf(b, "<td>%u</td>", m->class + 1);
	fleet_text_cell(b, mem_strdup(kernel ? kernel : "–"));
	buf_put(b, "<td class=\"effect\">");
	buf_html(b, effect);
	buf_put(b, "</td>");
	put_bar(b, l, &own, effect);
	put_disagrees(b, l, i);
	buf_put(b, "</tr>\n");
	free(effect);
}

static void put_all(struct buf *b, const struct lane *l)
{
	char *effect = fleet_effect(&l->cell->all);

	buf_put(b,
		"<tr class=\"group\"><th scope=\"row\">the fleet</th><td></td><td></td><td class=\"effect\">");
	buf_html(b, effect);
	buf_put(b, "</td>");
	put_bar(b, l, &l->cell->all.judgement, effect);
	buf_put(b, "<td></td></tr>\n");
	free(effect);
}

static void put_lane(struct buf *b, const struct lane *l, const struct fleet_work *w)
{
	char *caption = mem_printf("%s under %s, each machine's ratio to its fair", w->name, l->policy);

	table_begin(b, caption);
	buf_printf(
		b,
		"<thead><tr><th scope=\"col\">machine</th><th scope=\"col\">class</th><th scope=\"col\">kernel</th>"
		"<th scope=\"col\">ratio</th><th scope=\"col\">%s<small class=\"ends\"><span>%.3g</span> <span>%.3g"
		"</span></small></th><th scope=\"col\">disagrees</th></tr></thead>\n<tbody>\n",
		"on one axis", l->span.from, l->span.to);
	put_all(b, l);
	for (size_t i = 0; i < l->f->members->nr; i++)
		if (l->cell->one[i].due)
			put_machine(b, l, i);
	table_end(b);
	free(caption);
}

void fleet_forest(struct buf *b, const struct fleet_page *p, const char *out_dir)
{
	const struct fleet_view *f = p->view;

	(void)out_dir;
	for (unsigned w = 0; w < f->nr_works; w++) {
		buf_put(b, "<h3>");
		buf_html(b, f->work[w].name);
		buf_put(b, "</h3>\n");
		for (unsigned policy = 0; policy < f->nr_policies; policy++) {
			struct lane l = { f, fleet_cell(f, w, policy), f->policy[policy], { 0, 0 } };

			l.span = span_of(&l);
			put_lane(b, &l, &f->work[w]);
		}
	}
}
