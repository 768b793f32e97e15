/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/buf.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"
#include "util/utf8.h"

void buf_bytes(struct buf *b, const char *bytes, size_t len)
{
	if (b->len + len + 1 > b->room) {
		b->room = 2 * (b->len + len + 1);
		b->text = mem_resize(b->text, b->room);
	}
	if (len)
		memcpy(b->text + b->len, bytes, len);
	b->len += len;
	b->text[b->len] = '\0';
}

void buf_put(struct buf *b, const char *text)
{
	buf_bytes(b, text, strlen(text));
}

static char *buf_format(const char *fmt, va_list ap)
{
	char *text;

	return vasprintf(&text, fmt, ap) < 0 ? mem_strdup("") : text;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = buf_format(fmt, ap);
	va_end(ap);
	buf_put(b, text);
	free(text);
}

static void put_escaped(struct buf *b, unsigned char c)
{
	switch (c) {
	case '&':
		buf_put(b, "&amp;");
		break;
	case '<':
		buf_put(b, "&lt;");
		break;
	case '>':
		buf_put(b, "&gt;");
		break;
	case '"':
		buf_put(b, "&quot;");
		break;
	case '\'':
		buf_put(b, "&#39;");
		break;
	default:
		if ((c >= ' ' && c != 127) || c == '\n' || c == '\t')
			buf_bytes(b, (const char *)&c, 1);
		else
			buf_printf(b, "\\x%02x", c);
	}
}

void buf_html(struct buf *b, const char *text)
{
	char *clean = utf8_marked(text);

	for (const char *c = clean; c && *c; c++)
		put_escaped(b, (unsigned char)*c);
	free(clean);
}

void buf_htmlf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = buf_format(fmt, ap);
	va_end(ap);
	buf_html(b, text);
	free(text);
}

void buf_fixed(struct buf *b, double value, int decimals)
{
	char digits[400];
	int len = snprintf(digits, sizeof(digits), "%.*f", decimals, fabs(value));
	int whole = decimals ? len - decimals - 1 : len;

	if (value < 0)
		buf_put(b, "-");
	for (int i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0)
			buf_put(b, ",");
		buf_bytes(b, &digits[i], 1);
	}
	buf_put(b, digits + whole);
}

void buf_number(struct buf *b, double value)
{
	if (isnan(value))
		buf_put(b, "absent");
	else if (fabs(value) >= 1000)
		buf_fixed(b, value, 0);
	else
		buf_printf(b, "%.4g", value);
}

void buf_base64(struct buf *b, const void *bytes, size_t len)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i += 3) {
		size_t have = len - i < 3 ? len - i : 3;
		uint32_t v =
			(uint32_t)p[i] << 16 | (have > 1 ? p[i + 1] << 8 : 0) | (have > 2 ? p[i + 2] : 0);
		char out[4] = { digit[v >> 18], digit[v >> 12 & 63], have > 1 ? digit[v >> 6 & 63] : '=',
				have > 2 ? digit[v & 63] : '=' };

		buf_bytes(b, out, 4);
	}
}

void buf_data_uri(struct buf *b, const char *type, const void *bytes, size_t len)
{
	buf_printf(b, "data:%s;base64,", type);
	buf_base64(b, bytes, len);
}

char *buf_take(struct buf *b)
{
	char *text;

	buf_put(b, "");
	text = b->text;
	*b = (struct buf){ 0 };
	return text;
}

char *buf_take_printable(struct buf *b)
{
	char *text = buf_take(b), *clean = utf8_printable(text, '\n');

	free(text);
	return clean;
}

char *buf_take_folded(struct buf *b, unsigned width)
{
	char *text = buf_take_printable(b), *rest = text;
	struct buf folded = { 0 };

	if (!width)
		return text;
	for (char *line; (line = strsep(&rest, "\n"));) {
		char *lines = utf8_fold(line, (int)width);

		buf_printf(&folded, "%s%s", lines, rest ? "\n" : "");
		free(lines);
	}
	free(text);
	return buf_take(&folded);
}
