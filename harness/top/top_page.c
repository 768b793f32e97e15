/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a screen. Pure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/buf.h"
#include "text/grid.h"
#include "top/top.h"
#include "util/mem.h"
#include "util/utf8.h"

static const char *const keys_help[] = {
	"digits, Tab  the view that is shown",
	"< >          the column to sort tasks and cgroups by",
	"r            reverse the order",
	"/            find a text in the list, n and N the next and previous one",
	"\\            only tasks with a text in name or cgroup, or a thread id",
	"             Enter ends the typing, Esc drops the text",
	"p, space     pause and continue",
	", .  [ ]     of a record: a look back, forward; ten; { } to its ends",
	"arrows, PgUp, PgDn, Home    move through the list",
	"h, ?         this help, and back",
	"q            end",
	"",
	"RUN%, WAIT%  of one CPU: it runs, or it is runnable without a CPU",
	"USED%        of one CPU, tasks of every class; a cgroup with those below it",
	"MOVES        migrations a second",
	"WAITED       time in custody until now; OLDEST: the longest of them;",
	"             WAITS: since it is runnable without a CPU",
	"STATE        runs; custody: in a queue of the policy; next: in one of the",
	"             kernel's, to run next; -: sleeps, mostly",
	"time in custody     of periods that ended by dispatch",
	"NS           a call of the op, as the kernel measures it while top runs",
	NULL,
};

/* What is filled, from the top. */
struct page {
	const struct top_size *size;
	struct top_line *line;
};

/* Without control bytes; ? replaces what the terminal can't show. No line y: nothing. */
static void page_put(const struct page *p, int y, const char *text, enum top_style style)
{
	char *clean;

	if (y < 0 || y >= p->size->lines)
		return;
	clean = utf8_printable(text, 0);
	for (char *s = clean; !p->size->utf8 && *s; s++)
		if (*s & 0x80)
			*s = '?';
	clean[utf8_fit(clean, p->size->columns)] = '\0';
	free(p->line[y].text);
	p->line[y] = (struct top_line){ clean, style };
}

static int page_summary(const struct page *p, const struct top_data *d)
{
	struct buf b = { 0 };
	char *text, *line, *rest;
	int y = 0;

	top_summary(&b, d);
	rest = text = buf_take(&b);
	for (; y < TOP_SUMMARY && (line = strsep(&rest, "\n")); y++)
		page_put(p, y, line, !y || d->rates->violations ? STYLE_BOLD : STYLE_PLAIN);
	free(text);
	return y;
}

static void page_tabs(const struct page *p, const struct top_look *look, int y)
{
	struct buf b = { 0 };
	char *text;

	for (int i = 0; i < NR_VIEWS; i++)
		buf_printf(&b, i == (int)look->view ? "[%d %s]" : " %d %s ", i + 1, top_views[i]);
	text = buf_take(&b);
	page_put(p, y, text, STYLE_BAR);
	free(text);
}

static void foot_look(struct buf *b, const struct top_look *look)
{
	bool sorted = look->view == VIEW_TASKS || look->view == VIEW_CGROUPS;

	if (sorted)
		buf_printf(b, "by %s%s  ", top_sorts[look->sort], look->reverse ? " (reversed)" : "");
	if (*look->filter && (sorted || look->view == VIEW_CUSTODY || look->view == VIEW_NODES))
		buf_printf(b, "only '%s'  ", look->filter);
}

/* What was found in how many lines; the hit is one of them. */
static void foot_find(struct buf *b, const struct top_screen *s, size_t found)
{
	if (!*s->find)
		return;
	if (found)
		buf_printf(b, "'%s' %ld of %zu  ", s->find, s->hit + 1, found);
	else
		buf_printf(b, "'%s' is not there  ", s->find);
}

static char *foot_text(const struct top_screen *s, const struct top_data *d, size_t found)
{
	struct buf b = { 0 };

	if (s->typing == TYPING_FILTER) {
		buf_printf(&b, "only what has: %s_", s->look->filter);
		return buf_take(&b);
	}
	if (s->typing == TYPING_FIND)
		buf_printf(&b, "find: %s_  ", s->find);
	if (s->paused)
		buf_put(&b, "PAUSED  ");
	if (d->where)
		buf_printf(&b, "%s  ", d->where);
	foot_find(&b, s, found);
	foot_look(&b, s->look);
	buf_put(&b, "? help  q end");
	if (!d->where && !*s->find)
		buf_put(&b, "  Tab view  < > r sort  / find  \\ filter  p pause");
	return buf_take(&b);
}

static void page_foot(const struct page *p, const struct top_screen *s, char *owned)
{
	page_put(p, p->size->lines - 1, owned, s->paused || s->typing ? STYLE_BOLD : STYLE_DIM);
	free(owned);
}

static size_t lines_count(char *const *lines)
{
	size_t nr = 0;

	while (lines[nr])
		nr++;
	return nr;
}

/* How many lines below the heads have the text; *at is the one of the hit, which is brought into range. */
static size_t find_lines(struct top_screen *s, char *const *lines, size_t *at)
{
	size_t nr = 0, seen = 0;

	for (size_t i = 1; *s->find && lines[i]; i++)
		nr += strcasestr(lines[i], s->find) != NULL;
	if (!nr)
		return 0;
	s->hit = (s->hit % (long)nr + (long)nr) % (long)nr;
	for (size_t i = 1; lines[i]; i++)
		if (strcasestr(lines[i], s->find) && seen++ == (size_t)s->hit)
			*at = i;
	return nr;
}

/* The line at the top: where the person scrolled to, or so that the hit is in sight. */
static void scroll_lines(struct top_screen *s, size_t nr, size_t room, size_t hit)
{
	if (hit && s->follow && (hit <= s->first || hit > s->first + room))
		s->first = hit > room / 2 ? hit - 1 - room / 2 : 0;
	if (s->first + room + 1 > nr)
		s->first = nr > room + 1 ? nr - room - 1 : 0;
}

/* The head stays, what is below it scrolls. Returns in how many lines the text was found. */
static size_t page_table(const struct page *p, struct top_screen *s, const struct top_data *d, int y)
{
	size_t found, hit = 0, nr, room = p->size->lines - 1 > y + 1 ? p->size->lines - 2 - y : 0;
	struct grid g;
	char **lines;

	top_table(&g, d, s->look->view);
	lines = grid_lines(&g);
	grid_free(&g);
	nr = lines_count(lines);
	found = find_lines(s, lines, &hit);
	scroll_lines(s, nr, room, hit);
	page_put(p, y++, lines[0], STYLE_HEADS);
	for (size_t i = 0; i < room && 1 + s->first + i < nr; i++) {
		size_t at = 1 + s->first + i;

		page_put(p, y + (int)i, lines[at],
			 found && at == hit			      ? STYLE_FOUND
			 : *s->find && strcasestr(lines[at], s->find) ? STYLE_BOLD
								      : STYLE_PLAIN);
	}
	for (size_t i = 0; i < nr; i++)
		free(lines[i]);
	free(lines);
	return found;
}

static void page_help(const struct page *p)
{
	page_put(p, 0, "scxbench top", STYLE_BOLD);
	for (int i = 0; keys_help[i]; i++)
		page_put(p, i + 2, keys_help[i], STYLE_PLAIN);
}

struct top_line *top_page(struct top_screen *s, const struct top_data *d)
{
	const struct page p = { &d->size, mem_zalloc(d->size.lines, sizeof(*p.line)) };
	size_t found = 0;
	int y;

	for (y = 0; y < d->size.lines; y++)
		page_put(&p, y, "", STYLE_PLAIN);
	if (s->help) {
		page_help(&p);
	} else {
		y = page_summary(&p, d);
		page_tabs(&p, s->look, y);
		found = page_table(&p, s, d, y + 1);
	}
	page_foot(&p, s, foot_text(s, d, found));
	return p.line;
}

void top_page_free(struct top_line *line, int lines)
{
	for (int y = 0; y < lines; y++)
		free(line[y].text);
	free(line);
}
