/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of top: the only user of ncurses. */
#include <curses.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "top/top.h"
#include "text/buf.h"
#include "util/utf8.h"

static const char *const keys_help[] = {
	"1 to 5, Tab  what is shown: the policy, its queues, CPUs, tasks, cgroups",
	"< >          the column to sort tasks and cgroups by",
	"r            reverse the order",
	"/            only tasks with this text in name or cgroup, or this thread id;",
	"             Enter ends the typing, Esc drops it",
	"p, space     pause and continue",
	", .  [ ]     of a record: a look back, forward; ten; { } to its ends",
	"arrows, PgUp, PgDn, Home    move through the list",
	"h, ?         this help, and back",
	"q            end",
	"",
	"RUN%, WAIT%  of one CPU: it runs, or it is runnable without a CPU",
	"USED%        of one CPU: all tasks in the cgroup and below it, of every class",
	"MOVES        migrations a second",
	"WAITED       time in custody until now; OLDEST: the longest of them",
	"STATE        runs; custody: in a queue of the policy; next: in one of the",
	"             kernel's, to run next; -: sleeps, mostly",
	"time in custody     of periods that ended by dispatch",
	"NS           a call of the op, as the kernel measures it while top runs",
	NULL,
};

/* The screen would overwrite messages, so they are kept until it ends. */
static int kept = -1, messages = -1;

static void keep_messages(void)
{
	kept = memfd_create("messages", MFD_CLOEXEC);
	messages = dup(STDERR_FILENO);
	dup2(kept, STDERR_FILENO);
}

static void tell_messages(void)
{
	char text[512];
	ssize_t n;

	dup2(messages, STDERR_FILENO);
	lseek(kept, 0, SEEK_SET);
	while ((n = read(kept, text, sizeof(text))) > 0)
		fwrite(text, 1, n, stderr);
	close(kept);
	close(messages);
}

int top_screen_begin(void)
{
	setlocale(LC_CTYPE, "");
	if (!newterm(NULL, stdout, stdin))
		return -1;
	keep_messages();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	set_escdelay(25);
	curs_set(0);
	return 0;
}

void top_screen_end(void)
{
	endwin();
	tell_messages();
}

/* Without control bytes; ? replaces what the terminal can't show. The rest of the line is filled. */
static void put_line(int y, const char *text, int attributes)
{
	char *clean = utf8_printable(text, 0);
	bool utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");

	for (char *s = clean; !utf8 && *s; s++)
		if (*s & 0x80)
			*s = '?';
	move(y, 0);
	attrset(attributes);
	addnstr(clean, utf8_fit(clean, COLS));
	if (getcury(stdscr) == y && getcurx(stdscr) > 0)
		(attributes & A_REVERSE) ? (void)hline(' ' | A_REVERSE, COLS - getcurx(stdscr))
					 : (void)clrtoeol();
	else if (!*clean)
		clrtoeol();
	attrset(A_NORMAL);
	free(clean);
}

static int put_summary(const struct top_data *d)
{
	struct buf b = { 0 };
	char *text, *line, *rest;
	int y = 0;

	top_summary(&b, d);
	rest = text = buf_take(&b);
	for (; y < TOP_SUMMARY && (line = strsep(&rest, "\n")); y++)
		put_line(y, line, !y || d->rates->violations ? A_BOLD : A_NORMAL);
	free(text);
	return y;
}

static void put_tabs(const struct top_screen *s, int y)
{
	const struct top_look *look = s->look;
	struct buf b = { 0 };
	char *text;

	for (int i = 0; i < NR_VIEWS; i++)
		buf_printf(&b, i == (int)look->view ? "[%d %s] " : " %d %s  ", i + 1, top_views[i]);
	if (look->view == VIEW_TASKS || look->view == VIEW_CGROUPS) {
		buf_printf(&b, " by %s%s", top_sorts[look->sort], look->reverse ? " (reversed)" : "");
		if (*look->filter)
			buf_printf(&b, ", only '%s'", look->filter);
	}
	text = buf_take(&b);
	put_line(y, text, A_REVERSE);
	free(text);
}

static void put_foot(const struct top_screen *s, const struct top_data *d)
{
	char line[160];

	if (s->typing)
		snprintf(line, sizeof(line), "only what has: %s_", s->look->filter);
	else if (d->where)
		snprintf(line, sizeof(line), "%s%s  , . [ ] step  p pause  ? help",
			 s->paused ? "PAUSED  " : "", d->where);
	else
		snprintf(line, sizeof(line),
			 "%sq end  1-5 Tab view  < > r sort  / filter  p pause  arrows scroll  ? help",
			 s->paused ? "PAUSED  " : "");
	put_line(LINES - 1, line, s->paused || s->typing ? A_BOLD : A_DIM);
}

static size_t top_screen_count(char *const *lines)
{
	size_t nr = 0;

	while (lines[nr])
		nr++;
	return nr;
}

/* The head stays, what is below it scrolls. */
static void put_table(struct top_screen *s, const struct top_data *d, int y)
{
	size_t nr, room = LINES - 1 > y + 1 ? LINES - 2 - y : 0;
	struct grid g;
	char **lines;

	top_table(&g, d, s->look->view);
	lines = grid_lines(&g);
	grid_free(&g);
	nr = top_screen_count(lines);
	if (s->first + room + 1 > nr)
		s->first = nr > room + 1 ? nr - room - 1 : 0;
	put_line(y++, lines[0], A_BOLD | A_UNDERLINE);
	for (size_t i = 0; i < room; i++) {
		size_t at = 1 + s->first + i;

		put_line(y + i, at < nr ? lines[at] : "", A_NORMAL);
	}
	for (size_t i = 0; i < nr; i++)
		free(lines[i]);
	free(lines);
}

static void put_help(void)
{
	put_line(0, "scxbench top", A_BOLD);
	for (int i = 0; keys_help[i] && i + 2 < LINES; i++)
		put_line(i + 2, keys_help[i], A_NORMAL);
}

void top_screen_draw(struct top_screen *s, const struct top_data *d)
{
	int y;

	erase();
	if (s->help) {
		put_help();
	} else {
		y = put_summary(d);
		put_tabs(s, y);
		put_table(s, d, y + 1);
	}
	put_foot(s, d);
	refresh();
}

static enum top_wish type_key(struct top_screen *s, int key)
{
	char *filter = s->look->filter;
	size_t len = strlen(filter);

	if (key == 27)
		*filter = '\0';
	if (key == 27 || key == '\n' || key == '\r' || key == KEY_ENTER)
		s->typing = false;
	else if ((key == KEY_BACKSPACE || key == 127 || key == '\b') && len)
		filter[len - 1] = '\0';
	else if (key >= ' ' && key < 127 && len + 1 < sizeof(s->look->filter))
		memcpy(filter + len, (char[]){ key, '\0' }, 2);
	s->first = 0;
	return WISH_REDRAW;
}

static void scroll_by(struct top_screen *s, int lines)
{
	s->first = lines < 0 && s->first < (size_t)-lines ? 0 : s->first + lines;
}

static void top_screen_show(struct top_screen *s, enum top_view view)
{
	s->look->view = view;
	s->first = 0;
	s->help = false;
}

static void look_key(struct top_screen *s, int key)
{
	struct top_look *look = s->look;

	if (key >= '1' && key < '1' + NR_VIEWS)
		top_screen_show(s, key - '1');
	else if (key == '\t' || key == KEY_RIGHT)
		top_screen_show(s, (look->view + 1) % NR_VIEWS);
	else if (key == KEY_BTAB || key == KEY_LEFT)
		top_screen_show(s, (look->view + NR_VIEWS - 1) % NR_VIEWS);
	else if (key == '>')
		look->sort = (look->sort + 1) % NR_SORTS;
	else if (key == '<')
		look->sort = (look->sort + NR_SORTS - 1) % NR_SORTS;
	else if (key == 'r')
		look->reverse = !look->reverse;
}

static void scroll_key(struct top_screen *s, int key)
{
	int page = LINES - TOP_SUMMARY - 3;

	if (key == KEY_DOWN)
		scroll_by(s, 1);
	else if (key == KEY_UP)
		scroll_by(s, -1);
	else if (key == KEY_NPAGE)
		scroll_by(s, page);
	else if (key == KEY_PPAGE)
		scroll_by(s, -page);
	else if (key == KEY_HOME)
		s->first = 0;
}

/* Whoever steps wants to look, so nothing moves on by itself. */
static enum top_wish step_key(struct top_screen *s, int key)
{
	static const struct {
		char key;
		long step;
	} steps[] = { { ',', -1 }, { '.', 1 },	       { '[', -10 },
		      { ']', 10 }, { '{', -LONG_MAX }, { '}', LONG_MAX } };

	for (size_t i = 0; s->steps && i < sizeof(steps) / sizeof(*steps); i++) {
		if (key != steps[i].key)
			continue;
		s->step = steps[i].step;
		s->paused = true;
		return WISH_STEP;
	}
	return WISH_REDRAW;
}

enum top_wish top_screen_key(struct top_screen *s, int ms)
{
	int key;

	timeout(ms);
	key = getch();
	if (key == ERR)
		return WISH_NEXT;
	if (s->typing)
		return type_key(s, key);
	if (key == 'q')
		return WISH_QUIT;
	if (key == 'p' || key == ' ')
		s->paused = !s->paused;
	else if (key == 'h' || key == '?')
		s->help = !s->help;
	else if (key == '/')
		s->typing = true;
	look_key(s, key);
	scroll_key(s, key);
	return step_key(s, key);
}
