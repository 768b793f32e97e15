/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/log.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 4096
#define ERASE_LINE "\r\033[K"

static bool line_open, silent;
static char last_err[LINE_BYTES];

void log_progress_end(void)
{
	if (line_open)
		fputc('\n', stderr);
	line_open = false;
}

/*
 * A message may quote a name from outside, and a terminal must not obey it: control characters become '?',
 * as do the bytes of C1, of the marks that turn the direction of text, and of what is not seen. utf8.h would
 * do this, but the workloads log without its library.
 */
static void show_controls(char *text)
{
	static const char *const marks[] = { "\u00ad", "\u200b", "\u200c", "\u200d", "\u2060",
					     "\ufeff", "\u061c", "\u200e", "\u200f", "\u2028",
					     "\u2029", "\u202a", "\u202b", "\u202c", "\u202d",
					     "\u202e", "\u2066", "\u2067", "\u2068", "\u2069" };

	for (unsigned char *c = (unsigned char *)text; *c; c++)
		if (*c < ' ' || *c == 127 || (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0))
			*c = '?';
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		for (char *at = text; (at = strstr(at, marks[i]));)
			memset(at, '?', strlen(marks[i]));
}

static void log_line(const char *prefix, char text[LINE_BYTES], const char *fmt, va_list ap)
{
	log_progress_end();
	vsnprintf(text, LINE_BYTES, fmt, ap);
	show_controls(text);
	/* One call is one write, so messages of parent and child do not mix within a line. */
	if (!silent)
		fprintf(stderr, "scxbench: %s%s\n", prefix, text);
}

void log_silence(void)
{
	silent = true;
}

int log_err(int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line("", last_err, fmt, ap);
	va_end(ap);
	return err;
}

const char *log_last_err(void)
{
	return last_err;
}

void log_warn(const char *fmt, ...)
{
	char text[LINE_BYTES];
	va_list ap;

	va_start(ap, fmt);
	log_line("warning: ", text, fmt, ap);
	va_end(ap);
}

void log_info(const char *fmt, ...)
{
	char text[LINE_BYTES];
	va_list ap;

	va_start(ap, fmt);
	log_line("", text, fmt, ap);
	va_end(ap);
}

enum progress_form { PROGRESS_NONE, PROGRESS_LINE, PROGRESS_LINES };

static enum progress_form progress_form(void)
{
	const char *wish = getenv("SCXBENCH_PROGRESS");

	if (!wish || !*wish)
		return isatty(STDERR_FILENO) ? PROGRESS_LINE : PROGRESS_NONE;
	return !strcmp(wish, "0") ? PROGRESS_NONE : !strcmp(wish, "lines") ? PROGRESS_LINES : PROGRESS_LINE;
}

void log_progress(const char *fmt, ...)
{
	enum progress_form form = progress_form();
	char text[512];
	va_list ap;

	if (!form)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (form == PROGRESS_LINES)
		fprintf(stderr, "%s\n", text);
	else
		fprintf(stderr, ERASE_LINE "%s", text);
	line_open = form == PROGRESS_LINE;
}
