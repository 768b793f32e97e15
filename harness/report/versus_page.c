/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/versus_page.h"

#include <stdlib.h>
#include <string.h>
#include "judge/caption.h"
#include "record/role.h"
#include "report/ledger_rows.h"
#include "report/page.h"
#include "report/section.h"
#include "report/terminal.h"
#include "report/versus_table.h"
#include "report/versus_words.h"
#include "util/mem.h"

static bool one_run(const struct versus_view *view)
{
	return view->spec->a == view->spec->b;
}

static void put_side(struct buf *b, const char *letter, const char *name, const struct compare *c)
{
	char *origin = caption_origin(c), *marks = caption_marks(c);

	buf_printf(b, "<li><b>%s</b> is ", letter);
	buf_html(b, name);
	buf_htmlf(b, ": plan %s; %s", c->run->run.plan, origin);
	if (*marks)
		buf_printf(b, " <strong class=\"mark\">%s</strong>", marks);
	buf_put(b, "</li>\n");
	free(marks);
	free(origin);
}

static void put_sides(struct buf *b, const struct versus_page *p)
{
	buf_put(b, "<ul class=\"sides\">\n");
	put_side(b, "A", p->view->name_a, p->view->spec->a);
	put_side(b, "B", p->view->name_b, p->view->spec->b);
	buf_put(b, "</ul>\n");
}

/* What keeps the numbers from being what they seem. */
static void put_banner(struct buf *b, const struct versus_page *p)
{
	const struct differences *d = p->view->differences;

	for (size_t i = 0; i < d->nr_reasons; i++) {
		buf_put(b, "<p class=\"banner\"><strong>Not comparable:</strong> ");
		buf_htmlf(b, "%s. No verdicts.", d->reason[i]);
		buf_put(b, "</p>\n");
	}
	banner_html(b, &p->view->spec->b->run->run);
}

/* "The environment differs in 3 things (kernel, cpu.governor, ...)" */
static void put_warning(struct buf *b, const struct versus_page *p)
{
	const struct differences *d = p->view->differences;

	if (!d->nr)
		return;
	buf_printf(
		b,
		"<p class=\"banner\"><a href=\"#differences\">%zu thing%s besides the samples</a>, any of which may be the cause: ",
		d->nr, d->nr == 1 ? " differs" : "s differ");
	for (size_t i = 0; i < d->nr && i < 4; i++)
		buf_htmlf(b, "%s%s", i ? ", " : "", d->item[i].key);
	buf_put(b, d->nr > 4 ? " and others.</p>\n" : ".</p>\n");
}

/* Lines of text; the first is what the page says. */
static void put_lines(struct buf *b, const char *text)
{
	size_t first = strcspn(text, "\n");

	if (!*text)
		return;
	buf_put(b, "<p class=\"answer\"><strong>");
	buf_htmlf(b, "%.*s", (int)first, text);
	buf_put(b, "</strong>");
	buf_html(b, text + first);
	buf_put(b, "</p>\n");
}

static void put_how(struct buf *b, const struct versus_page *p)
{
	struct buf text = { 0 };

	versus_how(&text, p->view);
	buf_put(b, "<p class=\"how\">");
	buf_html(b, text.text);
	buf_put(b, "</p>\n");
	free(text.text);
}

static void put_answer(struct buf *b, const struct versus_page *p)
{
	struct buf text = { 0 };

	put_warning(b, p);
	if (p->gate)
		regress_judgement(&text, p->gate, p->names);
	if (!p->view->differences->nr_reasons)
		versus_findings(&text, p->view);
	if (!text.len)
		buf_put(&text, "Nothing is concluded: all is exploratory.\n");
	put_lines(b, text.text);
	free(text.text);
	put_how(b, p);
}

static void put_differences(struct buf *b, const struct versus_page *p)
{
	static char *const heads[] = { "A", "B", NULL };

	if (!p->view->differences->nr)
		buf_put(b, one_run(p->view) ? "<p>Both are of one run.</p>\n"
					    : "<p>Their environments do not differ.</p>\n");
	differences_html(b, p->view->differences, "What differs besides the samples", heads);
}

static void put_outcomes(struct buf *b, const struct versus_page *p)
{
	versus_outcomes(b, p->view->v);
}

static void put_since(struct buf *b, const struct versus_page *p, struct versus_table t)
{
	char *caption;

	if (!p->gate || !p->gate->anchor)
		return;
	caption = mem_printf("Since the anchor %s, which only a person moves", p->names->anchor);
	t.v = &p->gate->anchor->versus;
	t.gate = p->gate->anchor->row;
	t.points = false;
	t.caption = caption;
	versus_table(b, &t);
	free(caption);
}

static void put_alone(struct buf *b, const struct versus *v)
{
	struct buf text = { 0 };

	versus_alone(&text, v, true);
	versus_alone(&text, v, false);
	if (text.len) {
		buf_put(b, "<p>");
		buf_html(b, text.text);
		buf_put(b, "</p>\n");
	}
	free(text.text);
}

static void put_forest(struct buf *b, const struct versus_page *p)
{
	const struct versus_view *view = p->view;
	char *head_a = versus_side_head(view, "A"), *head_b = versus_side_head(view, "B");
	struct versus_table t = { .v = view->v,
				  .spec = view->spec,
				  .gate = p->gate ? p->gate->row : NULL,
				  .caption = "B against A: above 1 is more in B",
				  .head_a = head_a,
				  .head_b = head_b,
				  .points = true };

	versus_table(b, &t);
	put_since(b, p, t);
	put_alone(b, view->v);
	free(head_a);
	free(head_b);
}

/* The ledgers of a side's policies, titled with its letter. */
static unsigned add_side(struct ledger *to, const struct versus_page *p, const char *letter)
{
	bool a = *letter == 'A';
	const struct compare *c = a ? p->view->spec->a : p->view->spec->b;
	const char *only = a ? p->view->spec->policy_a : p->view->spec->policy_b;
	unsigned nr = 0;

	for (unsigned i = 0; i < c->nr_policies; i++) {
		const char *policy = c->run->run.policies[i];
		unsigned first = nr;

		if ((only && strcmp(only, policy)) || run_is_fair(&c->run->run, policy))
			continue;
		nr += ledgers_add(c->run, policy, &to[nr]);
		for (unsigned k = first; k < nr; k++) {
			char *title = to[k].title;

			to[k].title = mem_printf("%s: %s", letter, title);
			free(title);
		}
	}
	return nr;
}

static void put_custody(struct buf *b, const struct versus_page *p)
{
	const struct versus_spec *s = p->view->spec;
	struct ledger *ledger = mem_zalloc(2 * (s->a->nr_policies + s->b->nr_policies), sizeof(*ledger));
	unsigned nr = add_side(ledger, p, "A");

	nr += add_side(ledger + nr, p, "B");
	if (nr)
		ledgers_html(b, ledger, nr);
	else
		buf_put(b, "<p>No policy but the kernel's own: nothing is in custody.</p>\n");
	for (unsigned i = 0; i < nr; i++)
		ledger_free(&ledger[i]);
	free(ledger);
}

static void put_title(struct buf *b, const struct versus_page *p)
{
	buf_htmlf(b, "scxbench: %s against %s", p->view->name_b, p->view->name_a);
}

static void put_question(struct buf *b, const struct versus_page *p)
{
	buf_put(b, p->gate	      ? "Is the run within its limits?"
		   : one_run(p->view) ? "Which of the two policies is better?"
				      : "What has changed from A to B?");
}

static void put_command(struct buf *b, const struct versus_page *p)
{
	buf_html(b, p->command);
}

static void put_nav(struct buf *b, const struct versus_page *p)
{
	buf_put(b, p->nav ? p->nav : "<span>scxbench</span>\n");
}

static struct slot make_slot(const char *name, void (*put)(struct buf *b, const struct versus_page *p),
			     const struct versus_page *p)
{
	struct buf b = { 0 };

	put(&b, p);
	return (struct slot){ name, buf_take(&b) };
}

int versus_page(const char *home, const struct versus_page *p, char **text)
{
	struct slot slot[] = {
		make_slot("title", put_title, p),	make_slot("description", put_title, p),
		make_slot("nav", put_nav, p),		make_slot("question", put_question, p),
		make_slot("sides", put_sides, p),	make_slot("banner", put_banner, p),
		make_slot("answer", put_answer, p),	make_slot("differences", put_differences, p),
		make_slot("outcomes", put_outcomes, p), make_slot("forest", put_forest, p),
		make_slot("custody", put_custody, p),	make_slot("command", put_command, p)
	};
	struct page page = { "versus.html", NULL, NULL, slot, sizeof(slot) / sizeof(*slot) };

	return page_text(home, &page, text);
}
