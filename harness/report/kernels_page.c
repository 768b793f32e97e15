/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/kernels.h"

#include <stdlib.h>
#include <string.h>
#include "report/kernel_runs.h"
#include "report/page.h"
#include "report/section.h"
#include "text/table.h"
#include "util/fs.h"
#include "util/mem.h"

/* Where one of the tables has its cells from. */
struct table {
	const struct kernels *k;
	const char *caption;
	void (*cell)(struct buf *b, const struct kernels *k, struct kernel_place at);
};

static void put_answers(struct buf *b, const struct kernels *k)
{
	for (unsigned i = 0; i < k->nr_runs; i++) {
		char *answer = kernels_answer(k, i), *notes = kernels_notes(k, i);

		buf_put(b, "<li>");
		buf_htmlf(b, "%s%s%s", answer, *notes ? " " : "", notes);
		buf_put(b, "</li>\n");
		free(notes);
		free(answer);
	}
}

static char *answer_slot(const struct kernels_view *v)
{
	struct buf b = { 0 };

	buf_put(&b, "<ul class=\"answer\">\n");
	put_answers(&b, v->measured.nr_runs ? &v->measured : &v->counted);
	for (const char *const *why = v->without; why && *why; why++) {
		buf_put(&b, "<li>");
		buf_html(&b, *why);
		buf_put(&b, "</li>\n");
	}
	buf_put(&b, "</ul>\n");
	return buf_take(&b);
}

static char *banner_slot(const struct kernels_view *v)
{
	struct buf b = { 0 };
	bool emulated = false;

	for (unsigned i = 0; i < v->measured.nr_runs; i++)
		emulated |= v->measured.run[i].run.emulated;
	if (emulated)
		buf_put(&b,
			"<p class=\"banner\"><strong>Measured under emulation: ratios only, never speed.</strong> An "
			"emulator runs every instruction in software; caches, SMT and NUMA cost nothing there.</p>\n");
	return buf_take(&b);
}

static void put_missing(struct buf *b, const struct kernels *k, struct kernel_place at)
{
	const char *why = kernels_why(k, at);

	buf_printf(b, "<td class=\"none absent\"><span class=\"word\">%s</span>",
		   why ? "left out" : "not run");
	if (why) {
		buf_put(b, "<small class=\"note\">");
		buf_html(b, why);
		buf_put(b, "</small>");
	}
}

static void put_judged(struct buf *b, const struct kernels *k, struct kernel_place at)
{
	const struct work *row;
	const struct cell *cell = kernels_cell(k, at, &row);

	if (!cell) {
		put_missing(b, k, at);
		return;
	}
	section_judged(b, &k->compare[at.run], cell);
	section_taken(b, cell);
}

static void put_cost(struct buf *b, const struct kernels *k, struct kernel_place at)
{
	char *value, *ratio;

	kernels_cost(k, at, &value, &ratio);
	if (value) {
		buf_printf(b, "<td class=\"none\"><b>%s</b>", value);
		if (ratio) {
			buf_put(b, "<small>");
			buf_html(b, ratio);
			buf_put(b, "</small>");
		}
	} else {
		put_missing(b, k, at);
	}
	free(value);
	free(ratio);
}

/* Each kernel, and what fair is there. */
static void put_heads(struct buf *b, const struct kernels *k)
{
	buf_put(b, "<thead><tr><th scope=\"col\">Linux</th>");
	for (unsigned i = 0; i < k->nr_runs; i++) {
		buf_put(b, "<th scope=\"col\">");
		buf_html(b, k->label[i]);
		buf_put(b, "<small>fair: ");
		buf_html(b, kernels_fair(k, i));
		buf_put(b, "</small></th>");
	}
	buf_put(b, "</tr></thead>\n<tbody>\n");
}

static void put_work(struct buf *b, const struct table *t, unsigned work)
{
	const struct kernel_work *w = &t->k->work[work];

	buf_printf(b, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%u\">", t->k->nr_runs + 1);
	buf_htmlf(b, "%s: %s%s%s", w->name, w->metric, *w->unit ? ", " : "", w->unit);
	buf_put(b, "</th></tr>\n");
	for (unsigned p = 0; p < t->k->nr_policies; p++) {
		buf_put(b, "<tr><th scope=\"row\" class=\"sub\">");
		buf_html(b, t->k->policy[p]);
		buf_put(b, "</th>\n");
		for (unsigned i = 0; i < t->k->nr_runs; i++) {
			t->cell(b, t->k, (struct kernel_place){ i, work, p });
			buf_put(b, "</td>\n");
		}
		buf_put(b, "</tr>\n");
	}
}

static char *table_slot(const struct table *t, const char *none)
{
	struct buf b = { 0 };

	if (!t->k->nr_runs) {
		buf_printf(&b, "<p>%s</p>\n", none);
		return buf_take(&b);
	}
	table_begin(&b, t->caption);
	put_heads(&b, t->k);
	for (unsigned w = 0; w < t->k->nr_works; w++)
		put_work(&b, t, w);
	table_end(&b);
	return buf_take(&b);
}

static char *runs_slot(const struct kernels_view *v, const char *out_dir)
{
	const struct kernels *const part[] = { &v->measured, &v->counted };
	struct buf b = { 0 };

	for (size_t i = 0; i < 2; i++)
		if (part[i]->nr_runs)
			kernel_runs(&b, &(struct kernel_runs){ part[i]->run, part[i]->nr_runs, part[i]->label,
							       out_dir });
	return buf_take(&b);
}

int kernels_page(const char *home, const struct kernels_view *v, const char *out_dir)
{
	const struct table measured = { &v->measured, "Ratio to the fair of the same kernel, paired by block",
					put_judged },
			   counted = { &v->counted, "Instructions an operation, of each kernel", put_cost };
	struct slot slot[] = {
		{ "title", mem_strdup("scxbench: policies, kernel by kernel") },
		{ "description",
		  mem_strdup(
			  "sched_ext policies on several kernels, each against the fair of its own kernel.") },
		{ "nav", page_nav(out_dir, "", "kernels.html") },
		{ "answer", answer_slot(v) },
		{ "banner", banner_slot(v) },
		{ "measured", table_slot(&measured, "No run with times is among these.") },
		{ "counted",
		  table_slot(&counted,
			     "Not counted: no run of the exact lab is among these, so fair of one kernel is "
			     "not compared with fair of another.") },
		{ "runs", runs_slot(v, out_dir) },
	};
	struct page page = { "kernels.html", "kernels.html", NULL, slot, sizeof(slot) / sizeof(*slot) };
	int err = fs_make_dir(out_dir);

	return err ? err : page_make(home, &page, out_dir);
}
