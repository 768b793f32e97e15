/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/index.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "report/index_answer.h"
#include "report/page.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/fs.h"
#include "util/mem.h"

static void put_cell(struct buf *b, const char *text)
{
	buf_put(b, "<td>");
	buf_html(b, text ? text : "–");
	buf_put(b, "</td>");
}

static void put_began(struct buf *b, int64_t ns)
{
	time_t seconds = ns / 1000000000;
	char text[32] = "";
	struct tm tm;

	if (ns && gmtime_r(&seconds, &tm))
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm);
	put_cell(b, *text ? text : NULL);
}

/* Links only to a page that exists: a run that was never reported has none yet. */
static void put_name(struct buf *b, const char *id, const char *out_dir)
{
	char *path = mem_printf("%s/%s/index.html", out_dir, id);
	bool there = fs_exists(path);

	buf_put(b, "<tr><th scope=\"row\">");
	if (there) {
		buf_put(b, "<a href=\"");
		buf_html(b, id);
		buf_put(b, "/index.html\">");
	}
	buf_html(b, id);
	buf_put(b, there ? "</a></th>" : "</th>");
	free(path);
}

/* The answer, and how many verdicts there are of each. */
static void put_answer(struct buf *b, const struct index_answer *a)
{
	if (!a->answer) {
		put_cell(b, NULL);
		return;
	}
	buf_put(b, "<td class=\"why\">");
	buf_html(b, a->answer);
	if (*a->verdicts)
		buf_printf(b, "<small class=\"note\">%s</small>", a->verdicts);
	if (a->emulated)
		buf_put(b, "<small class=\"status\">EMULATED: ratios only, never speed</small>");
	buf_put(b, "</td>");
}

/* What the page says of them; of a run without one how many. */
static void put_samples(struct buf *b, const struct store_line *l, const struct index_answer *a)
{
	buf_printf(b, "<td>%u of %u", l->samples, l->planned);
	if (a->lost && *a->lost)
		buf_printf(b, "<small class=\"status\">%s</small>", a->lost);
	else if (l->not_ok)
		buf_printf(b, "<small class=\"status\">%u not ok</small>", l->not_ok);
	buf_put(b, "</td>");
}

static void put_machine(struct buf *b, const struct index_runs *runs, const char *host)
{
	const char *hardware = "";

	for (size_t i = 0; host && i < runs->nr_machines; i++)
		if (!strcmp(runs->machine[i].host, host))
			hardware = runs->machine[i].hardware;
	buf_put(b, "<td>");
	buf_html(b, *hardware ? hardware : host ? host : "–");
	if (*hardware) {
		buf_put(b, "<small>");
		buf_html(b, host);
		buf_put(b, "</small>");
	}
	buf_put(b, "</td>");
}

static void put_run(struct buf *b, const struct index_runs *runs, const struct store_line *l,
		    const char *out_dir)
{
	char *page = mem_printf("%s/%s", out_dir, l->id);
	struct index_answer a;

	index_answer_read(page, &a);
	put_name(b, l->id, out_dir);
	put_began(b, l->started_ns);
	put_answer(b, &a);
	put_samples(b, l, &a);
	put_cell(b, l->tags);
	put_cell(b, l->plan);
	put_cell(b, l->kernel);
	put_machine(b, runs, l->host);
	put_cell(b, l->where);
	buf_put(b, "</tr>\n");
	index_answer_free(&a);
	free(page);
}

static char *runs_table(const struct index_runs *runs, const char *out_dir)
{
	static char *const heads[] = { "began, UTC", "answer",	"samples", "tags", "plan",
				       "kernel",     "machine", "where",   NULL };
	struct buf b = { 0 };

	table_begin(&b, "Every run in the store, the one that was stored last first");
	table_head(&b, "run", heads);
	for (size_t i = 0; i < runs->nr; i++)
		put_run(&b, runs, &runs->line[i], out_dir);
	table_end(&b);
	return buf_take(&b);
}

int index_write_runs(const char *home, const struct index_runs *runs, const char *out_dir)
{
	struct slot slot[] = { { "title", mem_strdup("scxbench: all runs") },
			       { "description",
				 mem_strdup("Every scxbench run in this store, with its page.") },
			       { "nav", page_nav(out_dir, "", "runs.html") },
			       { "runs", runs_table(runs, out_dir) } };
	struct page page = { "runs.html", "runs.html", "runs.js", slot, sizeof(slot) / sizeof(*slot) };

	return page_make(home, &page, out_dir);
}

int index_write_latest(const char *home, const struct store_run *run, const char *out_dir)
{
	struct buf id = { 0 }, answer = { 0 };
	struct compare c;
	char *text;

	compare_make(run, &c);
	text = compare_answer(&c);
	buf_html(&id, run->run.id);
	buf_html(&answer, text);
	free(text);
	compare_free(&c);

	struct slot slot[] = { { "id", buf_take(&id) }, { "answer", buf_take(&answer) } };
	struct page page = { "latest.html", "index.html", NULL, slot, sizeof(slot) / sizeof(*slot) };

	return page_make(home, &page, out_dir);
}
