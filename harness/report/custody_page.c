/* SPDX-License-Identifier: GPL-2.0-or-later */
/* custody.html: every policy under the storm, kernel by kernel. */
#include <stdlib.h>
#include "report/kernel_runs.h"
#include "report/page.h"
#include "report/report.h"
#include "judge/ledgers.h"
#include "report/ledger_rows.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/fs.h"
#include "util/mem.h"

static void put_title(struct buf *b, const struct ledgers *s)
{
	buf_htmlf(b, "scxbench: custody of %u policies on %u kernels", s->nr_policies, s->nr_runs);
}

static void put_answer(struct buf *b, const struct ledgers *s)
{
	buf_put(b, "<ul class=\"answer\">\n");
	for (unsigned i = 0; i < s->nr_runs; i++) {
		char *answer = ledgers_answer(s, i);

		buf_put(b, "<li>");
		buf_html(b, answer);
		buf_put(b, "</li>\n");
		free(answer);
	}
	buf_put(b, "</ul>\n");
}

static void put_banner(struct buf *b, const struct ledgers *s)
{
	bool emulated = false;

	for (unsigned i = 0; i < s->nr_runs; i++)
		emulated |= s->run[i].run.emulated;
	if (emulated)
		buf_put(b, "<p class=\"banner\"><strong>Taken under emulation.</strong> The counts are "
			   "valid. Times in custody are those of a slow machine and say nothing about "
			   "speed.</p>\n");
}

static const char *state_class(enum ledger_state state)
{
	if (state == LEDGER_BALANCED)
		return "better";
	return ledger_fails(state) ? "worse" : "none";
}

static void put_small(struct buf *b, double count, const char *what)
{
	buf_put(b, "<small>");
	buf_number(b, count);
	buf_printf(b, " %s</small>", what);
}

static void put_state(struct buf *b, const struct ledger *l)
{
	static const char *const marks[] = { "▼ ", "▼ ", "▼ ", "▼ ", "≈ ", "▲ ", "" };
	enum ledger_state state = ledger_state(l);

	buf_printf(b, "<td class=\"%s\"><b class=\"word\">%s%s</b>", state_class(state), marks[state],
		   ledger_word(state));
	if (l->kept) {
		put_small(b, ledger_total(l, CUSTODY_ENTRIES), "entries");
		put_small(b, ledger_total(l, CUSTODY_EXITS), "exits");
		put_small(b, ledger_count(l, SCXB_CUSTODY_exit_inferred), "inferred");
		put_small(b, ledger_inside(l), "still inside");
		put_small(b, ledger_total(l, CUSTODY_VIOLATIONS), "violations");
	}
	buf_put(b, "</td>\n");
}

static void put_verdicts(struct buf *b, const struct ledgers *s)
{
	table_begin(b, "Does every task that enters leave exactly once? The same objects on each kernel");
	table_head(b, "Linux", s->label);
	for (unsigned p = 0; p < s->nr_policies; p++) {
		buf_put(b, "<tr><th scope=\"row\">");
		buf_html(b, ledgers_of(s, p, 0)->title);
		buf_put(b, "</th>");
		for (unsigned i = 0; i < s->nr_runs; i++)
			put_state(b, ledgers_of(s, p, i));
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}

/* A part of the ledgers, one table per policy. */
static const struct part {
	const char *what;
	void (*rows)(struct grid *g, const struct ledger *ledger, unsigned nr);
} ledgers_part = { "Ledger", ledger_rows }, storms_part = { "Storm", storm_rows };

static void put_policy(struct buf *b, const struct ledgers *s, unsigned policy, const struct part *part)
{
	const char *title = ledgers_of(s, policy, 0)->title;
	char *caption = mem_printf("%s of %s, kernel by kernel", part->what, title);
	struct grid g;

	grid_begin(&g, &(struct grid_column){ .head = title }, 1);
	for (unsigned i = 0; i < s->nr_runs; i++)
		grid_column(&g, s->label[i], GRID_NUMBER);
	part->rows(&g, ledgers_of(s, policy, 0), s->nr_runs);
	if (g.rows)
		grid_html(b, &g, caption);
	grid_free(&g);
	free(caption);
}

static void put_part(struct buf *b, const struct ledgers *s, const struct part *part)
{
	buf_put(b, "<div class=\"beside\">\n");
	for (unsigned p = 0; p < s->nr_policies; p++)
		put_policy(b, s, p, part);
	buf_put(b, "</div>\n");
}

static void put_ledgers(struct buf *b, const struct ledgers *s)
{
	put_part(b, s, &ledgers_part);
}

static void put_storms(struct buf *b, const struct ledgers *s)
{
	put_part(b, s, &storms_part);
}

static void put_notes(struct buf *b, const struct ledgers *s)
{
	buf_put(b, "<pre tabindex=\"0\" role=\"group\" aria-label=\"Notes\">");
	for (unsigned i = 0; i < s->nr_runs; i++) {
		char *notes = ledgers_notes(s, i);

		buf_html(b, notes);
		free(notes);
	}
	buf_put(b, "</pre>\n");
}

static void put_runs(struct buf *b, const struct ledgers *s)
{
	kernel_runs(b, &(struct kernel_runs){ s->run, s->nr_runs, s->label, NULL });
}

static const struct {
	const char *name;
	void (*put)(struct buf *b, const struct ledgers *s);
} sections[] = {
	{ "title", put_title },	      { "answer", put_answer },	  { "banner", put_banner },
	{ "verdicts", put_verdicts }, { "ledgers", put_ledgers }, { "storms", put_storms },
	{ "notes", put_notes },	      { "runs", put_runs },
};
#define NR_SECTIONS (sizeof(sections) / sizeof(*sections))

#define DESCRIPTION "The custody ledgers of sched_ext policies under a storm of changes, kernel by kernel."

int report_custody_write(const char *home, const struct store_run *run, size_t nr, const char *out_dir)
{
	struct slot slot[NR_SECTIONS + 2] = { { "description", mem_strdup(DESCRIPTION) },
					      { "nav", page_nav(out_dir, "", "custody.html") } };
	struct page page = { "custody.html", "custody.html", NULL, slot, NR_SECTIONS + 2 };
	int err = fs_make_dir(out_dir);
	struct ledgers s;

	if (err)
		return err;
	ledgers_make(run, nr, &s);
	for (size_t i = 0; i < NR_SECTIONS; i++) {
		struct buf b = { 0 };

		sections[i].put(&b, &s);
		slot[i + 2] = (struct slot){ sections[i].name, buf_take(&b) };
	}
	ledgers_free(&s);
	return page_make(home, &page, out_dir);
}
