/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/paint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool paint_takes_escapes(void)
{
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb");
}

static const struct {
	const char *sign, *begin;
} paints[] = { { "▲ ", "\033[34m" }, { "▼ ", "\033[33m" }, { "✗ ", "\033[1m" } };
#define NR_PAINTS (sizeof(paints) / sizeof(*paints))

static size_t paint_of(const char *text)
{
	size_t i = 0;

	while (i < NR_PAINTS && strncmp(text, paints[i].sign, strlen(paints[i].sign)))
		i++;
	return i;
}

/* The words of a verdict: as far as letters and single blanks go. */
static size_t length_of(const char *verdict, const char *sign)
{
	size_t len = strlen(sign);

	while ((verdict[len] >= 'a' && verdict[len] <= 'z') ||
	       (verdict[len] == ' ' && verdict[len + 1] >= 'a' && verdict[len + 1] <= 'z'))
		len++;
	return len;
}

void paint_verdicts(struct buf *b, const char *text)
{
	while (*text) {
		size_t i = paint_of(text), len = i < NR_PAINTS ? length_of(text, paints[i].sign) : 1;

		if (i < NR_PAINTS)
			buf_put(b, paints[i].begin);
		buf_bytes(b, text, len);
		if (i < NR_PAINTS)
			buf_put(b, "\033[0m");
		text += len;
	}
}

void paint_print(const char *text)
{
	const char *plain = getenv("NO_COLOR");
	struct buf b = { 0 };

	if (!paint_takes_escapes() || (plain && *plain)) {
		fputs(text, stdout);
		return;
	}
	buf_put(&b, "");
	paint_verdicts(&b, text);
	fputs(b.text, stdout);
	free(b.text);
}
