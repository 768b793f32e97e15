/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of top and its keys: the only user of ncurses. */
#include <curses.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "top/top.h"

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

/* The rest of the line is filled. */
static void put_line(int y, const struct top_line *line)
{
	static const int attributes[] = {
		[STYLE_PLAIN] = A_NORMAL, [STYLE_BOLD] = A_BOLD,     [STYLE_DIM] = A_DIM,
		[STYLE_BAR] = A_REVERSE,  [STYLE_FOUND] = A_REVERSE, [STYLE_HEADS] = A_BOLD | A_UNDERLINE
	};

	move(y, 0);
	attrset(attributes[line->style]);
	addstr(line->text);
	if (line->style == STYLE_BAR && getcury(stdscr) == y && getcurx(stdscr) > 0)
		hline(' ' | A_REVERSE, COLS - getcurx(stdscr));
	attrset(A_NORMAL);
}

void top_screen_draw(struct top_screen *s, const struct top_data *d)
{
	struct top_data here = *d;
	struct top_line *line;

	here.size = (struct top_size){ LINES, COLS, !strcmp(nl_langinfo(CODESET), "UTF-8") };
	line = top_page(s, &here);
	erase();
	for (int y = 0; y < here.size.lines; y++)
		put_line(y, &line[y]);
	top_page_free(line, here.size.lines);
	refresh();
}

static enum top_wish type_key(struct top_screen *s, int key)
{
	char *text = s->typing == TYPING_FIND ? s->find : s->look->filter;
	size_t len = strlen(text);

	if (key == 27)
		*text = '\0';
	if (key == 27 || key == '\n' || key == '\r' || key == KEY_ENTER)
		s->typing = TYPING_NOTHING;
	else if ((key == KEY_BACKSPACE || key == 127 || key == '\b') && len)
		text[len - 1] = '\0';
	else if (key >= ' ' && key < 127 && len + 1 < sizeof(s->find))
		memcpy(text + len, (char[]){ key, '\0' }, 2);
	s->first = 0;
	return WISH_REDRAW;
}

static void find_key(struct top_screen *s, int key)
{
	if (key == '/')
		s->typing = TYPING_FIND;
	if (key == '/' || key == 27)
		*s->find = '\0';
	if (key == '/' || key == 'n' || key == 'N')
		s->follow = true;
	s->hit = key == '/' ? 0 : s->hit + (key == 'n') - (key == 'N');
}

static void scroll_by(struct top_screen *s, int lines)
{
	s->follow = false;
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
		scroll_by(s, INT_MIN + 1);
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
	else if (key == '\\')
		s->typing = TYPING_FILTER;
	find_key(s, key);
	look_key(s, key);
	scroll_key(s, key);
	return step_key(s, key);
}
